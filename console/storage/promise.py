"""Rows of promises."""

from __future__ import annotations

from datetime import datetime
from typing import Any

import sqlalchemy as sa
from sqlalchemy import Connection

from console.desk.errors import NotFound
from console.desk.promise import Promise, PromiseKind, PromiseState
from console.storage.columns import Instant, metadata

promises = sa.Table(
    "promise",
    metadata,
    sa.Column("id", sa.Text, primary_key=True),
    sa.Column("case_id", sa.Text, sa.ForeignKey("case.id"), nullable=False, index=True),
    sa.Column("conversation_id", sa.Text, sa.ForeignKey("conversation.id"), nullable=False),
    sa.Column("text", sa.Text, nullable=False),
    sa.Column("kind", sa.Text, nullable=False),
    sa.Column("owner_id", sa.Text, sa.ForeignKey("agent.id")),
    sa.Column("made_at", Instant, nullable=False),
    sa.Column("due_at", Instant, nullable=False),
    sa.Column("state", sa.Text, nullable=False),
    sa.Column("reminded", sa.Integer, nullable=False),
    sa.Column("evidence", sa.Text, nullable=False),
    sa.Index("ix_promise_due", "state", "due_at"),
)

_OPEN = (PromiseState.OPEN, PromiseState.EXTENDED)


def insert_promise(tx: Connection, promise: Promise) -> None:
    tx.execute(promises.insert().values(**_row(promise)))


def save_promise(tx: Connection, promise: Promise) -> None:
    tx.execute(promises.update().where(promises.c.id == promise.id).values(**_row(promise)))


def promise_by_id(tx: Connection, promise_id: str) -> Promise:
    """Locked until the transaction ends. Raises `NotFound`."""
    query = sa.select(promises).where(promises.c.id == promise_id).with_for_update()
    row = tx.execute(query).first()
    if row is None:
        raise NotFound("promise")
    return promise_of(row)


def promises_of_case(tx: Connection, case_id: str) -> list[Promise]:
    """Soonest due first."""
    rows = tx.execute(
        sa.select(promises).where(promises.c.case_id == case_id).order_by(promises.c.due_at)
    )
    return [promise_of(row) for row in rows]


def open_promises(tx: Connection, limit: int = 500) -> list[Promise]:
    """Open ones, soonest due first: what the clock has to look at."""
    rows = tx.execute(
        sa.select(promises)
        .where(promises.c.state.in_(_OPEN))
        .order_by(promises.c.due_at)
        .limit(limit)
    )
    return [promise_of(row) for row in rows]


def locked_promises(tx: Connection, ids: list[str]) -> list[Promise]:
    """Those of `ids` that are still open, and that no other desk is holding at this moment."""
    rows = tx.execute(
        sa.select(promises)
        .where(promises.c.id.in_(ids), promises.c.state.in_(_OPEN))
        .order_by(promises.c.due_at)
        .with_for_update(skip_locked=True)
    )
    return [promise_of(row) for row in rows]


def has_overdue(tx: Connection, case_id: str, now: datetime) -> bool:
    found = tx.execute(
        sa.select(promises.c.id).where(
            promises.c.case_id == case_id,
            sa.or_(
                promises.c.state == PromiseState.BROKEN,
                sa.and_(promises.c.state.in_(_OPEN), promises.c.due_at <= now),
            ),
        )
    ).first()
    return found is not None


def _row(promise: Promise) -> dict[str, Any]:
    return {column.name: getattr(promise, column.name) for column in promises.columns}


def promise_of(row: sa.Row[Any]) -> Promise:
    values = {column.name: getattr(row, column.name) for column in promises.columns}
    values["kind"] = PromiseKind(values["kind"])
    values["state"] = PromiseState(values["state"])
    return Promise(**values)
