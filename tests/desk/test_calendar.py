"""Clocks at their boundaries: a window is over at its end, to the second."""

from __future__ import annotations

from datetime import UTC, date, datetime, timedelta

import pytest

from console.desk.calendar import (
    SHANGHAI,
    WorkingCalendar,
    from_the_next_day,
    natural_day,
    to_the_second,
)
from console.desk.callback import CALENDAR
from tests.desk.shop_samples import SECOND

SEVEN_DAYS = timedelta(days=7)


def shanghai(*parts: int) -> datetime:
    return datetime(*parts, tzinfo=SHANGHAI)  # type: ignore[misc,arg-type]


@pytest.mark.parametrize(
    "signed", [shanghai(2026, 3, 10), shanghai(2026, 3, 10, 12), shanghai(2026, 3, 10, 23, 59, 59)]
)
def test_the_return_clock_starts_at_midnight_after_signing_whatever_the_hour(
    signed: datetime,
) -> None:
    window = from_the_next_day(signed, timedelta(hours=168))

    assert window.start == shanghai(2026, 3, 11)
    assert window.end == shanghai(2026, 3, 18)
    assert window.is_open(window.end - SECOND)
    assert not window.is_open(window.end)
    assert not window.is_open(window.end + SECOND)


def test_a_signing_late_in_the_utc_evening_belongs_to_the_next_day_in_shanghai() -> None:
    signed = datetime(2026, 3, 10, 16, 0, tzinfo=UTC)

    assert natural_day(signed) == date(2026, 3, 11)
    assert from_the_next_day(signed, SEVEN_DAYS).start == shanghai(2026, 3, 12)


def test_goods_may_come_back_before_their_clock_has_started() -> None:
    signed = shanghai(2026, 3, 10, 12)

    assert from_the_next_day(signed, SEVEN_DAYS).is_open(signed)


def test_price_protection_runs_to_the_second_of_signing() -> None:
    window = to_the_second(shanghai(2026, 11, 10, 12), SEVEN_DAYS)

    assert window.end == shanghai(2026, 11, 17, 12)
    assert window.is_open(window.end - SECOND)
    assert not window.is_open(window.end)
    assert not window.is_open(window.end + SECOND)


def test_started_days_count_whole_and_a_closed_window_has_none() -> None:
    window = to_the_second(shanghai(2026, 3, 10, 12), SEVEN_DAYS)

    assert window.days_left(window.start) == 7
    assert window.days_left(window.start + SECOND) == 7
    assert window.days_left(window.end - SECOND) == 1
    assert window.days_left(window.end) == 0


def test_a_leap_day_is_a_day() -> None:
    assert from_the_next_day(shanghai(2028, 2, 28, 9), SEVEN_DAYS).end == shanghai(2028, 3, 7)


def test_holidays_and_shifted_working_days_count_as_published() -> None:
    calendar = WorkingCalendar(
        holidays=frozenset({date(2026, 10, 1), date(2026, 10, 2)}),
        working_weekends=frozenset({date(2026, 10, 10)}),
    )

    assert not calendar.is_working_day(date(2026, 10, 2))
    assert calendar.is_working_day(date(2026, 10, 5))
    assert calendar.is_working_day(date(2026, 10, 10))
    assert not calendar.is_working_day(date(2026, 10, 11))


@pytest.mark.parametrize(
    ("day", "is_free"),
    [
        (date(2027, 1, 1), True),  # a Friday
        (date(2027, 1, 4), False),
        (date(2027, 10, 1), True),
        (date(2027, 10, 4), False),  # shifted, as far as anybody knows today
        (date(2027, 10, 9), True),  # a Saturday
        (date(2026, 1, 2), True),
        (date(2026, 10, 10), False),  # a Saturday that is worked
    ],
)
def test_a_year_that_is_not_listed_has_weekends_and_the_holidays_of_every_year(
    day: date, is_free: bool
) -> None:
    assert CALENDAR.is_working_day(day) is not is_free


def test_in_a_listed_year_only_the_list_counts() -> None:
    """The negative control: listed without its New Year's Day, it is a working day."""
    yearly = frozenset({(1, 1)})

    assert WorkingCalendar(years=frozenset({2027}), yearly=yearly).is_working_day(date(2027, 1, 1))
    assert not WorkingCalendar(yearly=yearly).is_working_day(date(2027, 1, 1))


def test_a_missing_year_is_the_first_that_is_not_listed() -> None:
    calendar = WorkingCalendar(years=frozenset({2026, 2028}))

    assert calendar.missing_year(date(2026, 1, 1), date(2026, 12, 31)) is None
    assert calendar.missing_year(date(2026, 12, 31), date(2028, 1, 1)) == 2027
