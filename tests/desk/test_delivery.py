"""Delivery before an order: the narrower rule, the fee at its limit, the day at the cut-off."""

from __future__ import annotations

from dataclasses import replace
from datetime import UTC, date, datetime, time, timedelta

import pytest

from console.desk.delivery import (
    DeliveryMethod,
    DeliveryRule,
    Window,
    arrival,
    fee_of,
    methods_to,
    rule_for,
)
from console.desk.product import Category, Product

EVERYWHERE = DeliveryRule(
    rule_id="all", method=DeliveryMethod.DOOR, days_from=2, days_until=4, fee_fen=6_00,
    free_from_fen=59_00,
)  # fmt: skip
FAR = replace(EVERYWHERE, rule_id="far", regions=("新疆",), not_for=(Category.FRESH,))
NOWHERE = replace(EVERYWHERE, rule_id="none", regions=("台湾",), is_served=False)
RULES = (EVERYWHERE, FAR, NOWHERE)
APPLES = Product(
    product_id="p1", title="苹果", title_en="apples", category=Category.FRESH,
    price_fen=69_90, stock=1,
)  # fmt: skip
FOUR_PM = datetime(2026, 11, 2, 8, 0, tzinfo=UTC)  # 16:00 in Shanghai
SECOND = timedelta(seconds=1)


def test_a_rule_that_names_the_region_beats_the_general_one() -> None:
    assert rule_for(RULES, DeliveryMethod.DOOR, "广州") == EVERYWHERE
    assert rule_for(RULES, DeliveryMethod.DOOR, None) == EVERYWHERE
    assert rule_for(RULES, DeliveryMethod.DOOR, "新疆") == FAR


def test_what_is_not_served_is_not_to_be_had() -> None:
    assert rule_for(RULES, DeliveryMethod.DOOR, "台湾") is None
    assert rule_for(RULES, DeliveryMethod.DOOR, "新疆", APPLES) is None
    assert rule_for(RULES, DeliveryMethod.EXPRESS, "广州") is None
    assert rule_for(RULES, DeliveryMethod.DOOR, "广州", replace(APPLES, seller_id="s1")) is None


def test_every_method_that_is_to_be_had_is_told_once() -> None:
    point = replace(EVERYWHERE, rule_id="point", method=DeliveryMethod.PICKUP_POINT)

    assert methods_to((*RULES, point), "新疆") == [FAR, point]
    assert methods_to((*RULES, point), "台湾") == [point]


@pytest.mark.parametrize(("amount_fen", "fee"), [(58_99, 6_00), (59_00, 0), (59_01, 0)])
def test_the_fee_falls_away_at_its_limit(amount_fen, fee) -> None:
    assert fee_of(EVERYWHERE, amount_fen) == fee
    assert fee_of(replace(EVERYWHERE, free_from_fen=None), amount_fen) == 6_00


@pytest.mark.parametrize(
    ("now", "first", "last"),
    [
        (FOUR_PM - SECOND, date(2026, 11, 4), date(2026, 11, 6)),
        (FOUR_PM, date(2026, 11, 5), date(2026, 11, 7)),
        (FOUR_PM + SECOND, date(2026, 11, 5), date(2026, 11, 7)),
        (datetime(2026, 11, 2, 15, 59, tzinfo=UTC), date(2026, 11, 5), date(2026, 11, 7)),
        (datetime(2026, 11, 2, 16, 0, tzinfo=UTC), date(2026, 11, 5), date(2026, 11, 7)),
    ],
)
def test_from_the_cut_off_on_it_ships_a_day_later_in_shanghai(now, first, last) -> None:
    assert arrival(EVERYWHERE, now, time(16)) == Window(first, last)
