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
        ("茶叶那单", {}, ["p602"]),
        ("买鞋的那个单子", {"鞋": "鞋"}, ["p304"]),
        ("云雾绿茶呢", {}, ["p602"]),
        ("the earphones", {"earphones": "耳机"}, ["p103", "p104"]),
        ("澄屿 S3 那单", {"澄屿 S3": "p101"}, ["p101"]),
        ("手机的充电器", {}, ["p105"]),
        ("my phone charger", {}, ["p105"]),
        ("the phone's charger and the phone", {}, ["p101", "p102", "p105"]),
        ("the phone case", {"phone case": "手机壳"}, ["p106"]),
        ("the phone, not the phone case", {"phone case": "手机壳"}, ["p101", "p102", "p106"]),
        ("那些衣服", {"衣服": "衣服"}, ["p301", "p302", "p303", "p304", "p305"]),
        ("that shirt", {"shirt": "衣服"}, ["p303"]),
        ("那单到哪了", {}, []),
    ],
)
def test_what_goods_are_called_by(text: str, kinds: dict[str, str], called: list[str]) -> None:
    found = goods_called(PRODUCTS, text, kinds, PRODUCTS)

    assert [one.product_id for one in found.goods] == called
    assert found.strange == []


@pytest.mark.parametrize(
    ("text", "kinds", "strange", "rest"),
    [
        ("手机那单", {"手机": "手机"}, ["手机"], " 那单"),
        ("where are the phones", {}, ["phone"], "where are the  "),
        ("the tablet", {"tablet": "平板"}, ["tablet"], "the  "),
        ("那件衬衫", {"衬衫": "衣服"}, ["衬衫"], "那件 "),
        ("跑鞋鞋底裂了", {"跑鞋": "鞋", "鞋": "鞋"}, ["跑鞋", "鞋"], "  底裂了"),
        ("instead of tea", {"tea": "茶叶"}, ["tea"], "instead of  "),
    ],
)
def test_other_goods_are_strange_and_leave_the_rest(
    text: str, kinds: dict[str, str], strange: list[str], rest: str
) -> None:
    case_and_dress = [PRODUCTS_BY_ID["p106"], PRODUCTS_BY_ID["p301"]]

    found = goods_called(case_and_dress, text, kinds, PRODUCTS)

    assert found.goods == []
    assert found.strange == strange
    assert found.rest == rest


def test_words_of_goods_that_are_no_longer_sold_are_not_strange() -> None:
    case, old = PRODUCTS_BY_ID["p106"], "澄屿 老款手机"

    assert goods_called([case], "手机那单", {}, PRODUCTS, [old]).strange == []
    assert goods_called([case], "手机那单", {}, PRODUCTS, ["老款耳机"]).strange == ["手机"]


def test_what_was_found_of_another_kind_than_the_one_named_is_left_out() -> None:
    robot, fryer = PRODUCTS_BY_ID["p204"], PRODUCTS_BY_ID["p201"]

    assert of_the_kind(PRODUCTS, "扫地机器人", [robot, fryer]) == [robot]
    assert of_the_kind(PRODUCTS, "送人的东西", [robot, fryer]) == [robot, fryer]
