"""Windows of time in which somebody comes or calls: which can be booked, and which a wish means.

Everything is counted from `now`; a window is named by its start. What the windows are for (a
pickup, a delivery, a call) is not known here.
"""

from __future__ import annotations

import re
from dataclasses import dataclass
from datetime import UTC, date, datetime, timedelta
from enum import StrEnum

from console.desk.calendar import SHANGHAI, WorkingCalendar

OFFERED = 5
_DAYS_ZH = "一二三四五六日"
_NOON = 12
# Spoken parts of the day with the hours in which a window that is meant begins.
_PARTS = (
    (re.compile(r"上午|早上|早晨|一早|中午前|明早|morning", re.IGNORECASE), (0, _NOON)),
    (re.compile(r"中午|午间|\bnoon", re.IGNORECASE), (11, 14)),
    (re.compile(r"下午|午后|afternoon", re.IGNORECASE), (_NOON + 1, 18)),
    (
        re.compile(r"晚上|傍晚|下班后|晚点|今晚|明晚|evening|tonight|after work", re.IGNORECASE),
        (17, 24),
    ),
)
_AFTERNOON = "12:00/18:00"  # as the extractor writes the word; it names no hour
_SOON = re.compile(
    r"最早|越快越好|尽快|随时|都可以|都行|现在|asap|any ?time|earliest|as soon as", re.IGNORECASE
)


@dataclass(frozen=True, slots=True)
class TimeWindow:
    start: datetime
    end: datetime

    @property
    def value(self) -> str:
        """How the dialogue and the database name it."""
        return self.start.astimezone(UTC).isoformat()

    def label(self, lang: str) -> str:
        start, end = self.start.astimezone(SHANGHAI), self.end.astimezone(SHANGHAI)
        hours = f"{start:%H:%M}-{end:%H:%M}"
        if lang == "en":
            return f"{start:%a %d %b}, {hours}"
        return f"{start.month}月{start.day}日（周{_DAYS_ZH[start.weekday()]}）{hours}"


@dataclass(frozen=True, slots=True, kw_only=True)
class Visits:
    """When a kind of visit is possible. `hours`: of the local day, in order, without overlap.

    `working_days`: none means every day.
    """

    hours: tuple[tuple[int, int], ...]
    notice: timedelta = timedelta(hours=2)  # a courier needs that long (spec, slot_form)
    furthest: timedelta = timedelta(days=7)
    working_days: WorkingCalendar | None = None

    def is_open_on(self, day: date) -> bool:
        return self.working_days is None or self.working_days.is_working_day(day)


COURIER = Visits(hours=((9, 12), (13, 18), (18, 21)))


def windows(now: datetime, visits: Visits = COURIER) -> list[TimeWindow]:
    """All windows that can still be booked, soonest first."""
    today = now.astimezone(SHANGHAI).date()
    days = [today + timedelta(days=ahead) for ahead in range(visits.furthest.days + 1)]
    every = [
        _window(day, hours) for day in days if visits.is_open_on(day) for hours in visits.hours
    ]
    return [one for one in every if now + visits.notice <= one.start <= now + visits.furthest]


def window_of(value: str, now: datetime, visits: Visits = COURIER) -> TimeWindow | None:
    """The bookable window that a stored value names."""
    return next((one for one in windows(now, visits) if one.value == value), None)


def read_window(
    text: str,
    day: str | None,
    time: str | None,
    now: datetime,
    *,
    slot: str | None = None,
    visits: Visits = COURIER,
) -> TimeWindow | None:
    """The soonest window that fits what the extractor found.

    `day`: "2026-11-20"; `time`: "19:30"; `slot`: "09:00/12:00".
    """
    wish = _wish(text, day, time, slot)
    if wish.is_empty:
        return windows(now, visits)[0] if _SOON.search(text) else None
    return next((one for one in windows(now, visits) if wish.fits(one, visits)), None)


class Problem(StrEnum):
    """Why a wish for a time cannot be met."""

    TOO_SOON = "too_soon"  # passed already, or without notice
    TOO_FAR = "too_far"
    CLOSED = "closed"  # nobody comes on that day or at that hour


def problem_with(
    text: str,
    day: str | None,
    time: str | None,
    now: datetime,
    *,
    slot: str | None = None,
    visits: Visits = COURIER,
) -> Problem | None:
    """What stands against a time that was named; `None` when none was, or when it can be had."""
    wish = _wish(text, day, time, slot)
    if wish.is_empty or read_window(text, day, time, now, slot=slot, visits=visits):
        return None
    last = (now + visits.furthest).astimezone(SHANGHAI).date()
    if wish.day is not None and wish.day > last:
        return Problem.TOO_FAR
    is_open = wish.day is None or visits.is_open_on(wish.day)
    return Problem.TOO_SOON if is_open and wish.is_on_offer(visits) else Problem.CLOSED


@dataclass(frozen=True, slots=True)
class _Wish:
    """`hour`: the very hour; `part`: the hours in which the window should begin."""

    day: date | None
    hour: int | None
    part: tuple[int, int] | None

    @property
    def is_empty(self) -> bool:
        return self.day is None and self.hour is None and self.part is None

    def fits(self, window: TimeWindow, visits: Visits) -> bool:
        start = window.start.astimezone(SHANGHAI)
        is_day = self.day is None or start.date() == self.day
        return is_day and (start.hour in self._starts(visits))

    def is_on_offer(self, visits: Visits) -> bool:
        return bool(self._starts(visits))

    def _starts(self, visits: Visits) -> tuple[int, ...]:
        """The hours at which the windows that are meant begin, on any day."""
        if self.hour is not None:
            later = [start for start, end in visits.hours if self.hour < end]
            return tuple(later[:1])
        earliest, latest = self.part or (0, 24)
        return tuple(start for start, _ in visits.hours if earliest <= start < latest)


def _wish(text: str, day: str | None, time: str | None, slot: str | None) -> _Wish:
    hour = time or (slot.split("/")[0] if slot and slot != _AFTERNOON else None)
    part = next((hours for pattern, hours in _PARTS if pattern.search(text)), None)
    return _Wish(
        day=date.fromisoformat(day) if day else None,
        hour=int(hour.split(":")[0]) if hour else None,
        part=part,
    )


def _window(day: date, hours: tuple[int, int]) -> TimeWindow:
    start, end = (datetime(day.year, day.month, day.day, hour, tzinfo=SHANGHAI) for hour in hours)
    return TimeWindow(start, end)
