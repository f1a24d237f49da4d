"""Until when a parcel that is signed for can be reported as not received."""

from __future__ import annotations

from datetime import timedelta

import pytest

from console.desk.lost_parcel import LostOutcome, decide_lost
from console.desk.order import Parcel, ParcelState
from console.desk.policy import PolicyBook
from console.desk.policy_defaults import DEFAULT_POLICIES
from tests.given import NOW

POLICIES = PolicyBook(DEFAULT_POLICIES)
SECOND = timedelta(seconds=1)
DAYS = timedelta(days=15)


def _parcel(state: ParcelState = ParcelState.SIGNED, *, is_dated: bool = True) -> Parcel:
    return Parcel(
        waybill_no="JF1",
        carrier="疾风速运",
        carrier_en="Swiftwind Express",
        state=state,
        line_ids=("1-1",),
        signed_at=NOW if is_dated else None,
    )


@pytest.mark.parametrize(
    ("since", "outcome"),
    [
        (timedelta(0), LostOutcome.CHECK),
        (DAYS - SECOND, LostOutcome.CHECK),
        (DAYS, LostOutcome.TOO_LATE),
        (DAYS + SECOND, LostOutcome.TOO_LATE),
    ],
)
def test_fifteen_days_from_signing_to_the_second(since: timedelta, outcome: LostOutcome) -> None:
    decision = decide_lost(_parcel(), POLICIES, NOW + since)

    assert decision.outcome is outcome
    assert (decision.answer_within, decision.settle_within) == (
        timedelta(hours=24),
        timedelta(hours=48),
    )


def test_what_is_not_signed_for_cannot_be_missing_yet() -> None:
    on_its_way = _parcel(ParcelState.IN_TRANSIT, is_dated=False)

    assert decide_lost(on_its_way, POLICIES, NOW).outcome is LostOutcome.NOT_SIGNED


def test_a_signature_without_a_date_is_checked() -> None:
    undated = _parcel(is_dated=False)

    assert decide_lost(undated, POLICIES, NOW + 2 * DAYS).outcome is LostOutcome.CHECK
