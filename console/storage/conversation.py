"""Rows of conversations: the head that equals the fold of its events."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import asdict, fields
from datetime import datetime
from typing import Any

import sqlalchemy as sa
from sqlalchemy import Connection

from console.desk.conversation import Conversation, State
from console.desk.customer import Customer
from console.desk.errors import NotFound
from console.storage.columns import Instant, metadata
from console.storage.customer import customer_of_row, customers

conversations = sa.Table(
    "conversation",
    metadata,
    sa.Column("id", sa.Text, primary_key=True),
    sa.Column("customer_id", sa.Text, sa.ForeignKey("customer.id"), nullable=False),
    sa.Column("case_id", sa.Text, sa.ForeignKey("case.id"), nullable=False),
    sa.Column("state", sa.Text, nullable=False),
    sa.Column("assignee_id", sa.Text, sa.ForeignKey("agent.id")),
    sa.Column("offered_to", sa.Text, sa.ForeignKey("agent.id")),
    sa.Column("last_agent_id", sa.Text, sa.ForeignKey("agent.id")),
    sa.Column("queue", sa.Text, nullable=False),
    sa.Column("channel", sa.Text, nullable=False),
    sa.Column("lang", sa.Text, nullable=False),
    sa.Column("last_seq", sa.Integer, nullable=False),
    sa.Column("last_public_seq", sa.Integer, nullable=False),
    sa.Column("owed_seq", sa.Integer, nullable=False),
    sa.Column("state_seq", sa.Integer, nullable=False),
    sa.Column("unread", sa.Integer, nullable=False),
    sa.Column("last_text", sa.Text, nullable=False),
    sa.Column("last_at", Instant),
    sa.Column("waiting_since", Instant),
    sa.Column("resolved_at", Instant),
    # Not part of the fold: how far the bot and the readers have come, and when it began.
    sa.Column("done_seq", sa.Integer, nullable=False, server_default="0"),
    sa.Column("customer_read_seq", sa.Integer, nullable=False, server_default="0"),
    sa.Column("agent_read_seq", sa.Integer, nullable=False, server_default="0"),
    sa.Column("started_at", Instant, nullable=False),
    sa.Index("ix_conversation_customer", "customer_id", "started_at"),
    sa.Index("ix_conversation_state", "state", "assignee_id"),
    sa.Index("ix_conversation_last_at", "last_at"),
)

HEAD_COLUMNS = [conversations.c[field.name] for field in fields(Conversation)]


def insert_conversation(tx: Connection, head: Conversation, at: datetime) -> None:
    tx.execute(conversations.insert().values(**asdict(head), started_at=at))


def find_conversation(tx: Connection, conversation_id: str) -> Conversation | None:
    row = tx.execute(sa.select(*HEAD_COLUMNS).where(conversations.c.id == conversation_id)).first()
    return head_of(row) if row else None


def conversation(tx: Connection, conversation_id: str) -> Conversation:
    """Raises `NotFound`."""
    head = find_conversation(tx, conversation_id)
    if head is None:
        raise NotFound("conversation")
    return head


def locked_head(tx: Connection, conversation_id: str) -> Conversation:
    """The head, held against other desks until the transaction ends. Raises `NotFound`."""
    heads = locked_heads(tx, [conversation_id])
    if conversation_id not in heads:
        raise NotFound("conversation")
    return heads[conversation_id]


def locked_heads(tx: Connection, ids: Iterable[str]) -> dict[str, Conversation]:
    """Heads by id, locked in the order of their ids so that two desks cannot deadlock."""
    query = (
        sa.select(*HEAD_COLUMNS)
        .where(conversations.c.id.in_(sorted(ids)))
        .order_by(conversations.c.id)
        .with_for_update()  # SQLite has one writer and renders nothing here
    )
    return {row.id: head_of(row) for row in tx.execute(query)}


def allot(tx: Connection, conversation_id: str, count: int) -> int:
    """Takes the next `count` numbers; returns the last one. The only source of `seq`."""
    statement = (
        conversations.update()
        .where(conversations.c.id == conversation_id)
        .values(last_seq=conversations.c.last_seq + count)
        .returning(conversations.c.last_seq)
    )
    return int(tx.execute(statement).scalar_one())


def save_head(tx: Connection, head: Conversation) -> None:
    values = asdict(head)
    del values["id"], values["last_seq"]
    tx.execute(conversations.update().where(conversations.c.id == head.id).values(**values))


def customer_of(tx: Connection, conversation_id: str) -> Customer:
    """Who the conversation is with. Raises `NotFound`."""
    row = tx.execute(
        sa.select(customers)
        .join(conversations, conversations.c.customer_id == customers.c.id)
        .where(conversations.c.id == conversation_id)
    ).first()
    if row is None:
        raise NotFound("conversation")
    return customer_of_row(row)


def latest_of_customer(tx: Connection, customer_id: str) -> Conversation | None:
    row = tx.execute(
        sa.select(*HEAD_COLUMNS)
        .where(conversations.c.customer_id == customer_id)
        .order_by(conversations.c.started_at.desc(), conversations.c.id.desc())
        .limit(1)
    ).first()
    return head_of(row) if row else None


def mark_read(tx: Connection, conversation_id: str, by: str, seq: int) -> None:
    """`by`: customer or agent. Never goes back."""
    column = (
        conversations.c.customer_read_seq if by == "customer" else conversations.c.agent_read_seq
    )
    values: dict[str, Any] = {column.name: seq}
    if by == "agent":
        values["unread"] = 0
    tx.execute(
        conversations.update()
        .where(conversations.c.id == conversation_id, column < seq, conversations.c.last_seq >= seq)
        .values(**values)
    )


def read_marks(tx: Connection, conversation_id: str) -> tuple[int, int]:
    """(customer, agent): the highest seq each has read."""
    row = tx.execute(
        sa.select(conversations.c.customer_read_seq, conversations.c.agent_read_seq).where(
            conversations.c.id == conversation_id
        )
    ).one()
    return row.customer_read_seq, row.agent_read_seq


def head_of(row: sa.Row[Any]) -> Conversation:
    values = {field.name: getattr(row, field.name) for field in fields(Conversation)}
    values["state"] = State(values["state"])
    return Conversation(**values)
