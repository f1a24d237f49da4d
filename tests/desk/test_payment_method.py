"""Ways to pay: which are taken for what, and what parts cost to the fen."""

from __future__ import annotations

from dataclasses import replace

import pytest

from console.desk.payment_method import (
    Instalments,
    Part,
    PaymentMethod,
    Refusal,
    named_in,
    parts_of,
    refusal,
)
from console.desk.product import Category, Product
from console.desk.words import Words
from console.gateways.demo_terms import PAYMENT_METHODS

CASH = PaymentMethod(
    code="cod", title=Words("货到付款", "cash"), names=("货到付款",), sellers=("self",),
    least_fen=10_00, most_fen=2000_00,
)  # fmt: skip
GOODS = Product(
    product_id="p1", title="锅", title_en="pot", category=Category.APPLIANCES,
    price_fen=100_00, stock=1,
)  # fmt: skip


@pytest.mark.parametrize(
    ("price_fen", "refused"),
    [
        (9_99, Refusal.TOO_LITTLE),
        (10_00, None),
        (2000_00, None),
        (2000_01, Refusal.TOO_MUCH),
    ],
)
def test_limits_hold_to_the_fen(price_fen, refused) -> None:
    assert refusal(CASH, replace(GOODS, price_fen=price_fen)) == refused


def test_sellers_and_methods_that_are_not_taken() -> None:
    assert refusal(CASH, replace(GOODS, seller_id="s_other")) is Refusal.SELLER
    assert refusal(replace(CASH, is_accepted=False), GOODS) is Refusal.NOT_TAKEN
    assert refusal(CASH, None) is None


def test_parts_are_rounded_up_and_carry_their_fee() -> None:
    method = replace(CASH, instalments=(Instalments(3, 0), Instalments(6, 250)))

    assert parts_of(method, 100_00) == [Part(3, 33_34, 0), Part(6, 17_09, 2_50)]


@pytest.mark.parametrize(
    ("text", "code"),
    [
        ("能货到付款吗", "cod"),
        ("可以分期吗", "instalments"),
        ("花呗行不行", "pay_later"),
        ("Do you take Visa?", "card"),
        ("怎么付", None),
    ],
)
def test_methods_are_found_by_the_words_of_customers(text, code) -> None:
    found = named_in(PAYMENT_METHODS, text)

    assert (found.code if found else None) == code
