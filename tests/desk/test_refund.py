"""What comes back, line by line and to which source; never more than was paid."""

from __future__ import annotations

from dataclasses import replace
from itertools import pairwise

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from console.desk.money import gross, shares
from console.desk.order import Order, OrderState, Payment, PaymentSource
from console.desk.refund import (
    Deductions,
    RefundLine,
    refund_of_cancellation,
    refund_of_return,
    slowest_source,
    to_sources,
)
from tests.desk.shop_samples import a_line, an_order

BROKEN = a_line(line_id="a", unit_fen=300_00, coupon_fen=30_00)
OTHER = a_line(line_id="b", unit_fen=100_00, coupon_fen=10_00)
ORDER = an_order(BROKEN, OTHER, freight_fen=10_00)


def test_a_broken_item_gives_back_its_net_price_less_the_claim_plus_freight() -> None:
    refund = refund_of_return(
        ORDER, BROKEN, 1, is_customers_fault=False, deductions=Deductions(claimed_fen=20_00),
        return_freight_fen=12_00,
    )  # fmt: skip

    assert refund.lines == (
        RefundLine("goods", 300_00),
        RefundLine("discount", -30_00),
        RefundLine("price_claim", -20_00),
        RefundLine("freight", 10_00),
    )
    assert (refund.total_fen, refund.return_freight_fen) == (260_00, 0)


def test_a_customer_who_changed_their_mind_gets_no_freight_and_pays_the_way_back() -> None:
    refund = refund_of_return(ORDER, BROKEN, 1, is_customers_fault=True, return_freight_fen=12_00)

    assert (refund.total_fen, refund.return_freight_fen) == (270_00, 12_00)


def test_freight_comes_back_when_nothing_of_the_order_is_kept() -> None:
    first_back = replace(OTHER, returned_quantity=1)
    order = replace(ORDER, lines=(BROKEN, first_back))

    assert refund_of_return(order, BROKEN, 1, is_customers_fault=True).total_fen == 280_00


def test_freight_comes_back_only_once() -> None:
    order = replace(ORDER, is_freight_refunded=True)

    assert refund_of_return(order, OTHER, 1, is_customers_fault=False).total_fen == 90_00


def test_missing_accessories_and_used_benefits_are_lines_of_their_own() -> None:
    refund = refund_of_return(
        ORDER, OTHER, 1, is_customers_fault=True,
        deductions=Deductions(missing_accessories_fen=5_00, used_benefits_fen=8_00),
    )  # fmt: skip

    assert RefundLine("missing_accessories", -5_00) in refund.lines
    assert RefundLine("used_benefits", -8_00) in refund.lines
    assert refund.total_fen == 77_00


def test_deductions_never_turn_a_refund_into_a_bill() -> None:
    refund = refund_of_return(
        ORDER, OTHER, 1, is_customers_fault=True, deductions=Deductions(used_benefits_fen=500_00)
    )

    assert refund.total_fen == 0


def test_a_cancelled_order_gives_back_all_but_the_claims_paid() -> None:
    order = replace(ORDER, state=OrderState.PAID)

    assert refund_of_cancellation(order, claimed_fen=20_00).total_fen == 350_00
    assert order.total_fen == 370_00


PAYMENTS = (
    Payment(PaymentSource.POINTS, 5_00, position=0),
    Payment(PaymentSource.BALANCE, 20_00, position=1),
    Payment(PaymentSource.CARD, 100_00, refunded_fen=40_00, position=2),
)


def test_the_source_used_last_is_refunded_first() -> None:
    parts = to_sources(75_00, PAYMENTS)

    assert [(part.source, part.amount_fen) for part in parts] == [
        (PaymentSource.CARD, 60_00),
        (PaymentSource.BALANCE, 15_00),
    ]


def test_more_than_was_paid_never_goes_back() -> None:
    assert sum(part.amount_fen for part in to_sources(85_00, PAYMENTS)) == 85_00
    with pytest.raises(ValueError, match="never exceeds"):
        to_sources(85_01, PAYMENTS)


def test_the_slowest_source_decides_what_the_customer_is_told() -> None:
    assert slowest_source(PAYMENTS) is PaymentSource.CARD
    assert slowest_source(PAYMENTS[:2]) in (PaymentSource.POINTS, PaymentSource.BALANCE)
    assert slowest_source(()) is None


@st.composite
def orders(draw: st.DrawFn) -> Order:
    """Random lines whose coupon was shared out, and payments in random steps."""
    count = draw(st.integers(1, 6))
    lines = [
        a_line(
            line_id=f"l{i}", quantity=draw(st.integers(1, 5)), unit_fen=draw(st.integers(1, 99_999))
        )
        for i in range(count)
    ]
    whole = [gross(line) for line in lines]
    coupon = shares(draw(st.integers(0, sum(whole))), whole)
    lines = [replace(line, coupon_fen=part) for line, part in zip(lines, coupon, strict=True)]
    order = an_order(*lines, freight_fen=draw(st.integers(0, 2_000)))
    cuts = draw(st.lists(st.integers(0, order.total_fen), max_size=3).map(sorted))
    edges = [0, *cuts, order.total_fen]
    sources = list(PaymentSource)
    payments = tuple(
        Payment(sources[i], after - before, position=i)
        for i, (before, after) in enumerate(pairwise(edges))
    )
    return replace(order, payments=payments)


@settings(max_examples=1000)
@given(orders(), st.randoms())
def test_an_order_returned_unit_by_unit_gives_back_what_was_paid_to_the_fen(
    order: Order, random: object
) -> None:
    units = [line.line_id for line in order.lines for _ in range(line.quantity)]
    random.shuffle(units)  # type: ignore[attr-defined]
    refunded = 0

    for line_id in units:
        line = order.line(line_id)
        assert line is not None
        refunded += refund_of_return(order, line, 1, is_customers_fault=True).total_fen
        back = replace(line, returned_quantity=line.returned_quantity + 1)
        lines = tuple(back if one.line_id == line_id else one for one in order.lines)
        order = replace(order, lines=lines)

    assert refunded == order.total_fen
    assert sum(part.amount_fen for part in to_sources(refunded, order.payments)) == refunded
