"""Pickup windows: which ones are offered, how they are called, and which one a sentence means."""

from __future__ import annotations

import re
from dataclasses import dataclass
from datetime import UTC, date, datetime, timedelta

from console.desk.calendar import SHANGHAI

NOTICE = timedelta(hours=2)  # a courier needs that long (spec, slot_form)
FURTHEST = timedelta(days=7)
OFFERED = 5
_HOURS = ((9, 12), (13, 18), (18, 21))
_PARTS = (
    re.compile(r"上午|早上|早晨|一早|中午前|morning", re.IGNORECASE),
    re.compile(r"下午|午后|中午|afternoon|noon", re.IGNORECASE),
    re.compile(r"晚上|傍晚|下班后|晚点|今晚|明晚|evening|tonight|after work", re.IGNORECASE),
)
_SOON = re.compile(
    r"最早|越快越好|尽快|随时|都可以|都行|现在|asap|any ?time|earliest|as soon as", re.IGNORECASE
)
_DAYS_ZH = "一二三四五六日"


@dataclass(frozen=True, slots=True)
class PickupWindow:
    start: datetime
    end: datetime

    @property
    def value(self) -> str:
        return self.start.astimezone(UTC).isoformat()

    def label(self, lang: str) -> str:
        start, end = self.start.astimezone(SHANGHAI), self.end.astimezone(SHANGHAI)
        hours = f"{start:%H:%M}-{end:%H:%M}"
        if lang == "en":
            return f"{start:%a %d %b}, {hours}"
        return f"{start.month}月{start.day}日（周{_DAYS_ZH[start.weekday()]}）{hours}"


def windows(now: datetime) -> list[PickupWindow]:
    """All windows that can still be booked, soonest first."""
    today = now.astimezone(SHANGHAI).date()
    days = [today + timedelta(days=ahead) for ahead in range(FURTHEST.days + 1)]
    every = [_window(day, hours) for day in days for hours in _HOURS]
    return [one for one in every if now + NOTICE <= one.start <= now + FURTHEST]


def window_of(value: str, now: datetime) -> PickupWindow | None:
    """The bookable window that a stored value names."""
    return next((one for one in windows(now) if one.value == value), None)


def read_window(text: str, day: str | None, time: str | None, now: datetime) -> PickupWindow | None:
    """`day`, `time`: ISO values that the extractor found. The soonest window that fits."""
    part = _part_of(text, time)
    if day is None and part is None:
        return windows(now)[0] if _SOON.search(text) else None
    fitting = [
        one
        for one in windows(now)
        if (day is None or one.start.astimezone(SHANGHAI).date().isoformat() == day)
        and (part is None or one.start.astimezone(SHANGHAI).hour == _HOURS[part][0])
    ]
    return fitting[0] if fitting else None


def _part_of(text: str, time: str | None) -> int | None:
    if time is not None:
        hour = int(time.split(":")[0])
        return next((at for at, (_, end) in enumerate(_HOURS) if hour < end), len(_HOURS) - 1)
    return next((at for at, pattern in enumerate(_PARTS) if pattern.search(text)), None)


def _window(day: date, hours: tuple[int, int]) -> PickupWindow:
    start, end = (datetime(day.year, day.month, day.day, hour, tzinfo=SHANGHAI) for hour in hours)
    return PickupWindow(start, end)
