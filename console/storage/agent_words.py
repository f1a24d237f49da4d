"""How far agents' messages were read for what they ask (console/services/agent_words.py)."""

from __future__ import annotations

from collections.abc import Mapping, Sequence

import sqlalchemy as sa
from sqlalchemy import Connection

from console.desk.event import ActorKind, Event, EventType
from console.storage.conversation import conversations
from console.storage.event import event_of, events

_MAY_BE_UNREAD = sa.and_(
    conversations.c.last_agent_id.is_not(None),
    conversations.c.last_seq > conversations.c.words_seq,
)
_MARK = (
    conversations.update()
    .where(
        conversations.c.id == sa.bindparam("conversation_id"),
        conversations.c.words_seq < sa.bindparam("seq"),  # it never goes back
    )
    .values(words_seq=sa.bindparam("seq"))
)


def unread_words(tx: Connection) -> list[str]:
    """Conversations in which an agent may have written what was not yet read."""
    query = sa.select(conversations.c.id).where(_MAY_BE_UNREAD).order_by(conversations.c.id)
    return list(tx.execute(query).scalars())


def last_seqs(tx: Connection, conversation_ids: Sequence[str]) -> dict[str, int]:
    """Where each of these ends, if an agent may have written what was not yet read."""
    query = sa.select(conversations.c.id, conversations.c.last_seq).where(
        conversations.c.id.in_(conversation_ids), _MAY_BE_UNREAD
    )
    return {row.id: row.last_seq for row in tx.execute(query)}


def unread_messages(tx: Connection, conversation_ids: Sequence[str]) -> list[Event]:
    """What agents wrote there and nobody read, by conversation, oldest first."""
    query = (
        sa.select(events)
        .join(conversations, conversations.c.id == events.c.conversation_id)
        .where(
            conversations.c.id.in_(conversation_ids),
            events.c.seq > conversations.c.words_seq,
            events.c.type == EventType.MESSAGE_POSTED,
            events.c.actor_kind == ActorKind.AGENT,
        )
        .order_by(events.c.conversation_id, events.c.seq)
    )
    return [event_of(row) for row in tx.execute(query)]


def mark_read(tx: Connection, read_to: Mapping[str, int]) -> None:
    """By conversation: agents' messages up to this `seq` were read. Locked in the order of ids."""
    if read_to:
        rows = [{"conversation_id": id_, "seq": seq} for id_, seq in sorted(read_to.items())]
        tx.execute(_MARK, rows)
