""" "I do not want it any more" by the state of the order: six states, six ways.

Source: docs/sources.md#cancellation.
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime, timedelta
from enum import StrEnum
from typing import assert_never

from console.desk.order import OrderState
from console.desk.policy import PolicyBook


class CancelWay(StrEnum):
    CANCEL = "cancel"  # unpaid: at once, nothing to refund
    CANCEL_AND_REFUND = "cancel_and_refund"  # paid, untouched: at once
    ASK_WAREHOUSE = "ask_warehouse"  # picked: answer within 30 minutes
    INTERCEPT = "intercept"  # on its way: tried, not promised; refusing at the door is plan B
    RETURN = "return"  # signed for: a return instead
    ALREADY = "already"  # cancelled, or being cancelled


@dataclass(frozen=True, slots=True)
class CancellationDecision:
    """`is_final`: the order is cancelled once this is carried out."""

    way: CancelWay
    rule_id: str
    reason: str
    is_final: bool = False


def decide_cancellation(state: OrderState) -> CancellationDecision:
    way = _way(state)
    return CancellationDecision(
        way=way,
        rule_id=f"cancellation.{state}",
        reason=f"cancel_{way}",
        is_final=way in (CancelWay.CANCEL, CancelWay.CANCEL_AND_REFUND),
    )


def _way(state: OrderState) -> CancelWay:
    match state:
        case OrderState.UNPAID:
            return CancelWay.CANCEL
        case OrderState.PAID:
            return CancelWay.CANCEL_AND_REFUND
        case OrderState.PICKED:
            return CancelWay.ASK_WAREHOUSE
        case OrderState.IN_TRANSIT | OrderState.DELIVERING:
            return CancelWay.INTERCEPT
        case OrderState.SIGNED:
            return CancelWay.RETURN
        case OrderState.CANCELLING | OrderState.CANCELLED:
            return CancelWay.ALREADY
    assert_never(state)


def answer_due(
    way: CancelWay, asked_at: datetime, policies: PolicyBook, now: datetime
) -> datetime | None:
    """Until when whoever was asked to stop the order answers; `None` when nobody is asked."""
    match way:
        case CancelWay.ASK_WAREHOUSE:
            minutes = policies.number("cancellation.warehouse_minutes", now)
            return asked_at + timedelta(minutes=minutes)
        case CancelWay.INTERCEPT:
            return asked_at + timedelta(hours=policies.number("cancellation.carrier_hours", now))
        case _:
            return None
