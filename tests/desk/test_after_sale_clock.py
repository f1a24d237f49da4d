"""Clocks of after-sale requests, to the second: reminders, lapses, alarms, and urging."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta

import pytest

from console.desk.after_sale import AfterSaleState
from console.desk.after_sale_clock import ClockStep, clock_of, may_be_urged, next_step
from tests.desk.shop_samples import POLICIES

SINCE = datetime(2026, 3, 10, 4, 0, tzinfo=UTC)
SECOND = timedelta(seconds=1)
DAY = timedelta(days=1)
_S = AfterSaleState


def _step(state: AfterSaleState, age: timedelta, *, is_told: bool = False) -> ClockStep | None:
    clock = clock_of(state, SINCE, POLICIES)
    assert clock is not None
    return next_step(state, clock, SINCE + age, is_told=is_told)


@pytest.mark.parametrize(
    ("age", "is_told", "step"),
    [
        (5 * DAY - SECOND, False, None),
        (5 * DAY, False, ClockStep.REMIND),
        (5 * DAY, True, None),
        (7 * DAY - SECOND, True, None),
        (7 * DAY, True, ClockStep.EXPIRE),
        (7 * DAY + SECOND, False, ClockStep.EXPIRE),
    ],
)
def test_goods_are_sent_within_seven_days_with_a_reminder_after_five(
    age: timedelta, is_told: bool, step: ClockStep | None
) -> None:
    assert _step(_S.AWAITING_RETURN, age, is_told=is_told) is step


@pytest.mark.parametrize(
    ("state", "hours"),
    [(_S.SUBMITTED, 24), (_S.RECEIVED, 48), (_S.REFUNDING, 24), (_S.INSPECTED, 24)],
)
def test_our_own_delay_raises_one_alarm_and_lets_nothing_lapse(
    state: AfterSaleState, hours: int
) -> None:
    length = timedelta(hours=hours)

    assert _step(state, length - SECOND) is None
    assert _step(state, length) is ClockStep.ALARM
    assert _step(state, length + 30 * DAY, is_told=True) is None


@pytest.mark.parametrize(("band", "hours"), [("A", 24), ("B", 4), ("C", 4)])
@pytest.mark.parametrize("state", [_S.SUBMITTED, _S.DISPUTED])
def test_higher_bands_are_audited_sooner(state: AfterSaleState, band: str, hours: int) -> None:
    clock = clock_of(state, SINCE, POLICIES, band=band)

    assert clock is not None
    assert clock.due_at == SINCE + timedelta(hours=hours)


@pytest.mark.parametrize("band", ["A", "B", "C"])
def test_the_warehouse_takes_as_long_for_every_band(band: str) -> None:
    clock = clock_of(_S.RECEIVED, SINCE, POLICIES, band=band)

    assert clock is not None
    assert clock.due_at == SINCE + timedelta(hours=48)


@pytest.mark.parametrize("state", [_S.IN_RETURN, _S.DONE, _S.EXPIRED, _S.REJECTED])
def test_a_parcel_on_its_way_and_what_is_over_have_no_clock(state: AfterSaleState) -> None:
    assert clock_of(state, SINCE, POLICIES) is None


def test_urging_is_passed_on_once_in_twelve_hours() -> None:
    half_a_day = timedelta(hours=12)

    assert may_be_urged(None, POLICIES, SINCE)
    assert not may_be_urged(SINCE, POLICIES, SINCE + half_a_day - SECOND)
    assert may_be_urged(SINCE, POLICIES, SINCE + half_a_day)
    assert may_be_urged(SINCE, POLICIES, SINCE + half_a_day + SECOND)
