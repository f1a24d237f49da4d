"""Promises: making, keeping, extending, and what the clock does about them."""

from __future__ import annotations

import functools
from dataclasses import replace
from datetime import datetime, timedelta
from typing import Any

from sqlalchemy import Connection

from console.desk.agent import Agent, Permission
from console.desk.conversation import Conversation
from console.desk.errors import BadRequest, NotAllowed, SameIdOtherContent
from console.desk.event import SYSTEM, Actor, ActorKind, Event, EventType, NewEvent
from console.desk.identity import new_id
from console.desk.message import NotAssignee, clean_text
from console.desk.promise import (
    TEXT_LIMIT,
    Promise,
    PromiseKind,
    PromiseState,
    Step,
    check_due,
    extend,
    keep,
    let_go,
    may_change,
    next_step,
)
from console.desk.wording import promise_kept_text, promise_lapsed_text, promise_text
from console.desk.work_order import done
from console.services.complaint_promise import settle_beside
from console.services.message import agent_actor
from console.services.parts import Desk
from console.storage import case as case_rows
from console.storage import conversation as conversation_rows
from console.storage import promise as promise_rows
from console.storage import work_order as work_order_rows
from console.storage.event import first_agent_message, record, stored_event

DEFAULT_EXTENSION = timedelta(hours=4)  # the lead's default when the owner has set no new time


async def make_promise(
    desk: Desk,
    agent: Agent | None,
    conversation_id: str,
    *,
    text: Any,
    due_at: datetime,
    kind: str = PromiseKind.ANSWER,
    owner_id: str | None = None,
    key: str | None = None,
    in_other_words: bool = False,
) -> Promise:
    """By an agent, who becomes the owner, or by the bot (`agent=None`). The customer sees it.

    `key`: the same promise made twice by a retried turn is one promise. `in_other_words`: a
    message tells the customer of it, so the ledger adds no line of its own. Raises `NotAssignee`
    for an agent who does not hold the conversation.
    """
    if agent is not None and not agent.may(Permission.ANSWER):
        raise NotAllowed()
    now = desk.clock.now()
    check_due(due_at, now)
    clean = clean_text(text, TEXT_LIMIT)
    if kind not in set(PromiseKind):
        raise BadRequest("unknown kind", field="kind")
    actor = agent_actor(agent) if agent else SYSTEM

    def work(tx: Connection) -> Promise:
        return add_promise(
            tx,
            conversation_rows.locked_head(tx, conversation_id),
            text=clean,
            due_at=due_at,
            kind=PromiseKind(kind),
            owner_id=agent.id if agent else owner_id,
            actor=actor,
            now=now,
            key=key,
            in_other_words=in_other_words,
            by_holder=agent is not None,
        )

    return await desk.database.write(work)


def add_promise(
    tx: Connection,
    head: Conversation,
    *,
    text: str,
    due_at: datetime,
    kind: PromiseKind,
    actor: Actor,
    now: datetime,
    owner_id: str | None = None,
    key: str | None = None,
    in_other_words: bool = False,
    by_holder: bool = False,
) -> Promise:
    """Inside a unit of work that holds the conversation: stores the promise and tells of it.

    Raises `SameIdOtherContent` for a key that promised something else. `by_holder`: raises
    `NotAssignee` unless `actor` holds the conversation; a repeat is the promise that stands.
    """
    promise = Promise(
        id=new_id("pr"),
        case_id=head.case_id,
        conversation_id=head.id,
        text=text,
        kind=kind,
        owner_id=owner_id,
        made_at=now,
        due_at=due_at,
    )
    body = _body(promise, promise_text(head.lang, text, due_at))
    made = NewEvent(EventType.PROMISE_MADE, actor, body, key, internal=in_other_words)
    if key is not None and (known := stored_event(tx, head.id, made)) is not None:
        return _made_before(tx, known, made)
    if by_holder and head.assignee_id != actor.id:
        raise NotAssignee()
    record(tx, head.id, [made], now)
    promise_rows.insert_promise(tx, promise)
    case_rows.touch_case(tx, head.case_id, now)
    return promise


def _made_before(tx: Connection, known: Event, again: NewEvent) -> Promise:
    """The one that stands. The desk counts its time anew in a retried turn; agents name theirs."""
    names = ["text", "kind"] + ["due_at"] * (again.actor.kind is ActorKind.AGENT)
    same = all(known.body.get(name) == again.body[name] for name in names)
    if known.type is not again.type or not same:
        raise SameIdOtherContent("key", key=again.client_msg_id)
    return promise_rows.promise_by_id(tx, known.body["promise_id"])


async def keep_promise(desk: Desk, agent: Agent, promise_id: str, evidence: str = "") -> Promise:
    """The work order that waited for it is done.

    Raises `PromiseClosed`, `NotFound`, and `NotAllowed` for whom it does not concern.
    """
    return await _change(
        desk, agent, promise_id, EventType.PROMISE_KEPT, lambda p, now: keep(p, evidence[:500])
    )


async def extend_promise(desk: Desk, agent: Agent, promise_id: str, due_at: datetime) -> Promise:
    """Once. Raises `AlreadyExtended`, `PromiseClosed`, `BadRequest`, and `NotAllowed` as above."""
    return await _change(
        desk, agent, promise_id, EventType.PROMISE_EXTENDED, lambda p, now: extend(p, due_at, now)
    )


