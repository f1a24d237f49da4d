"""The hot path: many messages of many conversations with four statements.

The same fold as everywhere decides what a message changes; only the way to the tables differs.
Figures: docs/benchmarks.md.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Any

import orjson
from sqlalchemy import Connection

from console.desk.conversation import Conversation, State, apply
from console.desk.errors import DeskError, NotFound, SameIdOtherContent
from console.desk.event import Actor, ActorKind, Body, Event, EventType
from console.desk.message import ConversationResolved, NotAssignee
from console.storage.columns import from_micros, to_micros
from console.storage.conversation import raw_head
from console.storage.event import Receipt, recorded
from console.storage.message_sql import statements


@dataclass(frozen=True, slots=True)
class NewMessage:
    """A message to store. `client_msg_id`: the sender's own id, a repeat stores nothing."""

    conversation_id: str
    actor: Actor
    client_msg_id: str
    body: dict[str, Any]
    at: datetime


Outcome = Receipt | DeskError
_Key = tuple[str, str, str, str]  # conversation, actor kind, actor id, client_msg_id
_Known = tuple[Receipt, Body]


def append_messages(tx: Connection, messages: Sequence[NewMessage]) -> list[Outcome]:
    """One outcome for each message, in order. Refusals are values: they must not undo the rest."""
    heads = _heads(tx, messages)
    known = _stored(tx, messages)
    fresh: list[Event] = []
    outcomes: list[Outcome] = []
    for message in messages:
        outcome, event = _place(message, heads, known)
        if event is not None:
            fresh.append(event)
        outcomes.append(outcome)
    if fresh:
        _save(tx, fresh, heads)
        recorded(tx).extend(fresh)
    return outcomes


def _place(
    message: NewMessage, heads: dict[str, Conversation], known: dict[_Key, _Known]
) -> tuple[Outcome, Event | None]:
    """Finds the place of one message; moves its head on when it is new."""
    key = _key(message)
    if (found := known.get(key)) is not None:
        receipt, stored_body = found
        return (receipt if _is_same(stored_body, message.body) else SameIdOtherContent()), None
    head = heads.get(message.conversation_id)
    refusal = _refusal(message, head)
    if refusal is not None or head is None:
        return refusal or NotFound("conversation"), None
    event = _event(message, head)
    heads[head.id] = apply(head, event)
    receipt = Receipt(event.seq, event.at)
    known[key] = receipt, message.body
    return receipt, event


def _is_same(one: Body, other: Body) -> bool:
    """As JSON: what was a tuple comes back as a list."""
    return orjson.dumps(one, option=orjson.OPT_SORT_KEYS) == orjson.dumps(
        other, option=orjson.OPT_SORT_KEYS
    )


def _refusal(message: NewMessage, head: Conversation | None) -> DeskError | None:
    if head is None:
        return NotFound("conversation")
    if head.state is State.RESOLVED:
        return ConversationResolved()
    if message.actor.kind is ActorKind.AGENT and head.assignee_id != message.actor.id:
        return NotAssignee()
    return None


def _event(message: NewMessage, head: Conversation) -> Event:
    return Event(
        conversation_id=head.id,
        seq=head.last_seq + 1,
        type=EventType.MESSAGE_POSTED,
        public=True,
        prev_public=head.last_public_seq,
        actor=message.actor,
        body=message.body,
        at=message.at,
        client_msg_id=message.client_msg_id,
    )


def _key(message: NewMessage) -> _Key:
    actor = message.actor
    return message.conversation_id, actor.kind.value, actor.id, message.client_msg_id


def _heads(tx: Connection, messages: Sequence[NewMessage]) -> dict[str, Conversation]:
    """The conversations of these, locked in the order of their ids."""
    ids = orjson.dumps(list({message.conversation_id for message in messages})).decode()
    rows = tx.exec_driver_sql(statements(tx).heads, (ids,))
    return {row[0]: raw_head(row) for row in rows.fetchall()}


def _stored(tx: Connection, messages: Sequence[NewMessage]) -> dict[_Key, _Known]:
    """What of these is already there, by key."""
    wanted = orjson.dumps([_key(message) for message in messages]).decode()
    rows = tx.exec_driver_sql(statements(tx).stored, (wanted,)).fetchall()
    return {
        (conversation_id, actor_kind, actor_id, client_msg_id): (
            Receipt(seq, from_micros(at)),
            orjson.loads(body),
        )
        for conversation_id, actor_kind, actor_id, client_msg_id, seq, at, body in rows
    }


def _save(tx: Connection, fresh: Sequence[Event], heads: dict[str, Conversation]) -> None:
    """The events, and every head as the last of its events left it."""
    before = {event.conversation_id: event.seq - 1 for event in reversed(fresh)}
    changes = [_head_values(heads[id_], seq) for id_, seq in before.items()]
    updated = tx.exec_driver_sql(statements(tx).update, changes)
    if updated.rowcount != len(changes):
        raise RuntimeError(f"{updated.rowcount} heads were as expected, {len(changes)} should be")
    tx.exec_driver_sql(statements(tx).insert, [_event_values(event) for event in fresh])


def _head_values(head: Conversation, last_seq_before: int) -> tuple[Any, ...]:
    return (
        head.last_seq,
        head.last_public_seq,
        head.owed_seq,
        head.unread,
        head.last_text,
        _micros(head.last_at),
        _micros(head.waiting_since),
        head.id,
        last_seq_before,
    )


def _micros(moment: datetime | None) -> int | None:
    return None if moment is None else to_micros(moment)


def _event_values(event: Event) -> tuple[Any, ...]:
    return (
        event.conversation_id,
        event.seq,
        event.type.value,
        event.public,
        event.prev_public,
        event.actor.kind.value,
        event.actor.id,
        event.actor.name,
        event.client_msg_id,
        orjson.dumps(event.body).decode(),
        to_micros(event.at),
    )
