"""The customer's problem. It outlives conversations and channels and carries what is known.

Facts, questions, attempts and promises hang on the case, so a new conversation about the same
matter starts where the last one stopped.
"""

from __future__ import annotations

from dataclasses import dataclass, field
from datetime import datetime, timedelta
from enum import StrEnum
from typing import Any

from console.desk.words import Words

CONTINUES_WITHIN = timedelta(hours=48)  # contracts, section 5


class CaseState(StrEnum):
    """Where the problem stands."""

    OPEN = "open"
    WAITING = "waiting"  # for the customer, the shop or a carrier
    RESOLVED = "resolved"


class Source(StrEnum):
    """Where a fact comes from, strongest first."""

    DATA = "data"  # the shop's own records
    CUSTOMER = "customer"
    AGENT = "agent"
    BOT = "bot"  # inferred from the text

    @property
    def is_settled(self) -> bool:
        """A fact of this source is never asked again."""
        return self is not Source.BOT


@dataclass(frozen=True, slots=True)
class Case:
    """`matter`: the order line or work order that it is about, once known."""

    id: str
    customer_id: str
    state: CaseState = CaseState.OPEN
    stage: str = "meta"
    matter: str | None = None
    owner_id: str | None = None
    last_at: datetime | None = None
    reask_count: int = 0


@dataclass(frozen=True, slots=True)
class Fact:
    """One thing that is known. `name` is a slot of the dialogue."""

    name: str
    value: Any
    source: Source
    at: datetime
    confidence: float = 1.0
    expires_at: datetime | None = None

    def is_known(self, now: datetime) -> bool:
        fresh = self.expires_at is None or now < self.expires_at
        return fresh and self.value is not None and self.source.is_settled


@dataclass(frozen=True, slots=True)
class Question:
    """A request for a slot. `is_reask`: the answer was known when it was asked.

    `conversation_id`, `seq`: the agent's message that asked; empty for the bot.
    """

    slot: str
    asked_by: str
    text: str
    at: datetime
    is_reask: bool
    conversation_id: str | None = None
    seq: int | None = None


@dataclass(frozen=True, slots=True)
class Attempt:
    """A step that was tried for the customer, and what came of it."""

    what: Words
    result: Words
    at: datetime


@dataclass(frozen=True, slots=True)
class ContextCard:
    """What the desk knows about a case."""

    facts: dict[str, Fact] = field(default_factory=dict)
    asked: list[Question] = field(default_factory=list)
    tried: list[Attempt] = field(default_factory=list)


def continues(case: Case, now: datetime) -> bool:
    """An unresolved case is continued within 48 hours of its last sign of life."""
    recent = case.last_at is not None and now - case.last_at <= CONTINUES_WITHIN
    return case.state is not CaseState.RESOLVED and recent


def replaces(new: Fact, old: Fact | None) -> bool:
    """A guess never overwrites a settled fact; otherwise the newer one counts."""
    if old is None or old.source is Source.BOT:
        return True
    return new.source.is_settled


def is_reask(slot: str, facts: dict[str, Fact], now: datetime) -> bool:
    """True when the answer is known and not expired (contracts, section 5).

    `now`: when it was asked; what was learned later, perhaps from the answer, does not count.
    """
    fact = facts.get(slot)
    return fact is not None and fact.at <= now and fact.is_known(now)
