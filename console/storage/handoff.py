"""Rows of handoffs: one for each time a person was wanted, with its brief and its end."""

from __future__ import annotations

from dataclasses import asdict
from datetime import datetime
from typing import Any

import sqlalchemy as sa
from sqlalchemy import Connection

from console.desk.brief import Brief
from console.desk.customer import band_of
from console.desk.handoff import QueueEntry
from console.storage.columns import Instant, Json, metadata
from console.storage.conversation import conversations
from console.storage.customer import customers

handoffs = sa.Table(
    "handoff",
    metadata,
    sa.Column("id", sa.Text, primary_key=True),
    sa.Column(
        "conversation_id", sa.Text, sa.ForeignKey("conversation.id"), nullable=False, index=True
    ),
    sa.Column("queue", sa.Text, nullable=False),
    sa.Column("reason", sa.Text, nullable=False),
    sa.Column("wish", sa.Text),
    sa.Column("emotion", sa.Integer, nullable=False),
    sa.Column("extra_points", sa.Integer, nullable=False),
    sa.Column("overdue_promise", sa.Boolean, nullable=False),
    sa.Column("preferred_id", sa.Text),  # owner of the case or of a promise
    sa.Column("last_agent_id", sa.Text),
    sa.Column("last_agent_at", Instant),
    sa.Column("brief", Json, nullable=False),
    sa.Column("declined", Json, nullable=False),
    sa.Column("queued_at", Instant, nullable=False),
    sa.Column("offered_to", sa.Text),
    sa.Column("offered_at", Instant),
    sa.Column("routing_reason", sa.Text),
    sa.Column("ended_at", Instant),
    sa.Column("end", sa.Text),  # accepted, cancelled, resolved
    sa.Index("ix_handoff_open", "ended_at", "queue"),
)


def insert_handoff(tx: Connection, values: dict[str, Any]) -> None:
    tx.execute(handoffs.insert().values(**values))


def open_handoff(tx: Connection, conversation_id: str) -> sa.Row[Any] | None:
    return tx.execute(
        sa.select(handoffs)
        .where(handoffs.c.conversation_id == conversation_id, handoffs.c.ended_at.is_(None))
        .order_by(handoffs.c.queued_at.desc())
    ).first()


def latest_handoff(tx: Connection, conversation_id: str) -> sa.Row[Any] | None:
    return tx.execute(
        sa.select(handoffs)
        .where(handoffs.c.conversation_id == conversation_id)
        .order_by(handoffs.c.queued_at.desc(), handoffs.c.id.desc())
        .limit(1)
    ).first()


def waiting_handoffs(tx: Connection) -> list[sa.Row[Any]]:
    """All that wait, offered or not, with the member level of who waits."""
    rows = tx.execute(
        sa.select(handoffs, customers.c.member_level)
        .join(conversations, conversations.c.id == handoffs.c.conversation_id)
        .join(customers, customers.c.id == conversations.c.customer_id)
        .where(handoffs.c.ended_at.is_(None))
        .order_by(handoffs.c.queued_at)
    )
    return list(rows)


def save_handoff(tx: Connection, handoff_id: str, **changes: Any) -> None:
    tx.execute(handoffs.update().where(handoffs.c.id == handoff_id).values(**changes))


def end_handoff(tx: Connection, conversation_id: str, end: str, at: datetime) -> None:
    tx.execute(
        handoffs.update()
        .where(handoffs.c.conversation_id == conversation_id, handoffs.c.ended_at.is_(None))
        .values(ended_at=at, end=end, offered_to=None)
    )


def entry_of(row: sa.Row[Any]) -> QueueEntry:
    return QueueEntry(
        conversation_id=row.conversation_id,
        queue=row.queue,
        queued_at=row.queued_at,
        band=band_of(row.member_level),
        emotion=row.emotion,
        has_overdue_promise=bool(row.overdue_promise),
        extra_points=row.extra_points,
        last_agent_id=row.last_agent_id,
        last_agent_at=row.last_agent_at,
        owner_id=row.preferred_id,
        declined=tuple(row.declined),
    )


def brief_row(brief: Brief) -> dict[str, Any]:
    return asdict(brief)
