"""Stock: by variant, by region, and when more comes."""

from __future__ import annotations

from datetime import timedelta

import pytest

from console.desk.stock import StockLevel, availability, matches_variant
from tests.given import NOW

SOON, LATER = NOW + timedelta(days=3), NOW + timedelta(days=9)
LEVELS = (
    StockLevel(product_id="p", variant="月白 256G", quantity=5),
    StockLevel(product_id="p", variant="雾蓝 256G", quantity=0, arrives_at=LATER),
    StockLevel(product_id="p", variant="雾蓝 512G", quantity=0, arrives_at=SOON),
    StockLevel(product_id="p", variant="曜黑 256G", regions=("上海",), quantity=2),
)


@pytest.mark.parametrize(
    ("variant", "wanted", "fits"),
    [
        ("月白 256G", ["白色"], True),
        ("月白 256G", ["白"], True),
        ("月白 256G", ["白色", "256G"], True),
        ("月白 256G", ["白色", "512G"], False),
        ("米白 L", ["l"], True),
        ("米白 XL", ["L"], False),
        ("42 白", ["42码"], True),
        ("银色 16G+512G", ["512gb"], False),
        ("银色 16G+512G", ["银色"], True),
        ("", ["红色"], False),
        ("", [], True),
    ],
)
def test_words_for_a_variant(variant, wanted, fits) -> None:
    assert matches_variant(variant, wanted) is fits


def test_what_is_in_stock_anywhere() -> None:
    found = availability(LEVELS)

    assert (found.quantity, found.variants) == (7, ("月白 256G", "曜黑 256G"))
    assert found.is_in_stock
    assert found.is_known_variant


def test_sold_out_names_the_next_arrival() -> None:
    found = availability(LEVELS, ["蓝色"])

    assert (found.quantity, found.variants, found.arrives_at) == (0, (), SOON)
    assert not found.is_elsewhere


def test_a_warehouse_serves_only_its_regions() -> None:
    assert availability(LEVELS, ["黑色"], "上海").quantity == 2
    far = availability(LEVELS, ["黑色"], "新疆")
    assert (far.quantity, far.is_elsewhere) == (0, True)


def test_a_variant_that_never_was_is_told_from_one_that_is_sold_out() -> None:
    assert not availability(LEVELS, ["红色"]).is_known_variant
    assert availability(LEVELS, ["蓝色"]).is_known_variant
