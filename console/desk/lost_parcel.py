"""A parcel that is signed for and was not received: until when it is checked, and how fast.

Rule: docs/sources.md#signed-not-received.
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime, timedelta
from enum import StrEnum

from console.desk.calendar import to_the_second
from console.desk.order import Parcel, ParcelState
from console.desk.policy import PolicyBook


class LostOutcome(StrEnum):
    CHECK = "check"  # the carrier has to prove the delivery
    TOO_LATE = "too_late"  # a person looks at it
    NOT_SIGNED = "not_signed"  # nothing to check: it is still on its way


@dataclass(frozen=True, slots=True)
class LostDecision:
    """`answer_within`: result of the check; `settle_within`: refund or a new parcel.

    `report_days`: after signing.
    """

    outcome: LostOutcome
    rule_id: str
    answer_within: timedelta
    settle_within: timedelta
    report_days: int


def decide_lost(parcel: Parcel, policies: PolicyBook, now: datetime) -> LostDecision:
    """Signed for, and nobody knows when: checked, in the customer's favour."""
    days = policies.number("lost.report_days", now)
    outcome = LostOutcome.CHECK
    if parcel.state is not ParcelState.SIGNED:
        outcome = LostOutcome.NOT_SIGNED
    elif parcel.signed_at is not None and not _is_open(parcel.signed_at, days, now):
        outcome = LostOutcome.TOO_LATE
    return LostDecision(
        outcome=outcome,
        rule_id="lost.report_days",
        answer_within=timedelta(hours=policies.number("lost.answer_hours", now)),
        settle_within=timedelta(hours=policies.number("lost.settle_hours", now)),
        report_days=days,
    )


def _is_open(signed_at: datetime, days: int, now: datetime) -> bool:
    return to_the_second(signed_at, timedelta(days=days)).is_open(now)
