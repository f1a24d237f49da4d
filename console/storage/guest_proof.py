"""Rows of guests' tries to prove that an order is theirs, kept for a day.

They are counted here and not in memory: a restart must not give anybody new tries.
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime

import sqlalchemy as sa
from sqlalchemy import Connection

from console.storage.columns import Instant, metadata
from console.storage.insert_unless import insert_unless_there

guest_tries = sa.Table(
    "guest_try",
    metadata,
    sa.Column("key", sa.Text, primary_key=True),
    sa.Column("visitor_id", sa.Text, nullable=False),
    sa.Column("order_no", sa.Text, nullable=False),
    sa.Column("network", sa.Text),
    sa.Column("phone_last4", sa.Text),  # only once it was right, so that it is not asked again
    sa.Column("at", Instant, nullable=False),
    sa.Index("ix_guest_try_order", "order_no", "at"),
    sa.Index("ix_guest_try_visitor", "visitor_id", "at"),
    sa.Index("ix_guest_try_network", "network", "at"),
)

# Where a visitor's browser is, as a keyed hash: enough to count, useless to anybody else.
guest_networks = sa.Table(
    "guest_network",
    metadata,
    sa.Column("visitor_id", sa.Text, sa.ForeignKey("customer.id"), primary_key=True),
    sa.Column("network", sa.Text, nullable=False),
    sa.Column("at", Instant, nullable=False),
)


@dataclass(frozen=True, slots=True)
class Tries:
    """How often it was tried since a moment."""

    of_order: int
    of_visitor: int
    of_network: int


def keep_network(tx: Connection, visitor_id: str, network: str, at: datetime) -> None:
    """The latest counts."""
    table, values = guest_networks, {"network": network, "at": at}
    if not insert_unless_there(tx, table, {"visitor_id": visitor_id, **values}):
        tx.execute(table.update().where(table.c.visitor_id == visitor_id).values(**values))


def network_of_visitor(tx: Connection, visitor_id: str) -> str | None:
    table = guest_networks
    return tx.execute(sa.select(table.c.network).where(table.c.visitor_id == visitor_id)).scalar()


TRIES = 0x6261746F6E03  # beside ROUTING


def take_tries(tx: Connection) -> None:
    """Call first: tries are counted one after another, whoever makes them and on whichever desk.

    They are rare. SQLite's one writer is enough.
    """
    if tx.dialect.name == "postgresql":
        tx.execute(sa.select(sa.func.pg_advisory_xact_lock(TRIES)))


def is_try(tx: Connection, key: str) -> bool:
    query = sa.select(guest_tries.c.key).where(guest_tries.c.key == key)
    return tx.execute(query).first() is not None


def insert_try(
    tx: Connection, key: str, visitor_id: str, order_no: str, network: str | None, at: datetime
) -> None:
    tx.execute(
        guest_tries.insert().values(
            key=key, visitor_id=visitor_id, order_no=order_no, network=network, at=at
        )
    )


def tries_since(
    tx: Connection, visitor_id: str, order_no: str, network: str | None, since: datetime
) -> Tries:
    columns = guest_tries.c
    return Tries(
        of_order=_count(tx, columns.order_no == order_no, since),
        of_visitor=_count(tx, columns.visitor_id == visitor_id, since),
        of_network=_count(tx, columns.network == network, since) if network else 0,
    )


def _count(tx: Connection, whose: sa.ColumnElement[bool], since: datetime) -> int:
    query = sa.select(sa.func.count()).where(whose, guest_tries.c.at > since)
    return int(tx.execute(query).scalar_one())


def keep_proof(tx: Connection, key: str, phone_last4: str) -> None:
    tx.execute(guest_tries.update().where(guest_tries.c.key == key).values(phone_last4=phone_last4))


def proof_of(tx: Connection, visitor_id: str, order_no: str, since: datetime) -> str | None:
    """The digits with which this visitor has proved it, if that is not long ago."""
    columns = guest_tries.c
    return tx.execute(
        sa.select(columns.phone_last4)
        .where(
            columns.visitor_id == visitor_id,
            columns.order_no == order_no,
            columns.phone_last4.is_not(None),
            columns.at > since,
        )
        .order_by(columns.at.desc())
        .limit(1)
    ).scalar()


def forget_tries(tx: Connection, before: datetime) -> None:
    for table in (guest_tries, guest_networks):
        tx.execute(table.delete().where(table.c.at <= before))
