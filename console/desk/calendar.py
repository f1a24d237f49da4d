"""Clocks of the rules: natural days in Asia/Shanghai, working days, and windows with an end.

Every window is half-open: at its end, to the second, it is over. Which window a rule uses is
policy data (`policy.py`); three alignments exist, docs/sources.md#clocks.
"""

from __future__ import annotations

from dataclasses import dataclass, field
from datetime import UTC, date, datetime, timedelta, timezone

# A fixed offset: China has kept UTC+8 without summer time since 1991, and a machine without a
# time zone database must count the same.
SHANGHAI = timezone(timedelta(hours=8), "Asia/Shanghai")
ONE_DAY = timedelta(days=1)


def natural_day(moment: datetime) -> date:
    """The day on a wall calendar in Shanghai."""
    return moment.astimezone(SHANGHAI).date()


def start_of_day(day: date) -> datetime:
    """00:00 in Shanghai, as UTC."""
    return datetime(day.year, day.month, day.day, tzinfo=SHANGHAI).astimezone(UTC)


def start_of_next_day(moment: datetime) -> datetime:
    """00:00 of the day after `moment` in Shanghai, as UTC."""
    return start_of_day(natural_day(moment) + ONE_DAY)


@dataclass(frozen=True, slots=True)
class Window:
    """From `start` to just before `end`."""

    start: datetime
    end: datetime

    def is_open(self, now: datetime) -> bool:
        """A window that has not started yet counts as open: signing day belongs to the buyer."""
        return now < self.end

    def days_left(self, now: datetime) -> int:
        """Started days count whole; 0 when the window is over."""
        left = self.end - now
        return 0 if left <= timedelta(0) else -(-left // ONE_DAY)


def to_the_second(start: datetime, length: timedelta) -> Window:
    """Price protection: from the second of signing."""
    return Window(start, start + length)


def from_the_next_day(signed_at: datetime, length: timedelta) -> Window:
    """Returns: from 00:00 of the day after signing, 7 days are 168 hours (contracts 11)."""
    start = start_of_next_day(signed_at)
    return Window(start, start + length)


@dataclass(frozen=True, slots=True)
class WorkingCalendar:
    """Public holidays and shifted working days (调休) are data, published once a year.

    `years`: those that are listed in full. In any other year weekends and `yearly`, the holidays
    that keep their (month, day), are free, and no weekend is worked.
    """

    holidays: frozenset[date] = field(default_factory=frozenset)
    working_weekends: frozenset[date] = field(default_factory=frozenset)
    years: frozenset[int] = field(default_factory=frozenset)
    yearly: frozenset[tuple[int, int]] = field(default_factory=frozenset)

    def is_working_day(self, day: date) -> bool:
        if day in self.working_weekends:
            return True
        is_holiday = day in self.holidays or self._is_yearly(day)
        return day.weekday() < 5 and not is_holiday

    def _is_yearly(self, day: date) -> bool:
        return day.year not in self.years and (day.month, day.day) in self.yearly

    def missing_year(self, first: date, last: date) -> int | None:
        """The first year from `first` to `last` that is not listed."""
        years = range(first.year, last.year + 1)
        return next((year for year in years if year not in self.years), None)
