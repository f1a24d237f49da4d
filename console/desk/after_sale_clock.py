"""How long an after-sale request may stay in each state, and what happens when it does.

Who is waited for decides: a customer is reminded and then the request lapses, a colleague is
alarmed and nothing lapses. Lengths are policy rows; source: docs/sources.md#after-sale-clocks.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta
from enum import StrEnum

from console.desk.after_sale import AfterSaleRequest, AfterSaleState
from console.desk.policy import PolicyBook

_S = AfterSaleState
_HOURS = {
    _S.SUBMITTED: "after_sale.audit_hours",
    _S.DISPUTED: "after_sale.audit_hours",
    _S.NEED_INFO: "after_sale.send_back_hours",
    _S.AWAITING_RETURN: "after_sale.send_back_hours",
    _S.RECEIVED: "after_sale.inspection_hours",
    _S.INSPECTED: "after_sale.refund_hours",
    _S.INSPECTION_FAILED: "after_sale.refund_hours",
    _S.REFUNDING: "after_sale.refund_hours",
}
TIMED = frozenset(_HOURS)
CUSTOMERS = frozenset({_S.NEED_INFO, _S.AWAITING_RETURN})


class ClockStep(StrEnum):
    """What is due now."""

    REMIND = "remind"  # the customer, before it lapses
    EXPIRE = "expire"
    ALARM = "alarm"  # the colleagues


@dataclass(frozen=True, slots=True)
class AfterSaleClock:
    """`remind_at`: only where the customer is waited for."""

    due_at: datetime
    remind_at: datetime | None


def clock_of(
    state: AfterSaleState, since: datetime, policies: PolicyBook, *, band: str = "A"
) -> AfterSaleClock | None:
    """By the rules of `since`, when the state was entered. `None`: nothing runs.

    `band`: the customer's; a merchant may give each band clocks of its own.
    """
    if state not in _HOURS:
        return None
    due_at = since + timedelta(hours=policies.number_of_band(_HOURS[state], band, since))
    if state not in CUSTOMERS:
        return AfterSaleClock(due_at, None)
    ahead = timedelta(hours=policies.number("after_sale.reminder_hours", since))
    return AfterSaleClock(due_at, due_at - ahead)


def entered_at(
    request: AfterSaleRequest, history: Sequence[tuple[AfterSaleState, datetime]]
) -> datetime:
    """When the present state was entered last. `history`: the states in their order."""
    times = [at for state, at in history if state is request.state]
    return times[-1] if times else request.updated_at


def next_step(
    state: AfterSaleState, clock: AfterSaleClock, now: datetime, *, is_told: bool
) -> ClockStep | None:
    """`is_told`: the reminder or alarm of this stay went out already."""
    if now >= clock.due_at:
        if state in CUSTOMERS:
            return ClockStep.EXPIRE
        return None if is_told else ClockStep.ALARM
    if clock.remind_at is not None and now >= clock.remind_at and not is_told:
        return ClockStep.REMIND
    return None


def may_be_urged(last_at: datetime | None, policies: PolicyBook, now: datetime) -> bool:
    """At most one push upstream in twelve hours, counted from the last one."""
    if last_at is None:
        return True
    return now >= last_at + timedelta(hours=policies.number("after_sale.urge_hours", now))
