"""From the bot to a person: asking for one, by wish, by button, by rule, and asking with more weight."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime
from typing import Any

import sqlalchemy as sa
from sqlalchemy import Connection

from console.desk.conversation import WAITING, Conversation, State
from console.desk.customer import Customer
from console.desk.errors import SameIdOtherContent
from console.desk.event import SYSTEM, ActorKind, Event, EventType, NewEvent
from console.desk.handoff import (
    QUEUE_OF_REASON,
    HandoffReason,
    raised_queue,
)
from console.desk.message import ConversationResolved, text_body
from console.desk.wording import (
    handoff_text,
    person_wish_text,
    raised_text,
)
from console.desk.words import Words, in_language
from console.services.brief import build_brief
from console.services.handoff_queue import open_row, position_of
from console.services.message import customer_actor
from console.services.parts import Desk
from console.storage import agent as agent_rows
from console.storage import conversation as conversation_rows
from console.storage import handoff as handoff_rows
from console.storage.event import (
    Receipt,
    events_before,
    receipt_of,
    record,
    stored_event,
)

LOOKS_BACK = 20  # events of one turn, with room
_CALLS = frozenset({EventType.HANDOFF_REQUESTED})


@dataclass(frozen=True, slots=True)
class HandoffState:
    """Where the customer stands. `position`: 1 is next; 0 when a person already talks.

    `is_new`: this call, or the first try of it, put it into the queue or moved it up there, and
    the customer has just been told.
    """

    state: State
    position: int
    text: str
    is_new: bool = False


async def request_handoff(
    desk: Desk,
    conversation_id: str,
    reason: HandoffReason,
    *,
    wish: Words | str | None = None,
    policy: str | None = None,
    mood: int = 0,
    key: str | None = None,
) -> HandoffState:
    """Puts the conversation into the queue, once; the customer is told at once.

    A conversation that has its person stays as it is; one that waits only moves up: a complaint
    or anger while waiting. `key`: a retried bot turn finds its own event again.
    """
    now = desk.clock.now()

    def work(tx: Connection) -> HandoffState:
        head = conversation_rows.locked_head(tx, conversation_id)
        was_called = _was_called(tx, head.id, key)
        is_new = head.state is State.WITH_BOT and not was_called
        if is_new:
            _enter_queue(tx, head, reason, now, wish=wish, policy=policy, mood=mood, key=key)
        elif head.state in WAITING:
            is_new = was_called or _move_up(
                tx, head, reason, now, wish=wish, policy=policy, mood=mood, key=key
            )
        head = conversation_rows.conversation(tx, conversation_id)
        position = position_of(tx, conversation_id, now)
        text = handoff_text(head.lang, max(0, position - 1))
        return HandoffState(head.state, position, text, is_new)

    return await desk.database.write(work)


def _heard_before(known: Event) -> Receipt:
    """Whichever language it was put into. Raises `SameIdOtherContent` for other words."""
    if not known.body.get("asks_person"):
        raise SameIdOtherContent()
    return Receipt(known.seq, known.at)


def _was_called(tx: Connection, conversation_id: str, key: str | None) -> bool:
    """By this turn before: who has left the queue since stays where they are."""
    call = NewEvent(EventType.HANDOFF_REQUESTED, SYSTEM, {}, key)
    return key is not None and stored_event(tx, conversation_id, call) is not None


async def was_just_called(desk: Desk, conversation_id: str) -> bool:
    """A person was asked for since the customer's last message."""

    def query(tx: Connection) -> bool:
        head = conversation_rows.conversation(tx, conversation_id)
        newest_first = reversed(events_before(tx, head.id, head.last_seq + 1, limit=LOOKS_BACK))
        said = (e for e in newest_first if e.type in {EventType.MESSAGE_POSTED, *_CALLS})
        last = next((e for e in said if e.type in _CALLS or _is_customers(e)), None)
        return last is not None and last.type in _CALLS

    return await desk.database.read(query)


def _is_customers(event: Event) -> bool:
    return event.actor.kind is ActorKind.CUSTOMER


