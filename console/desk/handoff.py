"""Who gets a waiting customer, and in which order. What the agent reads first: desk/brief.py.

Rules: contracts, section 5 (returning customer, priority).
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta
from enum import StrEnum

from console.desk.agent import Presence, Seat

STRETCH = 2  # conversations above the limit that a last agent may take within the hour
BAND_POINTS = {"A": 0, "B": 1, "C": 3}
OWNER_OFFLINE_POINTS = 2
OVERDUE_POINTS = 2


class HandoffReason(StrEnum):
    """Why a person is wanted."""

    WISH = "wish"
    ANGER = "anger"
    COMPLAINT = "complaint"
    MISUNDERSTOOD = "misunderstood"  # two misses in a row
    POLICY = "policy"  # a policy result that needs a person
    FORM_FAILED = "form_failed"  # three invalid answers
    ENGINE_DOWN = "engine_down"
    PREVIOUS_AGENT = "previous_agent"
    BROKEN_PROMISE = "broken_promise"
    PRESALE = "presale"  # a price that only a person may give
    WHOLESALE = "wholesale"
    EXPERT = "expert"  # a question for somebody who knows the goods


QUEUE_OF_REASON = {
    HandoffReason.COMPLAINT: "complaint",
    HandoffReason.ANGER: "complaint",
    HandoffReason.PRESALE: "presale",
    HandoffReason.WHOLESALE: "wholesale",
    HandoffReason.EXPERT: "expert",
}
QUEUE_RANK = {"complaint": 1}  # all others: 0


@dataclass(frozen=True, slots=True)
class QueueEntry:
    """A conversation that waits for a person.

    `emotion`: 0 none to 3 furious. `preferred_agent_id`: owner or last agent.
    `declined`: agents who said no or let the offer lapse.
    """

    conversation_id: str
    queue: str
    queued_at: datetime
    band: str = "A"
    emotion: int = 0
    has_overdue_promise: bool = False
    extra_points: int = 0
    last_agent_id: str | None = None
    last_agent_at: datetime | None = None
    owner_id: str | None = None
    declined: tuple[str, ...] = ()


def priority(entry: QueueEntry, now: datetime) -> float:
    """Band, emotion, a third of the waiting minutes, overdue promise. Waiting has no bound."""
    minutes = (now - entry.queued_at) / timedelta(minutes=1)
    overdue = OVERDUE_POINTS if entry.has_overdue_promise else 0
    return BAND_POINTS[entry.band] + entry.emotion + minutes / 3 + overdue + entry.extra_points


def in_order(entries: Iterable[QueueEntry], now: datetime) -> list[QueueEntry]:
    """Most urgent first; of equals, who has waited longest."""
    return sorted(entries, key=lambda entry: (-priority(entry, now), entry.queued_at))


def raised_queue(present: str, reason: HandoffReason) -> str:
    """Where a conversation waits after a further reason: never in a queue that ranks lower."""
    wanted = QUEUE_OF_REASON.get(reason, present)
    return max(present, wanted, key=lambda queue: QUEUE_RANK.get(queue, 0))


def choose_seat(entry: QueueEntry, seats: Sequence[Seat], now: datetime) -> tuple[Seat, str] | None:
    """The seat to offer to and the routing reason; None when everybody is away or full."""
    able = [seat for seat in seats if seat.agent.id not in entry.declined]
    for candidate, reason in ((entry.owner_id, "owner"), (entry.last_agent_id, "last_agent")):
        seat = _seat_of(candidate, able)
        if seat is not None and _may_return_to(seat, entry, reason, now):
            return seat, reason
    free = [seat for seat in able if seat.is_free and entry.queue in seat.agent.queues]
    if free:
        return min(free, key=_least_loaded), "least_loaded"
    return _overflow(entry.queue, able)


def _overflow(queue: str, able: Sequence[Seat]) -> tuple[Seat, str] | None:
    """Nobody of the queue is at work: anybody who is free is better than waiting for nobody."""
    is_staffed = any(
        seat.presence is not Presence.OFFLINE and queue in seat.agent.queues for seat in able
    )
    free = [seat for seat in able if seat.is_free]
    if is_staffed or not free:
        return None
    return min(free, key=_least_loaded), "overflow"


def _seat_of(agent_id: str | None, seats: Sequence[Seat]) -> Seat | None:
    return next((seat for seat in seats if seat.agent.id == agent_id), None)


def _may_return_to(seat: Seat, entry: QueueEntry, reason: str, now: datetime) -> bool:
    """The nine cases of the returning customer (contracts, section 5)."""
    if seat.presence in {Presence.OFFLINE, Presence.BREAK}:
        return False
    if reason == "owner":
        return True
    if entry.last_agent_at is None:
        return False
    away = now - entry.last_agent_at
    if away <= timedelta(hours=24):
        return seat.open_count < seat.agent.limit + STRETCH
    if away <= timedelta(hours=72):
        return seat.is_free
    return False


def _least_loaded(seat: Seat) -> tuple[float, float, str]:
    idle = -seat.idle_since.timestamp() if seat.idle_since else 0.0
    return seat.load, -idle, seat.agent.id


def estimated_wait(position: int, active_agents: int, handle_time: timedelta) -> timedelta:
    """(people ahead + 1) x mean handling / active agents."""
    return handle_time * position / max(1, active_agents)
