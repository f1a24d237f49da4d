"""From the bot to a person: asking for one, offering, accepting, declining, leaving the queue."""

from __future__ import annotations

from dataclasses import asdict, dataclass
from datetime import datetime, timedelta
from typing import Any

import sqlalchemy as sa
from sqlalchemy import Connection

from console.desk.agent import Agent, Permission
from console.desk.conversation import WAITING, Conversation, State
from console.desk.customer import Customer
from console.desk.errors import BadRequest, Conflict, NotAllowed, Taken
from console.desk.event import SYSTEM, Actor, ActorKind, Event, EventType, NewEvent
from console.desk.handoff import (
    OWNER_OFFLINE_POINTS,
    QUEUE_OF_REASON,
    HandoffReason,
    estimated_wait,
    in_order,
    raised_queue,
)
from console.desk.identity import new_id
from console.desk.message import ConversationResolved, text_body
from console.desk.wording import (
    agent_joined_text,
    handoff_text,
    person_wish_text,
    queue_left_text,
    raised_text,
    transferred_text,
)
from console.desk.words import Words, in_language
from console.services.brief import build_brief
from console.services.message import agent_actor, customer_actor
from console.services.parts import Desk
from console.storage import agent as agent_rows
from console.storage import case as case_rows
from console.storage import conversation as conversation_rows
from console.storage import handoff as handoff_rows
from console.storage.event import Receipt, events_before, receipt_of, record
from console.storage.promise import has_overdue, promises_of_case

LOOKS_BACK = 20  # events of one turn, with room
_CALLS = frozenset({EventType.HANDOFF_REQUESTED})
MEAN_HANDLE_TIME = timedelta(minutes=6)  # until the desk has measured its own


@dataclass(frozen=True, slots=True)
class HandoffState:
    """Where the customer stands. `position`: 1 is next; 0 when a person already talks.

    `is_new`: this call put it into the queue or moved it up there, and the customer has just
    been told.
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
        is_new = head.state is State.WITH_BOT
        if is_new:
            _enter_queue(tx, head, reason, now, wish=wish, policy=policy, mood=mood, key=key)
        elif head.state in WAITING:
            is_new = _move_up(tx, head, reason, now, wish=wish, policy=policy, mood=mood, key=key)
        head = conversation_rows.conversation(tx, conversation_id)
        position = position_of(tx, conversation_id, now)
        text = handoff_text(head.lang, max(0, position - 1))
        return HandoffState(head.state, position, text, is_new)

    return await desk.database.write(work)


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

    Works with the engine down. A repeat gets the first receipt.
    """
    now = desk.clock.now()

    def work(tx: Connection) -> Receipt:
        head = conversation_rows.locked_head(tx, conversation_id)
        if head.state is State.RESOLVED:
            raise ConversationResolved()
        body = {**text_body(person_wish_text(head.lang)), "asks_person": True}
        wish = NewEvent(EventType.MESSAGE_POSTED, customer_actor(customer), body, client_msg_id)
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


def open_row(
    tx: Connection,
    head: Conversation,
    reason: HandoffReason,
    queue: str,
    brief: dict[str, object],
    now: datetime,
    *,
    mood: int = 0,
    wish: str | None = None,
    offered_to: str | None = None,
) -> None:
    """A row of the queue with all that routing needs; the promise's or case's owner comes first."""
    owner = owner_of(tx, head.case_id)
    last_agent_id, last_agent_at = last_agent_of(tx, head)
    is_offline = owner is not None and agent_rows.presence_of(tx, owner) == "offline"
    handoff_rows.insert_handoff(
        tx,
        {
            "id": new_id("ho"),
            "conversation_id": head.id,
            "queue": queue,
            "reason": reason,
            "wish": wish,
            "emotion": mood,
            "extra_points": OWNER_OFFLINE_POINTS if is_offline else 0,
            "overdue_promise": has_overdue(tx, head.case_id, now),
            "preferred_id": owner,
            "last_agent_id": last_agent_id,
            "last_agent_at": last_agent_at,
            "brief": brief,
            "declined": [],
            "queued_at": now,
            "offered_to": offered_to,
            "offered_at": now if offered_to else None,
        },
    )


def owner_of(tx: Connection, case_id: str) -> str | None:
    """The owner of the soonest open promise, else of the unresolved case."""
    for promise in promises_of_case(tx, case_id):
        if promise.is_open and promise.owner_id:
            return promise.owner_id
    return case_rows.case_by_id(tx, case_id).owner_id