async def ask_for_person(
    desk: Desk, customer: Customer, conversation_id: str, client_msg_id: str
) -> Receipt:
    """The button that is always there: the wish is a message, the queue comes with it.

    Works with the engine down. A repeat gets the first receipt and changes nothing, whatever
    has happened since. Raises `SameIdOtherContent`.
    """
    now = desk.clock.now()

    def work(tx: Connection) -> Receipt:
        head = conversation_rows.locked_head(tx, conversation_id)
        body = {**text_body(person_wish_text(head.lang)), "asks_person": True}
        wish = NewEvent(EventType.MESSAGE_POSTED, customer_actor(customer), body, client_msg_id)
        if (known := stored_event(tx, conversation_id, wish)) is not None:
            return _heard_before(known)
        if head.state is State.RESOLVED:
            raise ConversationResolved()
        record(tx, conversation_id, [wish], now)
        head = conversation_rows.conversation(tx, conversation_id)
        if head.state is State.WITH_BOT:
            _enter_queue(
                tx, head, HandoffReason.WISH, now, wish=None, policy=None, mood=0, key=client_msg_id
            )
        return receipt_of(tx, conversation_id, wish)

    return await desk.database.write(work)


def _enter_queue(
    tx: Connection,
    head: Conversation,
    reason: HandoffReason,
    now: datetime,
    *,
    wish: Words | str | None,
    policy: str | None,
    mood: int,
    key: str | None,
) -> None:
    brief = build_brief(tx, head, reason, now, wish=wish, policy=policy, mood=mood)
    queue = QUEUE_OF_REASON.get(reason, head.queue)
    said = in_language(wish, head.lang)
    open_row(tx, head, reason, queue, handoff_rows.brief_row(brief), now, mood=mood, wish=said)
    ahead = position_of(tx, head.id, now) - 1
    body = {
        "reason": reason.value,
        "queue": queue,
        "position": ahead + 1,
        "text": handoff_text(head.lang, ahead, pictures=brief.pictures),
    }
    record(tx, head.id, [NewEvent(EventType.HANDOFF_REQUESTED, SYSTEM, body, key)], now)


def _move_up(
    tx: Connection,
    head: Conversation,
    reason: HandoffReason,
    now: datetime,
    *,
    wish: Words | str | None,
    policy: str | None,
    mood: int,
    key: str | None,
) -> bool:
    """A weightier reason while waiting: other queue or more emotion, never less. False: neither."""
    row = handoff_rows.open_handoff(tx, head.id)
    if row is None:
        return False
    queue, emotion = raised_queue(row.queue, reason), max(row.emotion, mood)
    if (queue, emotion) == (row.queue, row.emotion):
        return False
    has_moved = queue != row.queue
    why = reason if has_moved else HandoffReason(row.reason)
    brief = build_brief(tx, head, why, now, wish=wish, policy=policy, mood=emotion)
    handoff_rows.save_handoff(
        tx,
        row.id,
        queue=queue,
        reason=why,
        wish=in_language(wish, head.lang) or row.wish,
        emotion=emotion,
        brief={**row.brief, **_told(handoff_rows.brief_row(brief))},  # a transfer's note stays
    )
    _record_move(tx, head, row, queue, now, has_moved=has_moved, reason=why, key=key)
    return True


def _told(brief: dict[str, object]) -> dict[str, object]:
    return {name: value for name, value in brief.items() if value is not None}


def _record_move(
    tx: Connection,
    head: Conversation,
    row: sa.Row[Any],
    queue: str,
    now: datetime,
    *,
    has_moved: bool,
    reason: HandoffReason,
    key: str | None,
) -> None:
    """Who is asked and may have it is asked again, with the new brief; anybody else no longer."""
    asked = agent_rows.find_agent(tx, row.offered_to) if row.offered_to else None
    stays = asked is not None and (row.routing_reason != "least_loaded" or queue in asked.queues)
    handoff_rows.save_handoff(
        tx,
        row.id,
        offered_to=asked.id if asked and stays else None,
        offered_at=now if stays else None,
    )
    ahead = position_of(tx, head.id, now) - 1
    body = {
        "reason": reason.value,
        "queue": queue,
        "position": ahead + 1,
        "text": raised_text(head.lang, ahead, to_complaints=has_moved),
    }
    if asked and not stays:
        body["withdrawn_from"] = asked.id
    events = [NewEvent(EventType.HANDOFF_REQUESTED, SYSTEM, body, key)]
    if asked and stays:
        offer = {"agent_id": asked.id, "name": asked.name, "routing_reason": row.routing_reason}
        events.append(NewEvent(EventType.HANDOFF_OFFERED, SYSTEM, offer))
    record(tx, head.id, events, now)
