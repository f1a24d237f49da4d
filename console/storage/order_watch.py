"""Rows of orders that customers want to hear about."""

from __future__ import annotations

from datetime import datetime
from typing import Any

import sqlalchemy as sa
from sqlalchemy import Connection

from console.desk.order import OrderState
from console.desk.order_watch import OrderWatch, WatchEvent, WatchState
from console.storage.columns import Instant, Json, metadata

order_watches = sa.Table(
    "order_watch",
    metadata,
    sa.Column("id", sa.Text, primary_key=True),
    sa.Column("key", sa.Text, nullable=False, unique=True),
    sa.Column("customer_id", sa.Text, sa.ForeignKey("customer.id"), nullable=False, index=True),
    sa.Column("conversation_id", sa.Text, sa.ForeignKey("conversation.id"), nullable=False),
    sa.Column("customer_no", sa.Text, nullable=False),
    sa.Column("order_no", sa.Text, nullable=False),
    sa.Column("events", Json, nullable=False),
    sa.Column("seen", sa.Text, nullable=False),
    sa.Column("state", sa.Text, nullable=False, index=True),
    sa.Column("created_at", Instant, nullable=False),
    sa.Column("ended_at", Instant),
)


def insert_watch(tx: Connection, watch: OrderWatch) -> None:
    values = {column.name: getattr(watch, column.name) for column in order_watches.columns}
    tx.execute(order_watches.insert().values({**values, "events": list(watch.events)}))


def watch_of_key(tx: Connection, key: str) -> OrderWatch | None:
    return _first(tx, order_watches.c.key == key)


def standing_watch(tx: Connection, customer_id: str, order_no: str) -> OrderWatch | None:
    return _first(
        tx,
        order_watches.c.customer_id == customer_id,
        order_watches.c.order_no == order_no,
        order_watches.c.state == WatchState.ACTIVE,
    )


def set_events(tx: Connection, watch_id: str, events: tuple[WatchEvent, ...]) -> None:
    mine = order_watches.c.id == watch_id
    tx.execute(order_watches.update().where(mine).values(events=list(events)))


def move_watch(
    tx: Connection, watch: OrderWatch, seen: OrderState, state: WatchState, at: datetime
) -> bool:
    """`False` when another desk has seen the same change first."""
    table = order_watches
    ended_at = None if state is WatchState.ACTIVE else at
    done = tx.execute(
        table.update()
        .where(table.c.id == watch.id, table.c.seen == watch.seen, table.c.state == watch.state)
        .values(seen=seen, state=state, ended_at=ended_at)
    )
    return done.rowcount == 1


def active_watches(tx: Connection, limit: int = 500) -> list[OrderWatch]:
    """Oldest first."""
    return _all(tx, order_watches.c.state == WatchState.ACTIVE)[:limit]


def _first(tx: Connection, *conditions: sa.ColumnElement[bool]) -> OrderWatch | None:
    found = _all(tx, *conditions)
    return found[0] if found else None


def _all(tx: Connection, *conditions: sa.ColumnElement[bool]) -> list[OrderWatch]:
    query = sa.select(order_watches).where(*conditions)
    query = query.order_by(order_watches.c.created_at, order_watches.c.id)
    return [_watch_of(row) for row in tx.execute(query)]


def _watch_of(row: sa.Row[Any]) -> OrderWatch:
    values = dict(row._mapping)
    values["events"] = tuple(WatchEvent(one) for one in row.events)
    values["seen"] = OrderState(row.seen)
    values["state"] = WatchState(row.state)
    return OrderWatch(**values)