def last_agent_of(tx: Connection, head: Conversation) -> tuple[str | None, datetime | None]:
    """Who served this customer last, in any conversation, and when."""
    table = conversation_rows.conversations
    row = tx.execute(
        sa.select(table.c.last_agent_id, table.c.last_at)
        .where(table.c.customer_id == head.customer_id, table.c.last_agent_id.is_not(None))
        .order_by(table.c.last_at.desc())
        .limit(1)
    ).first()
    return (row.last_agent_id, row.last_at) if row else (None, None)


def position_of(tx: Connection, conversation_id: str, now: datetime) -> int:
    """1 is next; 0 when it does not wait."""
    found = places_in_queue(tx, now).get(conversation_id)
    return found[0] if found else 0


def places_in_queue(tx: Connection, now: datetime) -> dict[str, tuple[int, timedelta]]:
    """Position and expected wait of everybody who waits."""
    rows = handoff_rows.waiting_handoffs(tx)
    ordered = in_order([handoff_rows.entry_of(row) for row in rows], now)
    return {
        entry.conversation_id: (position, wait_of(tx, position))
        for position, entry in enumerate(ordered, start=1)
    }


def wait_of(tx: Connection, position: int) -> timedelta:
    """What the customer may expect."""
    active = sum(seat.presence == "online" for seat in agent_rows.seats(tx))
    return estimated_wait(position, active, MEAN_HANDLE_TIME)


async def accept_handoff(desk: Desk, agent: Agent, conversation_id: str) -> Conversation:
    """Exactly one agent gets it. Raises `Taken` with the winner's name; nothing changes then."""
    return await _join(desk, agent, conversation_id, WAITING, "accepted")


async def take_over(desk: Desk, agent: Agent, conversation_id: str) -> Conversation:
    """Takes a conversation from the bot, waiting or not; a lead also from a colleague.

    Raises `Taken` with the name of who holds it.
    """
    states = WAITING | {State.WITH_BOT}
    if agent.may(Permission.TAKE_OVER):
        states |= {State.WITH_AGENT}
    return await _join(desk, agent, conversation_id, states, "taken_over")


async def _join(
    desk: Desk,
    agent: Agent,
    conversation_id: str,
    from_states: frozenset[State],
    how: str,
) -> Conversation:
    if not agent.may(Permission.ANSWER):
        raise NotAllowed()
    now = desk.clock.now()

    def work(tx: Connection) -> Conversation:
        head = conversation_rows.locked_head(tx, conversation_id)
        if head.state is State.WITH_AGENT and head.assignee_id == agent.id:
            return head  # the second click
        check_claim(tx, head, from_states)
        before = head.assignee_id or head.offered_to
        withdrawn = before if before != agent.id else None
        if handoff_rows.open_handoff(tx, conversation_id) is None:
            brief = build_brief(tx, head, HandoffReason.WISH, now)
            row = handoff_rows.brief_row(brief)
            open_row(tx, head, HandoffReason.WISH, head.queue, row, now)
        body = {
            "agent_id": agent.id,
            "name": agent.name,
            "how": how,
            "withdrawn_from": withdrawn,
            "text": agent_joined_text(head.lang, agent.name),
        }
        record(
            tx, conversation_id, [NewEvent(EventType.AGENT_JOINED, agent_actor(agent), body)], now
        )
        handoff_rows.end_handoff(tx, conversation_id, "accepted", now)
        case_rows.touch_case(tx, head.case_id, now, owner_id=agent.id)
        return conversation_rows.conversation(tx, conversation_id)

    return await desk.database.write(work)


def check_claim(tx: Connection, head: Conversation, from_states: frozenset[State]) -> None:
    """Refuses a claim when somebody else holds the conversation, or it has moved on."""
    if head.state in from_states:
        return
    if head.assignee_id is not None:
        holder = agent_rows.find_agent(tx, head.assignee_id)
        raise Taken(by={"id": head.assignee_id, "name": holder.name if holder else ""})
    raise Conflict("the conversation has moved on", state=head.state.value)


async def decline_handoff(
    desk: Desk, agent: Agent, conversation_id: str, *, lapsed: bool = False
) -> None:
    """Gives the offer back for somebody else. Raises `Conflict` if it is not theirs."""
    now = desk.clock.now()

    def work(tx: Connection) -> None:
        head = conversation_rows.locked_head(tx, conversation_id)
        if head.state is not State.OFFERED or head.offered_to != agent.id:
            raise Conflict("not offered to you")
        withdraw_offer(tx, head, agent_actor(agent), now, lapsed=lapsed)

    await desk.database.write(work)


