"""Rows of cancellations: what was asked of the shop, and the refund that goes with it."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime
from enum import StrEnum
from typing import Any

import sqlalchemy as sa
from sqlalchemy import Connection

from console.desk.cancellation import CancelWay
from console.storage.columns import Instant, metadata


class CancellationState(StrEnum):
    STOPPING = "stopping"  # decided; the shop has not answered yet
    ASKED = "asked"  # warehouse or carrier will answer
    REFUNDING = "refunding"  # cancelled; the refund is not confirmed yet
    DONE = "done"
    TOO_LATE = "too_late"  # the order had moved on; nothing happened


# These do not stand in the way of asking again.
FREE = (CancellationState.TOO_LATE,)

cancellations = sa.Table(
    "cancellation",
    metadata,
    sa.Column("id", sa.Text, primary_key=True),
    sa.Column("key", sa.Text, nullable=False, unique=True),
    sa.Column("conversation_id", sa.Text, nullable=False),
    sa.Column("customer_no", sa.Text, nullable=False),
    sa.Column("order_no", sa.Text, nullable=False),
    sa.Column("reason", sa.Text, nullable=False),
    sa.Column("way", sa.Text, nullable=False),
    sa.Column("state", sa.Text, nullable=False),
    sa.Column("refund_fen", sa.Integer, nullable=False),
    sa.Column("refund_no", sa.Text),
    sa.Column("actor_kind", sa.Text, nullable=False),
    sa.Column("actor_id", sa.Text, nullable=False),
    sa.Column("created_at", Instant, nullable=False),
    sa.Column("updated_at", Instant, nullable=False),
    sa.Index(
        "uq_cancellation_standing",
        "order_no",
        unique=True,
        sqlite_where=sa.text("state <> 'too_late'"),
        postgresql_where=sa.text("state <> 'too_late'"),
    ),
)


@dataclass(frozen=True, slots=True, kw_only=True)
class Cancellation:
    id: str
    key: str
    conversation_id: str
    customer_no: str
    order_no: str
    reason: str
    way: CancelWay
    state: CancellationState
    refund_fen: int
    actor_kind: str
    actor_id: str
    created_at: datetime
    updated_at: datetime
    refund_no: str | None = None


def insert_cancellation(tx: Connection, cancellation: Cancellation) -> None:
    values = {column.name: getattr(cancellation, column.name) for column in cancellations.columns}
    tx.execute(cancellations.insert().values(**values))


def move(
    tx: Connection,
    cancellation_id: str,
    *,
    old: CancellationState,
    new: CancellationState,
    at: datetime,
    refund_no: str | None = None,
) -> bool:
    """`False` when somebody else has moved it on."""
    done = tx.execute(
        cancellations.update()
        .where(cancellations.c.id == cancellation_id, cancellations.c.state == old)
        .values(state=new, updated_at=at, refund_no=refund_no)
    )
    return done.rowcount == 1


def cancellation_of_key(tx: Connection, key: str) -> Cancellation | None:
    return _first(tx, cancellations.c.key == key)


def standing(tx: Connection, order_no: str) -> Cancellation | None:
    """The cancellation that is under way or done, if any."""
    return _first(tx, cancellations.c.order_no == order_no, cancellations.c.state.not_in(FREE))


def cancellations_of(tx: Connection, customer_no: str) -> list[Cancellation]:
    """Newest first."""
    return _all(tx, cancellations.c.customer_no == customer_no)[::-1]


def unfinished(tx: Connection) -> list[Cancellation]:
    open_states = (CancellationState.STOPPING, CancellationState.REFUNDING)
    return _all(tx, cancellations.c.state.in_(open_states))


def orders_being_cancelled(tx: Connection, customer_no: str) -> set[str]:
    query = sa.select(cancellations.c.order_no).where(
        cancellations.c.customer_no == customer_no, cancellations.c.state.not_in(FREE)
    )
    return set(tx.execute(query).scalars())


def _first(tx: Connection, *conditions: sa.ColumnElement[bool]) -> Cancellation | None:
    found = _all(tx, *conditions)
    return found[0] if found else None


def _all(tx: Connection, *conditions: sa.ColumnElement[bool]) -> list[Cancellation]:
    query = sa.select(cancellations).where(*conditions)
    query = query.order_by(cancellations.c.created_at, cancellations.c.id)
    return [_cancellation_of(row) for row in tx.execute(query)]


def _cancellation_of(row: sa.Row[Any]) -> Cancellation:
    values = dict(row._mapping)
    values["way"] = CancelWay(row.way)
    values["state"] = CancellationState(row.state)
    return Cancellation(**values)
