"""Whether a parcel still moves, told by its last scan. Rule: docs/sources.md#tracking."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime, timedelta
from enum import StrEnum

from console.desk.order import Parcel, ParcelState
from console.desk.policy import PolicyBook


class Movement(StrEnum):
    """Ordered from harmless to grave."""

    ARRIVED = "arrived"
    MOVING = "moving"
    STALLED = "stalled"  # no scan for longer than usual
    LOST = "lost"  # no scan for so long that it is taken for lost


_GRAVITY = tuple(Movement)


@dataclass(frozen=True, slots=True, kw_only=True)
class Tracking:
    """`stalls_at`: when the parcel counts as stalled if nothing is scanned before."""

    parcel: Parcel
    movement: Movement
    rule_id: str
    last_scan_at: datetime | None
    stalls_at: datetime | None


def judge_parcel(parcel: Parcel, address: str, policies: PolicyBook, now: datetime) -> Tracking:
    """`address`: the receiver's; a parcel within one city is expected to move faster."""
    scanned_at = parcel.events[-1].at if parcel.events else None
    rule = _stalled_rule(parcel, address)
    stalls_at = scanned_at and scanned_at + timedelta(hours=policies.number(rule, now))
    lost_at = scanned_at and scanned_at + timedelta(days=policies.number("tracking.lost_days", now))
    movement = Movement.MOVING
    if parcel.state is ParcelState.SIGNED:
        movement = Movement.ARRIVED
    elif lost_at is not None and now >= lost_at:
        movement, rule = Movement.LOST, "tracking.lost_days"
    elif stalls_at is not None and now >= stalls_at:
        movement = Movement.STALLED
    return Tracking(
        parcel=parcel,
        movement=movement,
        rule_id=rule,
        last_scan_at=scanned_at,
        stalls_at=stalls_at,
    )


def _stalled_rule(parcel: Parcel, address: str) -> str:
    is_same_city = bool(parcel.origin_city) and parcel.origin_city in address
    return "tracking.stalled_same_city_hours" if is_same_city else "tracking.stalled_hours"


def gravest(found: Iterable[Tracking]) -> Tracking | None:
    """The parcel that is in the worst way; `None` without any."""
    return max(found, key=lambda one: _GRAVITY.index(one.movement), default=None)
