"""Rows of alerts for goods."""

from __future__ import annotations

from datetime import datetime
from typing import Any

import sqlalchemy as sa
from sqlalchemy import Connection

from console.desk.item_alert import AlertKind, AlertState, AlertWish, ItemAlert
from console.storage.columns import Instant, metadata

item_alerts = sa.Table(
    "item_alert",
    metadata,
    sa.Column("id", sa.Text, primary_key=True),
    sa.Column("key", sa.Text, nullable=False, unique=True),
    sa.Column("customer_id", sa.Text, sa.ForeignKey("customer.id"), nullable=False),
    sa.Column("conversation_id", sa.Text, sa.ForeignKey("conversation.id"), nullable=False),
    sa.Column("product_id", sa.Text, nullable=False),
    sa.Column("kind", sa.Text, nullable=False),
    sa.Column("variant", sa.Text, nullable=False),
    sa.Column("target_fen", sa.Integer),
    sa.Column("base_fen", sa.Integer, nullable=False),
    sa.Column("state", sa.Text, nullable=False),
    sa.Column("created_at", Instant, nullable=False),
    sa.Column("ended_at", Instant),
    sa.Index("ix_item_alert_state", "state"),
    sa.Index("ix_item_alert_customer", "customer_id"),
)


def insert_alert(tx: Connection, alert: ItemAlert) -> None:
    values = {column.name: getattr(alert, column.name) for column in item_alerts.columns}
    tx.execute(item_alerts.insert().values(**values))


def alert_of_key(tx: Connection, key: str) -> ItemAlert | None:
    return _first(tx, item_alerts.c.key == key)


def standing_alert(tx: Connection, customer_id: str, wish: AlertWish) -> ItemAlert | None:
    """The one that waits for the same thing; its target may differ."""
    return _first(
        tx,
        item_alerts.c.customer_id == customer_id,
        item_alerts.c.product_id == wish.product_id,
        item_alerts.c.kind == wish.kind,
        item_alerts.c.variant == wish.variant,
        item_alerts.c.state == AlertState.ACTIVE,
    )


def own_alert(tx: Connection, customer_id: str, alert_id: str) -> ItemAlert | None:
    return _first(tx, item_alerts.c.customer_id == customer_id, item_alerts.c.id == alert_id)


def active_alerts(tx: Connection) -> list[ItemAlert]:
    """Longest waiting first."""
    return _all(tx, item_alerts.c.state == AlertState.ACTIVE)


def change_target(
    tx: Connection, alert_id: str, target_fen: int | None, base_fen: int, at: datetime
) -> None:
    """Asked for anew: the wish counts from now on."""
    values = {"target_fen": target_fen, "base_fen": base_fen, "created_at": at}
    tx.execute(item_alerts.update().where(item_alerts.c.id == alert_id).values(**values))


def end_alert(tx: Connection, alert_id: str, state: AlertState, at: datetime) -> bool:
    """`False` when it has ended before, perhaps at another desk."""
    done = tx.execute(
        item_alerts.update()
        .where(item_alerts.c.id == alert_id, item_alerts.c.state == AlertState.ACTIVE)
        .values(state=state, ended_at=at)
    )
    return done.rowcount == 1


def _first(tx: Connection, *conditions: sa.ColumnElement[bool]) -> ItemAlert | None:
    found = _all(tx, *conditions)
    return found[0] if found else None


def _all(tx: Connection, *conditions: sa.ColumnElement[bool]) -> list[ItemAlert]:
    query = sa.select(item_alerts).where(*conditions)
    rows = tx.execute(query.order_by(item_alerts.c.created_at, item_alerts.c.id))
    return [_alert_of(row) for row in rows]


def _alert_of(row: sa.Row[Any]) -> ItemAlert:
    values = {**row._mapping, "kind": AlertKind(row.kind), "state": AlertState(row.state)}
    return ItemAlert(**values)
