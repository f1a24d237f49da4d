"""How long a fault is repaired for nothing.

From 00:00 of the day after signing, longer by the time spent in repair; an exchange starts it
afresh or leaves at least so many days (docs/sources.md#warranty).
"""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime, timedelta

from console.desk.after_sale import VOID, AfterSaleKind, AfterSaleRequest, AfterSaleState
from console.desk.calendar import Window, from_the_next_day
from console.desk.order import Order, OrderLine
from console.desk.policy import PolicyBook, Subject


@dataclass(frozen=True, slots=True, kw_only=True)
class ServiceHistory:
    """What was done to this line before. `in_repair`: the time it spent there."""

    in_repair: timedelta = timedelta(0)
    repairs_done: int = 0
    exchanged_at: datetime | None = None
    door_exchanged_at: datetime | None = None


NO_HISTORY = ServiceHistory()


def history_of(requests: Iterable[AfterSaleRequest], now: datetime) -> ServiceHistory:
    """`requests`: those of one line."""
    real = [one for one in requests if one.state not in VOID]
    repairs = [one for one in real if one.kind is AfterSaleKind.REPAIR]
    done = [one for one in real if one.state is AfterSaleState.DONE]
    spent = (_end(one, now) - one.created_at for one in repairs)
    return ServiceHistory(
        in_repair=sum(spent, timedelta(0)),
        repairs_done=sum(one.kind is AfterSaleKind.REPAIR for one in done),
        exchanged_at=_last(done, AfterSaleKind.EXCHANGE),
        door_exchanged_at=_last(done, AfterSaleKind.DOOR_EXCHANGE),
    )


def _end(repair: AfterSaleRequest, now: datetime) -> datetime:
    return now if repair.is_running else repair.updated_at


def _last(done: Iterable[AfterSaleRequest], kind: AfterSaleKind) -> datetime | None:
    times = [one.updated_at for one in done if one.kind is kind and not one.request.part]
    return max(times, default=None)


def warranty_window(
    order: Order, line: OrderLine, policies: PolicyBook, history: ServiceHistory = NO_HISTORY
) -> Window | None:
    """`None` when nobody knows the day of signing. Without a warranty the window is empty."""
    signed_at = order.signed_at(line.line_id)
    if signed_at is None:
        return None
    at, subject = order.placed_at, Subject.of_line(order, line)
    length = timedelta(days=policies.number("return.warranty_days", at, subject))
    first = from_the_next_day(signed_at, length)
    if length == timedelta(0):
        return Window(first.start, first.start)
    ends = [first.end]
    if history.exchanged_at and policies.is_on("warranty.restarts_after_exchange", at, subject):
        ends.append(from_the_next_day(history.exchanged_at, length).end)
    if history.door_exchanged_at:
        least = policies.number("warranty.least_days_after_door_exchange", at, subject)
        ends.append(from_the_next_day(history.door_exchanged_at, timedelta(days=least)).end)
    return Window(first.start, max(ends) + history.in_repair)
