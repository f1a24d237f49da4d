"""When somebody can be called back: on working days, in windows of two or three hours.

Source: docs/sources.md#callbacks.
"""

from __future__ import annotations

from datetime import date, datetime, timedelta

from console.desk.calendar import WorkingCalendar
from console.desk.policy import PolicyBook
from console.desk.time_window import Visits

HOURS = ((9, 12), (12, 14), (14, 16), (16, 18), (18, 21))


def _days(month: int, first: int, last: int) -> set[date]:
    return {date(2026, month, day) for day in range(first, last + 1)}


# Typed in by hand; a year is added when it is published, and `doctor` says when one is missing.
CALENDAR = WorkingCalendar(
    holidays=frozenset(
        _days(1, 1, 3)
        | _days(2, 15, 23)
        | _days(4, 4, 6)
        | _days(5, 1, 5)
        | _days(6, 19, 21)
        | _days(9, 25, 27)
        | _days(10, 1, 7)
    ),
    working_weekends=frozenset(
        {
            date(2026, 1, 4),
            date(2026, 2, 14),
            date(2026, 2, 28),
            date(2026, 5, 9),
            date(2026, 9, 20),
            date(2026, 10, 10),
        }
    ),
    years=frozenset({2026}),
    yearly=frozenset({(1, 1), (5, 1), (5, 2), (10, 1), (10, 2), (10, 3)}),
)


def callback_visits(policies: PolicyBook, now: datetime) -> Visits:
    return Visits(
        hours=HOURS,
        notice=timedelta(minutes=policies.number("callback.notice_minutes", now)),
        furthest=timedelta(days=policies.number("callback.furthest_days", now)),
        working_days=CALENDAR,
    )