async def _change(
    desk: Desk, agent: Agent, promise_id: str, event: EventType, change: Any
) -> Promise:
    if not agent.may(Permission.ANSWER):
        raise NotAllowed()
    now = desk.clock.now()

    def work(tx: Connection) -> Promise:
        promise = promise_rows.promise_by_id(tx, promise_id)
        if not may_change(promise, agent, conversation_rows.holders_of_case(tx, promise.case_id)):
            raise NotAllowed()
        changed: Promise = change(promise, now)
        save(tx, changed, event, agent_actor(agent), now)
        return changed

    return await desk.database.write(work)


def save(tx: Connection, promise: Promise, event: EventType, actor: Actor, now: datetime) -> None:
    """Stores the new state and says so in the conversation where it was made."""
    head = conversation_rows.conversation(tx, promise.conversation_id)
    promise_rows.save_promise(tx, promise)
    if event is EventType.PROMISE_KEPT:
        _close_work_orders(tx, promise, now)
        text = promise_kept_text(head.lang, promise.text)
    elif event is EventType.PROMISE_EXTENDED and actor.kind == SYSTEM.kind:
        text = promise_lapsed_text(head.lang, promise.text, promise.due_at)
    else:
        text = promise_text(head.lang, promise.text, promise.due_at)
    record(tx, head.id, [NewEvent(event, actor, _body(promise, text))], now)


def _close_work_orders(tx: Connection, promise: Promise, now: datetime) -> None:
    for order in work_order_rows.open_work_orders_of_promise(tx, promise.id):
        over = done(order, promise.evidence, now)
        work_order_rows.save_work_order(tx, over)
        settle_beside(tx, over)


async def tend_promises(desk: Desk) -> None:
    """One look of the clock: reminders to owners, honest news to customers, broken ones.

    Looked at without a lock first. What is due is locked and decided again, so that of several
    desks one takes the step and tells of it.
    """
    now = desk.clock.now()
    due = await desk.database.read(lambda tx: _due(tx, now))
    if not due:
        return

    def work(tx: Connection) -> list[tuple[Step, Promise]]:
        taken = []
        for promise in promise_rows.locked_promises(tx, due):
            step = next_step(promise, now)
            if step is not None and not _is_answered(tx, promise):
                taken.append((step, _take_step(tx, promise, step, now)))
        return taken

    for step, promise in await desk.database.write(work):
        _tell(desk, step, promise)


def _due(tx: Connection, now: datetime) -> list[str]:
    found = promise_rows.open_promises(tx)
    return [promise.id for promise in found if next_step(promise, now) is not None]


def _is_answered(tx: Connection, promise: Promise) -> bool:
    """A first answer is kept by the message itself: nobody has to press a button, or is told."""
    if promise.kind is not PromiseKind.FIRST_ANSWER:
        return False
    answer = first_agent_message(tx, promise.conversation_id, promise.made_at)
    if answer is not None:
        promise_rows.save_promise(tx, keep(promise, wire_time(answer.at)))
    return answer is not None


def _take_step(tx: Connection, promise: Promise, step: Step, now: datetime) -> Promise:
    match step:
        case Step.REMIND_HALF | Step.REMIND_LAST:
            reminded = replace(promise, reminded=1 if step is Step.REMIND_HALF else 2)
            promise_rows.save_promise(tx, reminded)
            return reminded
        case Step.LAPSE:
            later = extend(promise, now + DEFAULT_EXTENSION, now)
            save(tx, later, EventType.PROMISE_EXTENDED, SYSTEM, now)
            return later
        case Step.BREAK:
            broken = replace(promise, state=PromiseState.BROKEN)
            _close(tx, broken, SYSTEM, now)
            return broken


def void_promise(
    tx: Connection, promise: Promise, evidence: str, actor: Actor, now: datetime
) -> None:
    """Inside a unit of work that holds the promise; why its reason is gone is the caller's to say."""
    _close(tx, let_go(promise, evidence[:500], now), actor, now)


def _close(tx: Connection, closed: Promise, actor: Actor, now: datetime) -> None:
    promise_rows.save_promise(tx, closed)
    is_void = closed.state is PromiseState.VOID
    event = EventType.PROMISE_VOIDED if is_void else EventType.PROMISE_BROKEN
    record(tx, closed.conversation_id, [NewEvent(event, actor, _body(closed, ""))], now)


def _tell(desk: Desk, step: Step, promise: Promise) -> None:
    body = {"promise": promise_view(promise), "step": step.value}
    if promise.owner_id is not None and step in {Step.REMIND_HALF, Step.REMIND_LAST}:
        desk.hub.tell_agent(promise.owner_id, "promise_due", **body)
    else:
        desk.hub.tell_agents("promise_due", **body)


def _body(promise: Promise, text: str) -> dict[str, Any]:
    return {**promise_view(promise), "line": text}


def promise_view(promise: Promise) -> dict[str, Any]:
    """As cards and lists show it."""
    return {
        "promise_id": promise.id,
        "text": promise.text,
        "kind": promise.kind.value,
        "state": promise.state.value,
        "owner_id": promise.owner_id,
        "conversation_id": promise.conversation_id,
        "made_at": wire_time(promise.made_at),
        "due_at": wire_time(promise.due_at),
    }


@functools.lru_cache(maxsize=256)  # a message's time goes to customer, agent and acknowledgement
def wire_time(moment: datetime) -> str:
    """ISO-8601 in UTC with Z, milliseconds: what browsers read."""
    return moment.isoformat(timespec="milliseconds").replace("+00:00", "Z")


def optional_time(moment: datetime | None) -> str | None:
    return wire_time(moment) if moment is not None else None
