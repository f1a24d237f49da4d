"""Rows of refusals: who does not want to be written to, on which channel, since when."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import datetime

import sqlalchemy as sa
from sqlalchemy import Connection

from console.desk.consent import Channel, Refusal
from console.storage.columns import Instant, metadata

marketing_refusals = sa.Table(
    "marketing_refusal",
    metadata,
    sa.Column("customer_id", sa.Text, sa.ForeignKey("customer.id"), primary_key=True),
    sa.Column("channel", sa.Text, primary_key=True),
    sa.Column("refused_at", Instant, nullable=False),
    sa.Column("conversation_id", sa.Text, nullable=False),
    sa.Column("told_shop_at", Instant),
)


def refusals_of(tx: Connection, customer_id: str) -> list[Refusal]:
    table = marketing_refusals
    query = sa.select(table).where(table.c.customer_id == customer_id).order_by(table.c.channel)
    return [_refusal_of(row) for row in tx.execute(query)]


def refused_at(tx: Connection, customer_id: str, channel: Channel) -> datetime | None:
    table = marketing_refusals
    query = sa.select(table.c.refused_at).where(
        table.c.customer_id == customer_id, table.c.channel == channel
    )
    return tx.execute(query).scalar()


def insert_refusals(tx: Connection, refusals: Sequence[Refusal]) -> None:
    for one in refusals:
        values = {column.name: getattr(one, column.name) for column in marketing_refusals.columns}
        tx.execute(marketing_refusals.insert().values(**values))


def not_told(tx: Connection) -> list[Refusal]:
    """Those that the shop has not heard of."""
    table = marketing_refusals
    query = sa.select(table).where(table.c.told_shop_at.is_(None)).order_by(table.c.refused_at)
    return [_refusal_of(row) for row in tx.execute(query)]


def mark_told(tx: Connection, customer_id: str, channels: Sequence[Channel], at: datetime) -> None:
    table = marketing_refusals
    tx.execute(
        table.update()
        .where(table.c.customer_id == customer_id, table.c.channel.in_(channels))
        .values(told_shop_at=at)
    )


def _refusal_of(row: sa.Row[tuple[str, str, datetime, str, datetime | None]]) -> Refusal:
    return Refusal(
        customer_id=row.customer_id,
        channel=Channel(row.channel),
        refused_at=row.refused_at,
        conversation_id=row.conversation_id,
        told_shop_at=row.told_shop_at,
    )