def withdraw_offer(
    tx: Connection, head: Conversation, actor: Actor, now: datetime, *, lapsed: bool
) -> None:
    """Inside a unit of work: back to the queue, and this agent is not asked again."""
    row = handoff_rows.open_handoff(tx, head.id)
    if row is not None:
        declined = sorted({*row.declined, str(head.offered_to)})
        handoff_rows.save_handoff(tx, row.id, offered_to=None, offered_at=None, declined=declined)
    body = {"agent_id": head.offered_to, "lapsed": lapsed}
    record(tx, head.id, [NewEvent(EventType.HANDOFF_DECLINED, actor, body)], now)


async def leave_queue(desk: Desk, conversation_id: str, actor: Actor) -> None:
    """The customer goes on with the bot. Raises `Conflict` when it does not wait."""
    now = desk.clock.now()

    def work(tx: Connection) -> None:
        head = conversation_rows.locked_head(tx, conversation_id)
        if head.state not in WAITING:
            raise Conflict("not waiting")
        body = {"text": queue_left_text(head.lang)}
        record(tx, head.id, [NewEvent(EventType.HANDOFF_CANCELLED, actor, body)], now)
        handoff_rows.end_handoff(tx, head.id, "cancelled", now)

    await desk.database.write(work)


async def transfer_conversation(
    desk: Desk,
    agent: Agent,
    conversation_id: str,
    *,
    note: str,
    to_agent_id: str | None = None,
    to_queue: str | None = None,
    version: int | None = None,
) -> Conversation:
    """Hands on with a note and a fresh brief. Raises `NotAllowed` for anybody but the assignee."""
    if not note.strip():
        raise BadRequest("a note is required", field="note")
    if (to_agent_id is None) == (to_queue is None):
        raise BadRequest("name an agent or a queue", field="to")
    now = desk.clock.now()

    def work(tx: Connection) -> Conversation:
        head = held_by(tx, conversation_id, agent, version)
        target = agent_rows.find_agent(tx, to_agent_id) if to_agent_id else None
        if to_agent_id and (target is None or not target.may(Permission.ANSWER)):
            raise BadRequest("no such agent", field="to")
        brief = build_brief(tx, head, HandoffReason.WISH, now, policy=None)
        row = {**asdict(brief), "note": note.strip(), "from": agent.name}
        handoff_rows.end_handoff(tx, conversation_id, "transferred", now)
        open_row(
            tx, head, HandoffReason.WISH, to_queue or head.queue, row, now, offered_to=to_agent_id
        )
        _record_transfer(tx, head, agent, target, to_queue, note, now)
        case_rows.touch_case(tx, head.case_id, now, owner_id=to_agent_id)
        return conversation_rows.conversation(tx, conversation_id)

    return await desk.database.write(work)


def _record_transfer(
    tx: Connection,
    head: Conversation,
    agent: Agent,
    target: Agent | None,
    to_queue: str | None,
    note: str,
    now: datetime,
) -> None:
    actor = agent_actor(agent)
    transfer = {
        "from_agent_id": agent.id,
        "from_name": agent.name,
        "to_agent_id": target.id if target else None,
        "to_name": target.name if target else None,
        "to_queue": to_queue,
        "text": _transfer_text(head.lang, target),
    }
    record(
        tx,
        head.id,
        [
            NewEvent(EventType.NOTE_ADDED, actor, {"text": note.strip(), "transfer": True}),
            NewEvent(EventType.CONVERSATION_TRANSFERRED, actor, transfer),
        ],
        now,
    )


def _transfer_text(lang: str, target: Agent | None) -> str:
    if target is not None:
        return transferred_text(lang, target.name)
    return transferred_text(lang, "a colleague" if lang == "en" else "同事")


def held_by(
    tx: Connection, conversation_id: str, agent: Agent, version: int | None
) -> Conversation:
    """The locked head, if this agent holds it. Raises `Taken` or `NotAllowed`."""
    head = conversation_rows.locked_head(tx, conversation_id)
    if head.assignee_id != agent.id:
        if head.assignee_id is not None:
            check_claim(tx, head, frozenset())
        raise NotAllowed("you do not hold this conversation")
    if version is not None and version < head.state_seq:
        raise Conflict("the conversation has moved on", state=head.state.value)
    return head
