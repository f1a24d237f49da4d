"""Which order is meant, when a line arrived, and words in both languages."""

from __future__ import annotations

from dataclasses import replace
from datetime import timedelta

import pytest

from console.desk.after_sale import AfterSaleState, may_become
from console.desk.order import (
    OrderState,
    ParcelState,
    match_order,
    order_state_label,
    parcel_state_label,
)
from tests.desk.shop_samples import SIGNED, a_line, an_order

ORDERS = [
    an_order(order_no="620014001111"),
    an_order(order_no="620014002222"),
    an_order(order_no="620015002222"),
]


@pytest.mark.parametrize(
    ("number", "found"),
    [
        ("620014001111", "620014001111"),
        ("1111", "620014001111"),
        ("2222", None),
        ("015002222", "620015002222"),
        ("111", None),
        ("9999", None),
    ],
)
def test_an_order_is_found_by_number_or_by_an_ending_that_fits_only_one(
    number: str, found: str | None
) -> None:
    order = match_order(ORDERS, number)

    assert (order.order_no if order else None) == found


def test_each_parcel_has_its_own_signing_time() -> None:
    first, second = a_line(line_id="a"), a_line(line_id="b")
    whole = an_order(first, second)
    later = SIGNED + timedelta(days=2)
    [parcel] = whole.parcels
    order = replace(
        whole,
        parcels=(
            replace(parcel, line_ids=("a",)),
            replace(parcel, waybill_no="W2", line_ids=("b",), signed_at=later),
        ),
    )

    assert (order.signed_at("a"), order.signed_at("b")) == (SIGNED, later)


def test_a_line_in_two_parcels_has_arrived_with_the_last_one() -> None:
    order = an_order()
    [parcel] = order.parcels
    open_parcel = replace(parcel, waybill_no="W2", signed_at=None)

    assert replace(order, parcels=(parcel, open_parcel)).signed_at("l1") is None


def test_every_state_has_words_in_both_languages() -> None:
    for lang in ("zh", "en"):
        assert all(order_state_label(state, lang) for state in OrderState)
        assert all(parcel_state_label(state, lang) for state in ParcelState)


def test_money_moves_only_after_inspection() -> None:
    assert may_become(AfterSaleState.RECEIVED, AfterSaleState.INSPECTED)
    assert may_become(AfterSaleState.INSPECTED, AfterSaleState.REFUNDING)
    assert not may_become(AfterSaleState.RECEIVED, AfterSaleState.REFUNDING)
    assert not may_become(AfterSaleState.DONE, AfterSaleState.REFUNDING)
