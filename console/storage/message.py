"""The hot path: many messages of many conversations with three statements.

The same fold as everywhere decides what a message changes; only the way to the tables differs:
the statements go to the driver's own cursor. Figures: docs/benchmarks.md, docs/adr/0015.
"""

from __future__ import annotations

from collections.abc import Sequence
from datetime import datetime
from typing import Any, NamedTuple

import orjson
from sqlalchemy import Connection
from sqlalchemy.engine.interfaces import DBAPICursor

from console.desk.conversation import State, Tip, apply_message
from console.desk.errors import DeskError, NotFound, SameIdOtherContent
from console.desk.event import Actor, ActorKind, Body, Event, EventType
from console.desk.message import ConversationResolved, NotAssignee
from console.storage.columns import from_micros, to_micros
from console.storage.event import Receipt, recorded
from console.storage.message_sql import Statements, statements


class NewMessage(NamedTuple):
    """A message to store. `client_msg_id`: the sender's own id, a repeat stores nothing."""

    conversation_id: str
    actor: Actor
    client_msg_id: str
    body: dict[str, Any]
    at: datetime


Outcome = Receipt | DeskError
_Key = tuple[str, str, str, str]  # conversation, actor kind, actor id, client_msg_id
_Known = tuple[Receipt, Body]
_STATES = {state.value: state for state in State}


class RepeatFound(Exception):
    """One of the messages is stored already; what was written besides must be undone."""


def append_messages(
    tx: Connection, messages: Sequence[NewMessage], *, look_first: bool = True
) -> list[Outcome]:
    """One outcome for each message, in order. Refusals are values: they must not undo the rest.

    Without `look_first` nobody asks what is stored already, which spares every new message a
    look into the table; raises `RepeatFound` when one of them is.
    """
    cursor = tx.connection.cursor()
    speech = statements(tx)
    try:
        tips = _tips(cursor, speech, messages)
        known = _stored(cursor, speech, messages) if look_first else None
        outcomes, fresh = _place_all(messages, tips, known)
        if fresh:
            _save(cursor, speech, fresh, tips)
            recorded(tx).extend(fresh)
    finally:
        cursor.close()
    return outcomes


def _place_all(
    messages: Sequence[NewMessage], tips: dict[str, Tip], known: dict[_Key, _Known] | None
) -> tuple[list[Outcome], list[Event]]:
    """What becomes of each, and the events of those that are new; moves their tips on."""
    fresh: list[Event] = []
    outcomes: list[Outcome] = []
    for message in messages:
        outcome, event = _place(message, tips, known)
        if event is not None:
            fresh.append(event)
        outcomes.append(outcome)
    return outcomes, fresh


def _place(
    message: NewMessage, tips: dict[str, Tip], known: dict[_Key, _Known] | None
) -> tuple[Outcome, Event | None]:
    """Finds the place of one message; moves its tip on when it is new.

    Without `known` nobody looks for repeats here: the database leaves them out.
    """
    if known is not None and (found := known.get(_key(message))) is not None:
        receipt, stored_body = found
        return (receipt if _is_same(stored_body, message.body) else SameIdOtherContent()), None
    tip = tips.get(message.conversation_id)
    refusal = _refusal(message, tip)
    if refusal is not None or tip is None:
        return refusal or NotFound("conversation"), None
    event = _event(message, tip)
    tips[tip.id] = apply_message(tip, event)
    receipt = Receipt(event.seq, event.at)
    if known is not None:
        known[_key(message)] = receipt, message.body
    return receipt, event


def _is_same(one: Body, other: Body) -> bool:
    """As JSON: what was a tuple comes back as a list."""
    return orjson.dumps(one, option=orjson.OPT_SORT_KEYS) == orjson.dumps(
        other, option=orjson.OPT_SORT_KEYS
    )


def _refusal(message: NewMessage, tip: Tip | None) -> DeskError | None:
    if tip is None:
        return NotFound("conversation")
    if tip.state is State.RESOLVED:
        return ConversationResolved()
    if message.actor.kind is ActorKind.AGENT and tip.assignee_id != message.actor.id:
        return NotAssignee()
    return None


def _event(message: NewMessage, tip: Tip) -> Event:
    return Event(
        conversation_id=tip.id,
        seq=tip.last_seq + 1,
        type=EventType.MESSAGE_POSTED,
        public=True,
        prev_public=tip.last_public_seq,
        actor=message.actor,
        body=message.body,
        at=message.at,
        client_msg_id=message.client_msg_id,
    )


def _key(message: NewMessage) -> _Key:
    actor = message.actor
    return message.conversation_id, actor.kind.value, actor.id, message.client_msg_id


def _tips(
    cursor: DBAPICursor, speech: Statements, messages: Sequence[NewMessage]
) -> dict[str, Tip]:
    """The conversations of these, locked in the order of their ids."""
    ids = orjson.dumps(list({message.conversation_id for message in messages})).decode()
    cursor.execute(speech.tips, (ids,))
    return {row[0]: _tip(row) for row in cursor.fetchall()}


def _tip(row: Sequence[Any]) -> Tip:
    """From the fields as the driver returns them, in their order."""
    id_, state, assignee_id, last_seq, last_public_seq, owed_seq, unread, since = row
    since = None if since is None else from_micros(since)
    return Tip(id_, _STATES[state], assignee_id, last_seq, last_public_seq, owed_seq, unread, since)


def _stored(
    cursor: DBAPICursor, speech: Statements, messages: Sequence[NewMessage]
) -> dict[_Key, _Known]:
    """What of these is already there, by key."""
    wanted = orjson.dumps([_key(message) for message in messages]).decode()
    cursor.execute(speech.stored, (wanted,))
    return {
        (conversation_id, actor_kind, actor_id, client_msg_id): (
            Receipt(seq, from_micros(at)),
            orjson.loads(body),
        )
        for conversation_id, actor_kind, actor_id, client_msg_id, seq, at, body in cursor.fetchall()
    }


def _save(
    cursor: DBAPICursor, speech: Statements, fresh: Sequence[Event], tips: dict[str, Tip]
) -> None:
    """The events, and every head as the last of its messages left it."""
    cursor.executemany(speech.insert, [_event_values(event) for event in fresh])
    if cursor.rowcount != len(fresh):
        raise RepeatFound
    before = {event.conversation_id: event.seq - 1 for event in reversed(fresh)}
    changes = [_tip_values(tips[id_], seq) for id_, seq in before.items()]
    cursor.executemany(speech.update, changes)
    if cursor.rowcount != len(changes):
        raise RuntimeError(f"{cursor.rowcount} heads were as expected, {len(changes)} should be")


def _tip_values(tip: Tip, last_seq_before: int) -> tuple[Any, ...]:
    return (
        tip.last_seq,
        tip.last_public_seq,
        tip.owed_seq,
        tip.unread,
        tip.last_text,
        _micros(tip.last_at),
        _micros(tip.waiting_since),
        tip.id,
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
