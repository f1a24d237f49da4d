"""Promotions: half-open in time, on the goods they name, and what they take off."""

from __future__ import annotations

from dataclasses import replace
from datetime import timedelta

import pytest

from console.desk.product import Category, Product
from console.desk.promotion import Promotion, PromotionKind, money_off, running, upcoming
from console.desk.words import Words
from tests.given import NOW

SECOND = timedelta(seconds=1)
PHONE = Product(
    product_id="p1", title="手机", title_en="phone", category=Category.PHONES,
    price_fen=999_00, stock=1,
)  # fmt: skip
OFF = Promotion(
    promotion_id="pm", kind=PromotionKind.AMOUNT_OFF, title=Words("满减", "off"),
    starts_at=NOW, ends_at=NOW + SECOND, threshold_fen=300_00, off_fen=40_00,
    categories=(Category.PHONES,),
)  # fmt: skip


@pytest.mark.parametrize(
    ("at", "is_running", "is_coming"),
    [
        (NOW - SECOND, False, True),
        (NOW, True, False),
        (NOW + SECOND, False, False),
        (NOW + 2 * SECOND, False, False),
    ],
)
def test_a_promotion_is_coming_then_running_then_over(at, is_running, is_coming) -> None:
    assert running([OFF], at, PHONE) == ([OFF] if is_running else [])
    assert upcoming([OFF], at, PHONE) == ([OFF] if is_coming else [])


def test_only_the_goods_it_names_are_covered() -> None:
    assert OFF.covers(PHONE)
    assert not OFF.covers(replace(PHONE, category=Category.FOOD))
    assert not replace(OFF, seller_id="s_other").covers(PHONE)
    assert not replace(OFF, product_ids=("p2",)).covers(PHONE)
    assert replace(OFF, categories=()).covers(replace(PHONE, category=Category.FOOD))


@pytest.mark.parametrize(
    ("kind", "unit_fen", "quantity", "off_fen"),
    [
        (PromotionKind.AMOUNT_OFF, 299_99, 1, 0),
        (PromotionKind.AMOUNT_OFF, 300_00, 1, 40_00),
        (PromotionKind.AMOUNT_OFF, 150_00, 2, 40_00),
        (PromotionKind.SECOND_HALF, 69_90, 1, 0),
        (PromotionKind.SECOND_HALF, 69_90, 2, 34_95),
        (PromotionKind.SECOND_HALF, 69_90, 3, 34_95),
        (PromotionKind.SECOND_HALF, 69_90, 4, 69_90),
        (PromotionKind.GIFT, 300_00, 1, 0),
        (PromotionKind.PRESALE, 300_00, 1, 0),
    ],
)
def test_what_a_promotion_takes_off(kind, unit_fen, quantity, off_fen) -> None:
    assert money_off(replace(OFF, kind=kind), unit_fen, quantity) == off_fen
