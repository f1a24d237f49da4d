"""What banks took, against what the order says; and the same goods ordered twice."""

from __future__ import annotations

from dataclasses import replace
from datetime import timedelta

import pytest

from console.desk.charge import (
    Charge,
    ChargeFailure,
    ChargeState,
    PaymentCheck,
    PaymentFinding,
    check_payment,
    same_goods_twice,
)
from console.desk.order import OrderState, Payment, PaymentSource
from tests.desk.shop_samples import a_line, an_order
from tests.given import NOW

PAID = an_order(
    state=OrderState.PAID,
    payments=(
        Payment(PaymentSource.POINTS, 50_00),
        Payment(PaymentSource.CARD, 950_00, position=1),
    ),
)
UNPAID = an_order(state=OrderState.UNPAID)


def _charge(fen: int, state: ChargeState = ChargeState.TAKEN, minutes: int = 0) -> Charge:
    failed = state is ChargeState.FAILED
    return Charge(
        charge_no=f"ch_{minutes}",
        order_no=PAID.order_no,
        source=PaymentSource.CARD,
        amount_fen=fen,
        state=state,
        at=NOW + timedelta(minutes=minutes),
        failure=ChargeFailure.RISK if failed else None,
    )


@pytest.mark.parametrize(
    ("charges", "found"),
    [
        ([], PaymentCheck(PaymentFinding.FINE)),
        ([_charge(950_00)], PaymentCheck(PaymentFinding.FINE)),
        ([_charge(950_01)], PaymentCheck(PaymentFinding.TWICE, 1)),
        ([_charge(950_00), _charge(950_00)], PaymentCheck(PaymentFinding.TWICE, 950_00)),
        (
            [_charge(950_00), _charge(950_00, ChargeState.FAILED)],
            PaymentCheck(PaymentFinding.FINE),
        ),
    ],
)
def test_of_a_paid_order_only_what_was_taken_beyond_it_counts(
    charges: list[Charge], found: PaymentCheck
) -> None:
    assert check_payment(PAID, charges) == found


@pytest.mark.parametrize(
    ("charges", "found"),
    [
        ([], PaymentCheck(PaymentFinding.NOT_TRIED)),
        ([_charge(10_00)], PaymentCheck(PaymentFinding.TAKEN_BUT_UNPAID, 10_00)),
        ([_charge(10_00, ChargeState.PENDING)], PaymentCheck(PaymentFinding.PENDING, 10_00)),
        (
            [_charge(10_00, ChargeState.PENDING), _charge(10_00, ChargeState.FAILED, 1)],
            PaymentCheck(PaymentFinding.FAILED, failure=ChargeFailure.RISK),
        ),
    ],
)
def test_of_an_unpaid_order_the_last_try_counts_unless_money_was_taken(
    charges: list[Charge], found: PaymentCheck
) -> None:
    assert check_payment(UNPAID, charges) == found


def test_the_same_goods_within_half_an_hour_are_one_order_too_many() -> None:
    first = replace(PAID, order_no="1", placed_at=NOW)
    on_time = replace(PAID, order_no="2", placed_at=NOW + timedelta(minutes=30))
    late = replace(PAID, order_no="2", placed_at=NOW + timedelta(minutes=30, seconds=1))

    assert same_goods_twice([on_time, first], 30) == (first, on_time)
    assert same_goods_twice([late, first], 30) is None


def test_other_goods_and_cancelled_orders_are_no_double() -> None:
    first = replace(PAID, order_no="1", placed_at=NOW)
    more = an_order(a_line(quantity=2), order_no="2", placed_at=NOW, state=OrderState.PAID)
    ended = replace(PAID, order_no="2", placed_at=NOW, state=OrderState.CANCELLED)

    assert same_goods_twice([first, more], 30) is None
    assert same_goods_twice([first, ended], 30) is None
