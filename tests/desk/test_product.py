"""Which price is public, and which goods answer a shopper's words."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta

import pytest

from console.desk.product import (
    Category,
    PriceKind,
    PricePoint,
    Product,
    find_products,
    public_price,
)

NOW = datetime(2026, 3, 10, tzinfo=UTC)
SECOND = timedelta(seconds=1)


def test_a_price_counts_from_its_first_second() -> None:
    points = [PricePoint("p", NOW - timedelta(days=9), 100), PricePoint("p", NOW, 80)]

    assert public_price(points, NOW - SECOND) == 100
    assert public_price(points, NOW) == 80
    assert public_price(points, NOW + SECOND) == 80


@pytest.mark.parametrize("kind", [kind for kind in PriceKind if kind is not PriceKind.PUBLIC])
def test_special_prices_are_not_public(kind: PriceKind) -> None:
    points = [PricePoint("p", NOW - SECOND, 100), PricePoint("p", NOW, 50, kind)]

    assert public_price(points, NOW) == 100
    assert public_price(points[1:], NOW) is None


def _goods(product_id: str, title: str, price_fen: int, stock: int = 1) -> Product:
    return Product(
        product_id=product_id, title=title, title_en="", category=Category.DIGITAL,
        price_fen=price_fen, stock=stock,
    )  # fmt: skip


GOODS = [
    _goods("a", "无线鼠标", 99_00),
    _goods("b", "静音鼠标", 150_00),
    _goods("c", "游戏鼠标", 80_00, stock=0),
    _goods("d", "台灯", 60_00),
]


def ids(text: str, budget_fen: int | None = None) -> list[str]:
    return [one.product_id for one in find_products(GOODS, text, budget_fen=budget_fen)]


def test_goods_in_stock_come_before_sold_out_ones() -> None:
    assert ids("鼠标") == ["a", "b", "c"]


@pytest.mark.parametrize(
    ("budget_fen", "found"), [(98_99, ["c"]), (99_00, ["a", "c"]), (99_01, ["a", "c"])]
)
def test_a_budget_is_a_hard_limit(budget_fen: int, found: list[str]) -> None:
    assert ids("鼠标", budget_fen) == found


def test_an_amount_in_the_sentence_is_no_word_to_search_for() -> None:
    assert ids("100") == []


def test_only_a_budget_lists_what_fits_it_dearest_first() -> None:
    assert ids("", 99_00) == ["a", "d", "c"]
    assert ids("") == []
