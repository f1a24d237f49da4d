"""Which products a sentence names: the longer word counts, shared words only tell apart."""

from __future__ import annotations

import pytest

from console.desk.product_naming import named_products, similar_products
from console.gateways.demo_catalogue import PRODUCTS, PRODUCTS_BY_ID


@pytest.mark.parametrize(
    ("text", "named"),
    [
        ("手机有货吗", ["p101", "p102"]),
        ("那款手机壳", ["p106"]),
        ("降噪耳机多少钱", ["p103"]),
        ("S3手机多少钱", ["p101"]),
        ("衬衫和连衣裙哪个好", ["p301", "p303"]),
        ("rice cooker or air fryer", ["p201", "p202"]),
        ("wool coat", ["p302"]),
        ("宝宝能用吗", []),
        ("黑色的有吗", []),
        ("a phoney question", []),
        ("", []),
    ],
)
def test_what_a_sentence_names(text: str, named: list[str]) -> None:
    assert [one.product_id for one in named_products(PRODUCTS, text)] == named


def test_like_goods_are_in_stock_of_the_same_kind_and_near_in_price() -> None:
    earphones, phone = PRODUCTS_BY_ID["p103"], PRODUCTS_BY_ID["p101"]

    assert [one.product_id for one in similar_products(PRODUCTS, phone)] == ["p102"]
    assert [one.product_id for one in similar_products(PRODUCTS, earphones, 2)] == ["p109", "p105"]
