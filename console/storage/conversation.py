"""Rows of conversations: the head that equals the fold of its events."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from datetime import datetime
from itertools import batched
from typing import Any, NamedTuple

import sqlalchemy as sa
from sqlalchemy import Connection

from console.desk.conversation import WAITING, Conversation, State
from console.desk.customer import Customer
from console.desk.errors import NotFound
from console.storage.columns import Instant, metadata
from console.storage.customer import customer_of_row, customers
from console.storage.prepared import Prepared

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
    sa.Column("words_seq", sa.Integer, nullable=False, server_default="0"),  # agent_words.py
    sa.Column("started_at", Instant, nullable=False),
    sa.Index("ix_conversation_customer", "customer_id", "started_at"),
    sa.Index("ix_conversation_state", "state", "assignee_id"),
    sa.Index("ix_conversation_last_at", "last_at"),
)

AT_WORK = (*WAITING, State.WITH_AGENT, State.WRAP_UP)
IDS_AT_ONCE = 500
HEAD_COLUMNS = [conversations.c[name] for name in Conversation._fields]
# What every turn and event needs is built once: building a statement takes longer than the
# database does (docs/adr/0017).
_HEAD = sa.select(*HEAD_COLUMNS).where(conversations.c.id == sa.bindparam("conversation_id"))
_FIND_HEAD = Prepared(_HEAD)
_LOCKED_HEAD = Prepared(_HEAD.with_for_update())  # SQLite has one writer and renders nothing here
_ALLOT = Prepared(
    conversations.update()
    .where(conversations.c.id == sa.bindparam("conversation_id"))
    .values(last_seq=conversations.c.last_seq + sa.bindparam("count"))
    .returning(conversations.c.last_seq)
)
_SAVE_HEAD = Prepared(conversations.update().where(conversations.c.id == sa.bindparam("head_id")))
_CUSTOMER = Prepared(
    sa.select(customers)
    .join(conversations, conversations.c.customer_id == customers.c.id)
    .where(conversations.c.id == sa.bindparam("conversation_id"))
)


def insert_conversation(tx: Connection, head: Conversation, at: datetime) -> None:
    tx.execute(conversations.insert().values(**head._asdict(), started_at=at))


def find_conversation(tx: Connection, conversation_id: str) -> Conversation | None:
    row = _FIND_HEAD.first(tx, {"conversation_id": conversation_id})
    return _head(row) if row else None


def conversation(tx: Connection, conversation_id: str) -> Conversation:
    """Raises `NotFound`."""
    head = find_conversation(tx, conversation_id)
    if head is None:
        raise NotFound("conversation")
    return head


def locked_head(tx: Connection, conversation_id: str) -> Conversation:
    """The head, held against other desks until the transaction ends. Raises `NotFound`."""
    row = _LOCKED_HEAD.first(tx, {"conversation_id": conversation_id})
    if row is None:
        raise NotFound("conversation")
    return _head(row)


def locked_heads(tx: Connection, ids: Iterable[str]) -> dict[str, Conversation]:
    """Heads by id, locked in the order of their ids so that two desks cannot deadlock."""
    query = (
        sa.select(*HEAD_COLUMNS)
        .where(conversations.c.id.in_(sorted(ids)))
        .order_by(conversations.c.id)
        .with_for_update()
    )
    return {row.id: _head(row) for row in tx.execute(query)}


def allot(tx: Connection, conversation_id: str, count: int) -> int:
    """Takes the next `count` numbers; returns the last one. The only source of `seq`."""
    taken = {"conversation_id": conversation_id, "count": count}
    row = _ALLOT.first(tx, taken)
    if row is None:
        raise NotFound("conversation")
    return int(row.last_seq)


def save_head(tx: Connection, head: Conversation) -> None:
    values = head._asdict()
    del values["id"], values["last_seq"]
    _SAVE_HEAD.change(tx, {**values, "head_id": head.id})


def customer_of(tx: Connection, conversation_id: str) -> Customer:
    """Who the conversation is with. Raises `NotFound`."""
    row = _CUSTOMER.first(tx, {"conversation_id": conversation_id})
    if row is None:
        raise NotFound("conversation")
    return customer_of_row(row)


def shoppers_heard_since(tx: Connection, since: datetime) -> list[Customer]:
    """Customers of the shop in whose conversation something was said since; visitors are none."""
    heard = sa.select(conversations.c.customer_id).where(conversations.c.last_at >= since)
    query = sa.select(customers).where(
        customers.c.id.in_(heard),
        customers.c.verified.is_(True),
        customers.c.shop_customer_no.is_not(None),
    )
    return [customer_of_row(row) for row in tx.execute(query.order_by(customers.c.id))]


def current_of_customer(tx: Connection, customer_id: str) -> Conversation | None:
    """The one to go on with: with a person before with the bot, open before closed, then newest."""
    state = conversations.c.state
    rank = sa.case((state == State.RESOLVED, 2), (state == State.WITH_BOT, 1), else_=0)
    latest = sa.func.coalesce(conversations.c.last_at, conversations.c.started_at)
    row = tx.execute(
        sa.select(*HEAD_COLUMNS)
        .where(conversations.c.customer_id == customer_id)
        .order_by(rank, latest.desc(), conversations.c.id.desc())
        .limit(1)
    ).first()
    return head_of(row) if row else None


def holders_of_case(tx: Connection, case_id: str) -> frozenset[str]:
    """Agents who hold a conversation of the case now."""
    query = sa.select(conversations.c.assignee_id).where(
        conversations.c.case_id == case_id, conversations.c.assignee_id.is_not(None)
    )
    return frozenset(tx.execute(query).scalars())


def heads_at_work(tx: Connection, ids: Iterable[str]) -> dict[str, int]:
    """Highest seq of every conversation that people wait for or work on, and of `ids`."""
    at_work = sa.select(conversations.c.id, conversations.c.last_seq).where(
        conversations.c.state.in_(AT_WORK)
    )
    heads = {row.id: int(row.last_seq) for row in tx.execute(at_work)}
    for some in batched(sorted(set(ids) - set(heads)), IDS_AT_ONCE):
        query = sa.select(conversations.c.id, conversations.c.last_seq).where(
            conversations.c.id.in_(some)
        )
        heads.update({row.id: int(row.last_seq) for row in tx.execute(query)})
    return heads


def mark_read(tx: Connection, conversation_id: str, by: str, seq: int) -> bool:
    """`by`: customer or agent. Never goes back, nor ahead of what there is: `False` then."""
    column = (
        conversations.c.customer_read_seq if by == "customer" else conversations.c.agent_read_seq
    )
    values: dict[str, Any] = {column.name: seq}
    if by == "agent":
        values["unread"] = 0
    moved = tx.execute(
        conversations.update()
        .where(conversations.c.id == conversation_id, column < seq, conversations.c.last_seq >= seq)
        .values(**values)
    )
    return moved.rowcount == 1


class ReadMarks(NamedTuple):
    """The highest seq that each side has read."""

    by_customer: int
    by_agent: int


def read_marks(tx: Connection, conversation_id: str) -> ReadMarks:
    """Raises `NotFound`."""
    row = tx.execute(
        sa.select(conversations.c.customer_read_seq, conversations.c.agent_read_seq).where(
            conversations.c.id == conversation_id
        )
    ).first()
    if row is None:
        raise NotFound("conversation")
    return ReadMarks(row.customer_read_seq, row.agent_read_seq)


def _head(row: Sequence[Any]) -> Conversation:
    """From a row of exactly `HEAD_COLUMNS`."""
    head = Conversation._make(row)
    return head._replace(state=State(head.state))


def head_of(row: sa.Row[Any]) -> Conversation:
    values = {name: getattr(row, name) for name in Conversation._fields}
    values["state"] = State(values["state"])
    return Conversation(**values)
