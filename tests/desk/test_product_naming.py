"""Which products a sentence names: the longer word counts, shared words only tell apart."""

from __future__ import annotations

import pytest

from console.desk.product_naming import (
    goods_called,
    named_products,
    of_the_kind,
    similar_products,
)
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


@pytest.mark.parametrize(
    ("text", "kinds", "called"),
    [
        ("茶叶那单", [], ["p602"]),
        ("买鞋的那个单子", ["鞋"], ["p304"]),
        ("云雾绿茶呢", [], ["p602"]),
        ("那单到哪了", [], []),
    ],
)
def test_what_an_order_is_called_by(text: str, kinds: list[str], called: list[str]) -> None:
    assert [one.product_id for one in goods_called(PRODUCTS, text, kinds)] == called


def test_a_phone_case_is_no_phone() -> None:
    cases_only = [PRODUCTS_BY_ID["p106"]]

    assert goods_called(cases_only, "那单", ["手机"]) == []
    assert goods_called(cases_only, "那单", ["壳"]) == cases_only


def test_what_was_found_of_another_kind_than_the_one_named_is_left_out() -> None:
    robot, fryer = PRODUCTS_BY_ID["p204"], PRODUCTS_BY_ID["p201"]

    assert of_the_kind(PRODUCTS, "扫地机器人", [robot, fryer]) == [robot]
    assert of_the_kind(PRODUCTS, "送人的东西", [robot, fryer]) == [robot, fryer]
