"""Rows of events, and `record`, the one way every use case but the hot path stores them."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from datetime import datetime
from typing import Any, NamedTuple

import sqlalchemy as sa
from sqlalchemy import Connection

from console.desk.conversation import apply
from console.desk.errors import NotFound, SameIdOtherContent
from console.desk.event import Actor, ActorKind, Event, EventType, NewEvent
from console.storage.columns import Instant, Json, metadata
from console.storage.conversation import allot, locked_head, save_head
from console.storage.prepared import Prepared

events = sa.Table(
    "event",
    metadata,
    sa.Column("conversation_id", sa.Text, sa.ForeignKey("conversation.id"), primary_key=True),
    sa.Column("seq", sa.Integer, primary_key=True, autoincrement=False),
    sa.Column("type", sa.Text, nullable=False),
    sa.Column("public", sa.Boolean, nullable=False),
    sa.Column("prev_public", sa.Integer, nullable=False),
    sa.Column("actor_kind", sa.Text, nullable=False),
    sa.Column("actor_id", sa.Text, nullable=False),
    sa.Column("actor_name", sa.Text, nullable=False),
    sa.Column("client_msg_id", sa.Text),
    sa.Column("body", Json, nullable=False),
    sa.Column("at", Instant, nullable=False),
    # Browsers make their ids in the order of time, and the id comes first: what is new goes to
    # the end of the index, not to another page of it for every conversation (docs/adr/0015).
    sa.Index(
        "uq_event_client_msg_id",
        "client_msg_id",
        "conversation_id",
        "actor_kind",
        "actor_id",
        unique=True,
        sqlite_where=sa.text("client_msg_id IS NOT NULL"),
        postgresql_where=sa.text("client_msg_id IS NOT NULL"),
    ),
)

# Built once, because every event needs them (docs/adr/0017).
_INSERT = Prepared(events.insert())
_STORED_KEY = Prepared(
    sa.select(events.c.seq).where(
        events.c.conversation_id == sa.bindparam("conversation_id"),
        events.c.actor_kind == sa.bindparam("actor_kind"),
        events.c.actor_id == sa.bindparam("actor_id"),
        events.c.client_msg_id == sa.bindparam("client_msg_id"),
    )
)
_EVENTS_AFTER = (
    sa.select(events)
    .where(
        events.c.conversation_id == sa.bindparam("conversation_id"),
        events.c.seq > sa.bindparam("after"),
    )
    .order_by(events.c.seq)
    .limit(sa.bindparam("most"))
)
_AFTER = Prepared(_EVENTS_AFTER)
_PUBLIC_AFTER = Prepared(_EVENTS_AFTER.where(events.c.public))


class Receipt(NamedTuple):
    """Where a message is; the same for every repeat."""

    seq: int
    at: datetime


def was_said(conversation_id: sa.ColumnElement[str], pattern: str) -> sa.ColumnElement[bool]:
    """True for a conversation with a message, note or card like `pattern` (escaped by `\\`)."""
    words = sa.type_coerce(events.c.body, sa.Text).ilike(pattern, escape="\\")
    types = (EventType.MESSAGE_POSTED.value, EventType.NOTE_ADDED.value)
    said = sa.select(events.c.seq).where(events.c.conversation_id == conversation_id, words)
    return said.where(events.c.type.in_(types)).exists()


def recorded(tx: Connection) -> list[Event]:
    """The events of the transaction so far; the writer hands them on after the commit."""
    found: list[Event] = tx.info.setdefault("recorded", [])
    return found


def record(
    tx: Connection, conversation_id: str, news: Sequence[NewEvent], at: datetime
) -> list[Event]:
    """Stores `news` in order and folds them into the head.

    An event whose `client_msg_id` is already stored for its actor is left out: a repeat.
    Raises `NotFound` when there is no such conversation.
    """
    head = locked_head(tx, conversation_id)
    known = _stored_keys(tx, conversation_id, news)
    news = [new for new in news if _key_of(new) not in known]
    if not news:
        return []
    last = allot(tx, conversation_id, len(news))
    stored = []
    for seq, new in enumerate(news, start=last - len(news) + 1):
        event = Event(
            conversation_id=conversation_id,
            seq=seq,
            type=new.type,
            public=new.public,
            prev_public=head.last_public_seq,
            actor=new.actor,
            body=new.body,
            at=at,
            client_msg_id=new.client_msg_id,
        )
        head = apply(head, event)
        stored.append(event)
    _INSERT.change_many(tx, [row_of(event) for event in stored])
    save_head(tx, head)
    recorded(tx).extend(stored)
    return stored


def _stored_keys(
    tx: Connection, conversation_id: str, news: Sequence[NewEvent]
) -> set[tuple[str, str, str | None]]:
    """Of those that carry an id: one or two, so each is asked for by the whole unique key."""
    carrying = [key for new in news if (key := _key_of(new))[2] is not None]
    return {key for key in carrying if _is_stored(tx, conversation_id, key)}


def _is_stored(tx: Connection, conversation_id: str, key: tuple[str, str, str | None]) -> bool:
    kind, actor_id, client_msg_id = key
    wanted = {"actor_kind": kind, "actor_id": actor_id, "client_msg_id": client_msg_id}
    return _STORED_KEY.first(tx, {**wanted, "conversation_id": conversation_id}) is not None


def _key_of(new: NewEvent) -> tuple[str, str, str | None]:
    return new.actor.kind.value, new.actor.id, new.client_msg_id


def receipt_of(tx: Connection, conversation_id: str, new: NewEvent) -> Receipt:
    """Where the event with this `client_msg_id` is stored. Raises `NotFound`."""
    found = _find(tx, conversation_id, new)
    if found is None:
        raise NotFound("event")
    return Receipt(found.seq, found.at)


def _find(tx: Connection, conversation_id: str, new: NewEvent) -> Any | None:
    return tx.execute(
        sa.select(events.c.seq, events.c.at).where(
            events.c.conversation_id == conversation_id,
            events.c.actor_kind == new.actor.kind,
            events.c.actor_id == new.actor.id,
            events.c.client_msg_id == new.client_msg_id,
        )
    ).first()


def stored_event(tx: Connection, conversation_id: str, new: NewEvent) -> Event | None:
    """The one that carries this id of this actor already."""
    row = tx.execute(
        sa.select(events).where(
            events.c.conversation_id == conversation_id,
            events.c.actor_kind == new.actor.kind,
            events.c.actor_id == new.actor.id,
            events.c.client_msg_id == new.client_msg_id,
        )
    ).first()
    return event_of(row) if row else None


def is_repeat(tx: Connection, conversation_id: str, new: NewEvent) -> bool:
    """Stored already, with the same content. Raises `SameIdOtherContent` for any other."""
    known = stored_event(tx, conversation_id, new)
    if known is not None and (known.type, known.body) != (new.type, new.body):
        raise SameIdOtherContent("key", key=new.client_msg_id)
    return known is not None


def last_of_type(tx: Connection, conversation_id: str, kind: EventType) -> Event | None:
    row = tx.execute(
        sa.select(events)
        .where(events.c.conversation_id == conversation_id, events.c.type == kind)
        .order_by(events.c.seq.desc())
        .limit(1)
    ).first()
    return event_of(row) if row else None


def events_of_type(tx: Connection, conversation_id: str, kind: EventType) -> list[Event]:
    """Oldest first; for types of which a conversation has a few."""
    mine = (events.c.conversation_id == conversation_id, events.c.type == kind)
    return [
        event_of(row) for row in tx.execute(sa.select(events).where(*mine).order_by(events.c.seq))
    ]


def events_after(
    tx: Connection,
    conversation_id: str,
    after: int,
    *,
    public_only: bool = False,
    limit: int = 200,
) -> list[Event]:
    """Oldest first, at most `limit`, with `seq` above `after`."""
    wanted = {"conversation_id": conversation_id, "after": after, "most": limit}
    rows = (_PUBLIC_AFTER if public_only else _AFTER).all(tx, wanted)
    return [event_of(row) for row in rows]


def events_after_each(
    tx: Connection, after_by_conversation: Mapping[str, int], *, limit: int = 500
) -> list[Event]:
    """Of several conversations at once, each in order; `limit` counts over all of them."""
    wanted = [
        sa.and_(events.c.conversation_id == conversation_id, events.c.seq > after)
        for conversation_id, after in after_by_conversation.items()
    ]
    query = (
        sa.select(events)
        .where(sa.or_(sa.false(), *wanted))
        .order_by(events.c.conversation_id, events.c.seq)
        .limit(limit)
    )
    return [event_of(row) for row in tx.execute(query)]


def first_agent_message(tx: Connection, conversation_id: str, since: datetime) -> Event | None:
    """The first that a person wrote from then on."""
    query = sa.select(events).where(
        events.c.conversation_id == conversation_id,
        events.c.at >= since,
        events.c.type == EventType.MESSAGE_POSTED,
        events.c.actor_kind == ActorKind.AGENT,
    )
    row = tx.execute(query.order_by(events.c.seq).limit(1)).first()
    return event_of(row) if row else None


def events_before(
    tx: Connection, conversation_id: str, before: int, *, limit: int = 100
) -> list[Event]:
    """The `limit` events below `before`, oldest first: for "load earlier"."""
    query = (
        sa.select(events)
        .where(events.c.conversation_id == conversation_id, events.c.seq < before)
        .order_by(events.c.seq.desc())
        .limit(limit)
    )
    return [event_of(row) for row in tx.execute(query)][::-1]


def row_of(event: Event) -> dict[str, Any]:
    return {
        "conversation_id": event.conversation_id,
        "seq": event.seq,
        "type": event.type,
        "public": event.public,
        "prev_public": event.prev_public,
        "actor_kind": event.actor.kind,
        "actor_id": event.actor.id,
        "actor_name": event.actor.name,
        "client_msg_id": event.client_msg_id,
        "body": event.body,
        "at": event.at,
    }


def event_of(row: sa.Row[Any]) -> Event:
    return Event(
        conversation_id=row.conversation_id,
        seq=row.seq,
        type=EventType(row.type),
        public=bool(row.public),
        prev_public=row.prev_public,
        actor=Actor(ActorKind(row.actor_kind), row.actor_id, row.actor_name),
        body=row.body,
        at=row.at,
        client_msg_id=row.client_msg_id,
    )
