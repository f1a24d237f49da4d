"""The hot path: many messages of many conversations with four statements.

The same fold as everywhere decides what a message changes; only the way to the tables differs.
Figures: docs/benchmarks.md.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Any

import orjson
import sqlalchemy as sa
from sqlalchemy import Connection

from console.desk.conversation import Conversation, State, apply
from console.desk.errors import DeskError, NotFound, SameIdOtherContent
from console.desk.event import Actor, ActorKind, Event, EventType
from console.desk.message import ConversationResolved, NotAssignee
from console.storage.columns import to_micros
from console.storage.conversation import locked_heads
from console.storage.event import Receipt, events, recorded


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


def append_messages(tx: Connection, messages: Sequence[NewMessage]) -> list[Outcome]:
    """One outcome for each message, in order. Refusals are values: they must not undo the rest."""
    heads = locked_heads(tx, {message.conversation_id for message in messages})
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
    message: NewMessage, heads: dict[str, Conversation], known: dict[_Key, tuple[Receipt, bytes]]
) -> tuple[Outcome, Event | None]:
    """Finds the place of one message; moves its head on when it is new."""
    body = orjson.dumps(message.body, option=orjson.OPT_SORT_KEYS)
    if (found := known.get(_key(message))) is not None:
        receipt, stored_body = found
        return (receipt if stored_body == body else SameIdOtherContent()), None
    head = heads.get(message.conversation_id)
    refusal = _refusal(message, head)
    if refusal is not None or head is None:
        return refusal or NotFound("conversation"), None
    event = _event(message, head)
    heads[head.id] = apply(head, event)
    receipt = Receipt(event.seq, event.at)
    known[_key(message)] = receipt, body
    return receipt, event


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


def _stored(tx: Connection, messages: Sequence[NewMessage]) -> dict[_Key, tuple[Receipt, bytes]]:
    """What of these is already there, by key."""
    wanted = orjson.dumps([_key(message) for message in messages]).decode()
    rows = tx.execute(_find_stored(tx), {"wanted": wanted})
    return {
        (row.conversation_id, row.actor_kind, row.actor_id, row.client_msg_id): (
            Receipt(row.seq, row.at),
            orjson.dumps(row.body, option=orjson.OPT_SORT_KEYS),
        )
        for row in rows
    }


def _save(tx: Connection, fresh: Sequence[Event], heads: dict[str, Conversation]) -> None:
    counts: dict[str, int] = {}
    for event in fresh:
        counts[event.conversation_id] = counts.get(event.conversation_id, 0) + 1
    _save_heads(tx, [heads[id_] for id_ in counts], counts)
    tx.execute(_INSERT, [_event_values(event) for event in fresh])


def _save_heads(tx: Connection, heads: Iterable[Conversation], counts: dict[str, int]) -> None:
    """Allots the numbers and saves what messages change, in one statement."""
    rows = [
        [
            head.id,
            counts[head.id],
            head.last_public_seq,
            head.owed_seq,
            head.unread,
            head.last_text,
            _micros(head.last_at),
            _micros(head.waiting_since),
        ]
        for head in heads
    ]
    allotted = tx.execute(_update_heads(tx), {"rows": orjson.dumps(rows).decode()})
    for row in allotted:
        expected = next(head.last_seq for head in heads if head.id == row.id)
        if row.last_seq != expected:
            raise RuntimeError(f"seq {row.last_seq} allotted, {expected} expected")


def _micros(moment: datetime | None) -> int | None:
    return None if moment is None else to_micros(moment)


def _event_values(event: Event) -> dict[str, Any]:
    return {
        "conversation_id": event.conversation_id,
        "seq": event.seq,
        "type": event.type.value,
        "public": event.public,
        "prev_public": event.prev_public,
        "actor_kind": event.actor.kind.value,
        "actor_id": event.actor.id,
        "actor_name": event.actor.name,
        "client_msg_id": event.client_msg_id,
        "body": orjson.dumps(event.body).decode(),
        "at": to_micros(event.at),
    }


_INSERT = sa.text(
    "INSERT INTO event (conversation_id, seq, type, public, prev_public, actor_kind, actor_id,"
    " actor_name, client_msg_id, body, at) VALUES (:conversation_id, :seq, :type, :public,"
    " :prev_public, :actor_kind, :actor_id, :actor_name, :client_msg_id, :body, :at)"
)

# Rows travel as one JSON parameter: a statement per message would cost more than the message.
_JSON_ROWS = {
    "sqlite": ("json_each(:{0})", "json_extract(value, '$[{0}]')"),
    "postgresql": ("json_array_elements(CAST(:{0} AS json)) AS value", "(value->>{0})"),
}
_UPDATED = (
    ("last_public_seq", "integer"),
    ("owed_seq", "integer"),
    ("unread", "integer"),
    ("last_text", "text"),
    ("last_at", "bigint"),
    ("waiting_since", "bigint"),
)


def _update_heads(tx: Connection) -> Any:
    source, item = _JSON_ROWS[tx.dialect.name]
    cast = tx.dialect.name == "postgresql"

    def column(position: int, kind: str) -> str:
        taken = item.format(position)
        return f"CAST({taken} AS {kind})" if cast else taken

    picked = ", ".join(
        f"{column(position, kind)} AS {name}"
        for position, (name, kind) in enumerate(_UPDATED, start=2)
    )
    assigned = ", ".join(f"{name} = taken.{name}" for name, _ in _UPDATED)
    return _text(
        "UPDATE conversation SET last_seq = conversation.last_seq + taken.count, "  # noqa: S608
        f"{assigned} FROM (SELECT {column(0, 'text')} AS id, {column(1, 'integer')} AS count, "
        f"{picked} FROM {source.format('rows')}) AS taken WHERE conversation.id = taken.id "
        "RETURNING conversation.id, conversation.last_seq"
    )


def _find_stored(tx: Connection) -> Any:
    source, item = _JSON_ROWS[tx.dialect.name]
    keys = ("conversation_id", "actor_kind", "actor_id", "client_msg_id")
    matches = " AND ".join(
        f"event.{key} = {item.format(position)}" for position, key in enumerate(keys)
    )
    return _text(
        "SELECT event.conversation_id, event.actor_kind, event.actor_id, event.client_msg_id, "  # noqa: S608
        f"event.seq, event.at, event.body FROM {source.format('wanted')} JOIN event ON {matches}"
    )


_texts: dict[str, Any] = {}


def _text(statement: str) -> Any:
    """The statement with its column types; built once, so that SQLAlchemy's cache hits."""
    if statement not in _texts:
        built: Any = sa.text(statement)
        if "event.body" in statement:
            built = built.columns(**_event_column_types())
        _texts[statement] = built
    return _texts[statement]


def _event_column_types() -> dict[str, Any]:
    names = ("conversation_id", "actor_kind", "actor_id", "client_msg_id", "seq", "at", "body")
    return {name: events.c[name].type for name in names}
