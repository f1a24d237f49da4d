"""What a bank or wallet took for an order, beside what the order says was paid.

Rule: docs/sources.md#payments.
"""

from __future__ import annotations

import itertools
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime
from enum import StrEnum

from console.desk.order import Order, OrderState, PaymentSource


class ChargeState(StrEnum):
    TAKEN = "taken"
    PENDING = "pending"  # the bank has not answered
    FAILED = "failed"


class ChargeFailure(StrEnum):
    """Why a bank or wallet said no."""

    LIMIT = "limit"
    BALANCE = "balance"
    RISK = "risk"
    TIMEOUT = "timeout"


@dataclass(frozen=True, slots=True, kw_only=True)
class Charge:
    charge_no: str
    order_no: str
    source: PaymentSource
    amount_fen: int
    state: ChargeState
    at: datetime
    failure: ChargeFailure | None = None


class PaymentFinding(StrEnum):
    """What the data say about a payment that somebody complains of."""

    TWICE = "twice"  # more was taken than the order costs
    TAKEN_BUT_UNPAID = "taken_but_unpaid"
    PENDING = "pending"
    FAILED = "failed"
    NOT_TRIED = "not_tried"
    FINE = "fine"


NEEDS_CHECK = frozenset({PaymentFinding.TWICE, PaymentFinding.TAKEN_BUT_UNPAID})


@dataclass(frozen=True, slots=True)
class PaymentCheck:
    """`amount_fen`: what is to come back or to be booked; `failure`: of the last try."""

    finding: PaymentFinding
    amount_fen: int = 0
    failure: ChargeFailure | None = None


def check_payment(order: Order, charges: Iterable[Charge]) -> PaymentCheck:
    """`charges`: of this order."""
    tries = sorted(charges, key=lambda one: one.at)
    taken = sum(one.amount_fen for one in tries if one.state is ChargeState.TAKEN)
    if order.state is not OrderState.UNPAID:
        extra = taken - _paid_outside(order)
        return PaymentCheck(PaymentFinding.TWICE, extra) if extra > 0 else _fine()
    if taken > 0:
        return PaymentCheck(PaymentFinding.TAKEN_BUT_UNPAID, taken)
    if not tries:
        return PaymentCheck(PaymentFinding.NOT_TRIED)
    last = tries[-1]
    if last.state is ChargeState.PENDING:
        return PaymentCheck(PaymentFinding.PENDING, last.amount_fen)
    return PaymentCheck(PaymentFinding.FAILED, failure=last.failure)


def _fine() -> PaymentCheck:
    return PaymentCheck(PaymentFinding.FINE)


_OUTSIDE = frozenset({PaymentSource.E_WALLET, PaymentSource.CARD})


def _paid_outside(order: Order) -> int:
    """Points, balance and gift cards are the shop's own books and never charged by a bank."""
    return sum(one.amount_fen for one in order.payments if one.source in _OUTSIDE)


def same_goods_twice(orders: Iterable[Order], window_minutes: int) -> tuple[Order, Order] | None:
    """(earlier, later) of two running orders with the same goods placed within the window."""
    running = sorted(
        (one for one in orders if one.state not in _ENDED), key=lambda one: one.placed_at
    )
    for earlier, later in itertools.combinations(running, 2):
        minutes = (later.placed_at - earlier.placed_at).total_seconds() / 60
        if _goods(earlier) == _goods(later) and minutes <= window_minutes:
            return earlier, later
    return None


_ENDED = frozenset({OrderState.CANCELLED, OrderState.CANCELLING})


def _goods(order: Order) -> list[tuple[str, str, int]]:
    return sorted((line.product_id, line.variant, line.quantity) for line in order.lines)
