"""Exchanges at the boundary of their windows, and what may come instead."""

from __future__ import annotations

from datetime import datetime, timedelta
from typing import Any

import pytest

from console.desk.after_sale import Condition, ReturnReason
from console.desk.calendar import start_of_next_day
from console.desk.exchange import choices, decide_exchange, refusal_of
from console.desk.goods import Variant
from console.desk.product import Category
from console.desk.return_policy import Alternative, Outcome, ReturnFacts
from tests.desk.shop_samples import POLICIES, SECOND, SIGNED, a_line, an_order

_R = ReturnReason
DAY_8 = start_of_next_day(SIGNED) + timedelta(days=7)
DAY_16 = start_of_next_day(SIGNED) + timedelta(days=15)


def facts(reason: ReturnReason, **changes: Any) -> ReturnFacts:
    line = a_line(**changes.pop("line", {}))
    return ReturnFacts(order=an_order(line), line=line, reason=reason, **changes)


def a_variant(variant: str = "银色", **changes: Any) -> Variant:
    known = {"variant_en": "", "price_fen": 1000_00, "stock": 3, **changes}
    return Variant(product_id="p1", variant=variant, **known)


@pytest.mark.parametrize(
    ("now", "outcome"),
    [
        (DAY_8 - SECOND, Outcome.ALLOWED),
        (DAY_8, Outcome.REFUSED),
        (DAY_8 + SECOND, Outcome.REFUSED),
    ],
)
def test_a_wrong_size_is_exchanged_for_168_hours(now: datetime, outcome: Outcome) -> None:
    decision = decide_exchange(facts(_R.WRONG_SIZE, condition=Condition.OPENED), POLICIES, now)

    assert decision.outcome is outcome
    assert decision.rule_id == "return.no_reason_hours"


@pytest.mark.parametrize(
    ("now", "outcome", "alternative"),
    [
        (DAY_16 - SECOND, Outcome.ALLOWED, Alternative.NONE),
        (DAY_16, Outcome.REFUSED, Alternative.REPAIR),
        (DAY_16 + SECOND, Outcome.REFUSED, Alternative.REPAIR),
    ],
)
def test_a_fault_is_exchanged_for_15_days_then_repaired(
    now: datetime, outcome: Outcome, alternative: Alternative
) -> None:
    decision = decide_exchange(facts(_R.QUALITY_FAULT, photos=1), POLICIES, now)

    assert (decision.outcome, decision.alternative) == (outcome, alternative)


def test_used_goods_are_exchanged_for_a_fault_only() -> None:
    worn = decide_exchange(facts(_R.WRONG_SIZE, condition=Condition.USED), POLICIES, SIGNED)
    broken = decide_exchange(
        facts(_R.QUALITY_FAULT, condition=Condition.USED, photos=1), POLICIES, SIGNED
    )

    assert (worn.outcome, worn.reason) == (Outcome.REFUSED, "used")
    assert broken.is_allowed


def test_dear_goods_are_exchanged_without_a_person_because_no_money_moves() -> None:
    decision = decide_exchange(
        facts(_R.WRONG_CHOICE, line={"unit_fen": 9000_00}, condition=Condition.UNOPENED),
        POLICIES,
        SIGNED,
    )

    assert decision.is_allowed


def test_what_never_comes_back_without_a_fault_is_not_exchanged_either() -> None:
    fresh = {"category": Category.FRESH}

    decision = decide_exchange(facts(_R.WRONG_CHOICE, line=fresh), POLICIES, SIGNED)

    assert (decision.outcome, decision.reason) == (Outcome.REFUSED, "excluded_fresh")


def test_only_variants_of_the_same_price_and_in_stock_are_offered() -> None:
    known = [
        a_variant("银色"),
        a_variant("黑色"),
        a_variant("金色", price_fen=1000_01),
        a_variant("红色", stock=0),
    ]

    assert [one.variant for one in choices(known, "银色", 1, _R.WRONG_CHOICE)] == ["黑色"]
    assert [one.variant for one in choices(known, "银色", 1, _R.QUALITY_FAULT)] == ["银色", "黑色"]


@pytest.mark.parametrize(
    ("new", "why"),
    [
        (None, "no_such_variant"),
        (a_variant("黑色", price_fen=1000_01), "other_price"),
        (a_variant("黑色", price_fen=999_99), "other_price"),
        (a_variant("黑色", stock=1), "variant_out_of_stock"),
        (a_variant("黑色", stock=2), ""),
    ],
)
def test_a_variant_is_refused_with_its_reason(new: Variant | None, why: str) -> None:
    assert refusal_of(new, a_variant(), 2) == why
