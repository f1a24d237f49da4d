"""Dated promises: made, reminded of, kept, extended once, honestly broken, or without a reason.

Rule: contracts, section 5. The owner is reminded at half time and 15 minutes before; at the due
time the customer gets an honest message with a new time, once; after that it is broken.
"""

from __future__ import annotations

from collections.abc import Collection
from dataclasses import dataclass, replace
from datetime import datetime, timedelta
from enum import StrEnum

from console.desk.agent import Agent, Permission
from console.desk.errors import BadRequest, Conflict

LAST_REMINDER = timedelta(minutes=15)
LONGEST = timedelta(days=30)
TEXT_LIMIT = 300  # characters


class PromiseState(StrEnum):
    """State of a promise."""

    OPEN = "open"
    EXTENDED = "extended"  # open with a second time, the last one
    KEPT = "kept"
    BROKEN = "broken"
    VOID = "void"  # in time, what it was about has gone: neither kept nor broken


class PromiseKind(StrEnum):
    """What was promised."""

    ANSWER = "answer"
    FIRST_ANSWER = "first_answer"  # by a person; kept by their first message
    CALLBACK = "callback"
    REFUND = "refund"
    SHIP = "ship"
    OTHER = "other"


class Step(StrEnum):
    """What is to be done about a promise now."""

    REMIND_HALF = "remind_half"
    REMIND_LAST = "remind_last"
    LAPSE = "lapse"  # tell the customer, with a new time
    BREAK = "break"


class Change(StrEnum):
    """What people do to a promise."""

    KEEP = "keep"
    EXTEND = "extend"  # once


class PromiseClosed(Conflict):
    """It is already kept, broken or void."""

    code = "promise_closed"


class AlreadyExtended(Conflict):
    """A promise may be extended once (contracts, section 11)."""

    code = "already_extended"


@dataclass(frozen=True, slots=True)
class Promise:
    """`reminded`: how many of the two reminders of the present period went out."""

    id: str
    case_id: str
    conversation_id: str
    text: str
    kind: PromiseKind
    owner_id: str | None
    made_at: datetime
    due_at: datetime
    state: PromiseState = PromiseState.OPEN
    reminded: int = 0
    evidence: str = ""

    @property
    def is_open(self) -> bool:
        return self.state in {PromiseState.OPEN, PromiseState.EXTENDED}

    @property
    def half_at(self) -> datetime:
        return self.made_at + (self.due_at - self.made_at) / 2

    @property
    def last_reminder_at(self) -> datetime:
        return max(self.half_at, self.due_at - LAST_REMINDER)


def may_change(promise: Promise, agent: Agent, holder_ids: Collection[str]) -> bool:
    """True for its owner, for who serves the customer of its case now, and for leads.

    `holder_ids`: who holds a conversation of the case. What nobody owns while nobody serves is
    everybody's who answers: all of them are reminded of it.
    """
    if not agent.may(Permission.ANSWER):
        return False
    if agent.may(Permission.TAKE_OVER) or agent.id in holder_ids:
        return True
    return agent.id == promise.owner_id or (promise.owner_id is None and not holder_ids)


def open_changes(promise: Promise) -> list[Change]:
    """What its state allows."""
    if not promise.is_open:
        return []
    return [Change.KEEP] if promise.state is PromiseState.EXTENDED else list(Change)


def check_due(due_at: datetime, now: datetime) -> None:
    """A due time lies ahead, by 30 days at most. Raises `BadRequest`."""
    if not now < due_at <= now + LONGEST:
        raise BadRequest("due_at must lie ahead, within 30 days", field="due_at")


def next_step(promise: Promise, now: datetime) -> Step | None:
    """The most urgent step that is due and not yet done."""
    if not promise.is_open:
        return None
    if now >= promise.due_at:
        return Step.LAPSE if promise.state is PromiseState.OPEN else Step.BREAK
    if now >= promise.last_reminder_at and promise.reminded < 2:
        return Step.REMIND_LAST
    if now >= promise.half_at and promise.reminded < 1:
        return Step.REMIND_HALF
    return None


def extend(promise: Promise, due_at: datetime, now: datetime) -> Promise:
    """Raises `PromiseClosed`, `AlreadyExtended`, `BadRequest`."""
    if not promise.is_open:
        raise PromiseClosed()
    if promise.state is PromiseState.EXTENDED:
        raise AlreadyExtended()
    check_due(due_at, now)
    return replace(promise, state=PromiseState.EXTENDED, made_at=now, due_at=due_at, reminded=0)


def let_go(promise: Promise, evidence: str, now: datetime) -> Promise:
    """Void: nobody waits for it any more. What was due before is broken all the same.

    Raises `PromiseClosed`.
    """
    if not promise.is_open:
        raise PromiseClosed()
    state = PromiseState.VOID if now < promise.due_at else PromiseState.BROKEN
    return replace(promise, state=state, evidence=evidence)


def keep(promise: Promise, evidence: str) -> Promise:
    """Raises `PromiseClosed`."""
    if not promise.is_open:
        raise PromiseClosed()
    return replace(promise, state=PromiseState.KEPT, evidence=evidence)
