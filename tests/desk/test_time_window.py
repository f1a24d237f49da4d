"""Windows that can be booked: two hours of notice, a week at most, and words that mean one."""

from __future__ import annotations

from datetime import date, datetime, timedelta

import pytest

from console.desk.calendar import SHANGHAI, WorkingCalendar
from console.desk.time_window import (
    COURIER,
    Problem,
    Visits,
    problem_with,
    read_window,
    window_of,
    windows,
)

SECOND = timedelta(seconds=1)
MONDAY_NOON = datetime(2026, 11, 2, 12, 0, tzinfo=SHANGHAI)


def _at(day: int, hour: int, minute: int = 0) -> datetime:
    return datetime(2026, 11, day, hour, minute, tzinfo=SHANGHAI)


@pytest.mark.parametrize(
    ("now", "first"),
    [
        (_at(2, 11) - SECOND, _at(2, 13)),
        (_at(2, 11), _at(2, 13)),
        (_at(2, 11) + SECOND, _at(2, 18)),
        (_at(2, 16), _at(2, 18)),
        (_at(2, 16) + SECOND, _at(3, 9)),
    ],
)
def test_a_window_needs_two_hours_of_notice(now: datetime, first: datetime) -> None:
    assert windows(now)[0].start == first


@pytest.mark.parametrize(
    ("now", "last"),
    [
        (_at(2, 9) - SECOND, _at(8, 18)),
        (_at(2, 9), _at(9, 9)),
        (_at(2, 9) + SECOND, _at(9, 9)),
    ],
)
def test_nothing_is_booked_more_than_seven_days_ahead(now: datetime, last: datetime) -> None:
    assert windows(now)[-1].start == last


def test_only_working_days_are_offered_where_the_calendar_says_so() -> None:
    """3 November is made a holiday, the Saturday after it a working day."""
    calendar = WorkingCalendar(frozenset({date(2026, 11, 3)}), frozenset({date(2026, 11, 7)}))
    visits = Visits(hours=((9, 12),), working_days=calendar)

    days = [one.start.day for one in windows(MONDAY_NOON, visits)]

    assert days == [4, 5, 6, 7, 9]


@pytest.mark.parametrize(
    ("text", "day", "time", "slot", "start"),
    [
        ("明天下午", "2026-11-03", None, None, _at(3, 13)),
        ("明天下午", "2026-11-03", None, "12:00/18:00", _at(3, 13)),
        ("周三一早", "2026-11-04", None, None, _at(4, 9)),
        ("今晚", "2026-11-02", None, None, _at(2, 18)),
        ("晚上七点以后", None, None, "19:00/21:00", _at(2, 18)),
        ("下午三点", None, "15:00", None, _at(3, 13)),
        ("上午", None, None, None, _at(3, 9)),
        ("越快越好", None, None, None, _at(2, 18)),
        ("tomorrow evening", "2026-11-03", None, "18:00/21:00", _at(3, 18)),
    ],
)
def test_words_mean_the_soonest_window_that_fits(
    text: str, day: str | None, time: str | None, slot: str | None, start: datetime
) -> None:
    """At 12:30 on Monday the afternoon of that day is too near."""
    now = MONDAY_NOON + timedelta(minutes=30)

    window = read_window(text, day, time, now, slot=slot)

    assert window is not None
    assert window.start == start
    assert problem_with(text, day, time, now, slot=slot) is None


@pytest.mark.parametrize(
    ("text", "day", "time", "problem"),
    [
        ("今天上午", "2026-11-02", None, Problem.TOO_SOON),
        ("昨天", "2026-11-01", None, Problem.TOO_SOON),
        ("下个月", "2026-12-01", None, Problem.TOO_FAR),
        ("晚上十点", None, "22:00", Problem.CLOSED),
        ("你好", None, None, None),
    ],
)
def test_a_time_that_cannot_be_had_is_told_apart_from_no_time(
    text: str, day: str | None, time: str | None, problem: Problem | None
) -> None:
    assert read_window(text, day, time, MONDAY_NOON) is None
    assert problem_with(text, day, time, MONDAY_NOON) is problem


def test_a_day_that_is_closed_is_not_called_too_soon() -> None:
    visits = Visits(hours=((9, 12),), working_days=WorkingCalendar())

    found = problem_with("周六", "2026-11-07", None, MONDAY_NOON, visits=visits)

    assert found is Problem.CLOSED


def test_a_window_is_found_again_by_its_value_until_it_is_too_near() -> None:
    window = windows(MONDAY_NOON)[0]

    assert window_of(window.value, window.start - COURIER.notice) == window
    assert window_of(window.value, window.start - COURIER.notice + SECOND) is None


def test_a_window_is_called_by_its_local_day_and_hours() -> None:
    window = windows(MONDAY_NOON)[0]

    assert window.label("zh") == "11月2日（周一）18:00-21:00"
    assert window.label("en") == "Mon 02 Nov, 18:00-21:00"
