"""Recommendations: budget, stock and deal breakers are never bent."""

from __future__ import annotations

from dataclasses import replace

import pytest

from console.desk.need import Need, drawbacks_in, features_in, is_no_matter, recommend, whom_in
from console.desk.product import Category, Product
from console.desk.product_sheet import ProductSheet


def _pair(
    product_id: str, yuan: int, tags: tuple[str, ...], drawbacks: tuple[str, ...] = ()
) -> tuple[Product, ProductSheet]:
    product = Product(
        product_id=product_id, title=f"手机 {product_id}", title_en="phone",
        category=Category.PHONES, price_fen=yuan * 100, stock=1, keywords=("手机",),
    )  # fmt: skip
    return product, ProductSheet(product_id=product_id, tags=tags, drawbacks=drawbacks)


GOODS = [
    _pair("a", 100, ("elder", "quiet")),
    _pair("b", 200, ("quiet",), ("heavy",)),
    _pair("c", 300, ("elder",)),
    _pair("d", 50, ()),
]


def _ids(need: Need, goods=GOODS) -> list[str]:
    return [one.product.product_id for one in recommend(goods, need)]


@pytest.mark.parametrize(
    ("budget_fen", "ids"),
    [(99_99, ["d"]), (100_00, ["a", "d"]), (100_01, ["a", "d"]), (None, ["a", "c", "d"])],
)
def test_the_budget_is_a_hard_limit_and_three_are_the_most(budget_fen, ids) -> None:
    assert _ids(Need(kind="手机", for_whom="elder", budget_fen=budget_fen)) == ids


def test_deal_breakers_and_sold_out_goods_are_left_out() -> None:
    gone = [(replace(product, stock=0), sheet) for product, sheet in GOODS]

    assert _ids(Need(kind="手机", must_have=("quiet",))) == ["a", "b"]
    assert _ids(Need(kind="手机", must_have=("quiet",), deal_breakers=("heavy",))) == ["a"]
    assert _ids(Need(kind="手机"), gone) == []
    assert _ids(Need(kind="锅")) == []


def test_what_nothing_has_is_bent_and_said() -> None:
    found = recommend(GOODS, Need(kind="手机", must_have=("quiet", "camera")))

    assert [one.product.product_id for one in found] == ["a", "b", "d"]
    assert [lack.zh for lack in found[0].lacks] == ["拍照好"]
    assert [reason.zh for reason in found[0].reasons] == ["安静"]


def test_needs_are_read_from_the_words_of_customers() -> None:
    assert whom_in("给我爸买个血压计") == "elder"
    assert whom_in("for my cat") == "cat"
    assert features_in("要静音轻便的") == ["quiet", "portable"]
    assert drawbacks_in("太重太吵的不要") == ["heavy", "loud"]
    assert is_no_matter("都行")
    assert is_no_matter("No preference.")
    assert not is_no_matter("都行的话要黑的")
