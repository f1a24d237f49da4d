"""What old things are worth by the questionnaire, and the time that an estimate holds."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta

import pytest

from console.desk.product import Category
from console.desk.trade_in import (
    Age,
    Estimate,
    Looks,
    OldItem,
    TradeInState,
    answer_until,
    estimate,
    is_taken,
    may_become,
    state_after_check,
    valid_until,
)
from tests.desk.shop_samples import POLICIES

NOW = datetime(2026, 3, 10, 4, 0, tzinfo=UTC)


def _item(
    category: Category = Category.PHONES,
    age: Age = Age.UNDER_1,
    looks: Looks = Looks.GOOD,
    *,
    works: bool = True,
) -> OldItem:
    return OldItem(category=category, model="X1", age=age, works=works, looks=looks)


@pytest.mark.parametrize(
    ("item", "low", "high"),
    [
        (_item(), 680_00, 920_00),
        (_item(age=Age.UNDER_3), 408_00, 552_00),
        (_item(age=Age.UNDER_3, looks=Looks.BROKEN), 204_00, 276_00),
        (_item(age=Age.OVER_3, looks=Looks.BROKEN, works=False), 20_00, 27_00),
        (_item(Category.APPLIANCES), 127_00, 172_00),
    ],
)
def test_the_answers_make_a_range_in_whole_yuan(item: OldItem, low: int, high: int) -> None:
    assert estimate([item], POLICIES, NOW) == Estimate(low, high)


def test_several_things_are_worth_their_sum() -> None:
    both = estimate([_item(), _item(Category.COMPUTERS)], POLICIES, NOW)

    assert both == Estimate(1955_00, 2645_00)


def test_only_kinds_with_a_value_are_taken() -> None:
    assert is_taken(Category.PHONES, POLICIES, NOW)
    assert not is_taken(Category.CLOTHING, POLICIES, NOW)


def test_an_estimate_holds_72_hours_and_a_changed_value_waits_48() -> None:
    assert valid_until(NOW, POLICIES) == NOW + timedelta(hours=72)
    assert answer_until(NOW, POLICIES) == NOW + timedelta(hours=48)


@pytest.mark.parametrize(
    ("final_fen", "state"),
    [
        (679_99, TradeInState.REVALUED),
        (680_00, TradeInState.CHECKED),
        (680_01, TradeInState.CHECKED),
    ],
)
def test_only_a_value_below_the_range_is_put_to_the_customer(
    final_fen: int, state: TradeInState
) -> None:
    assert state_after_check(680_00, final_fen) is state


def test_what_was_withdrawn_stays_withdrawn() -> None:
    assert may_become(TradeInState.REVALUED, TradeInState.WITHDRAWN)
    assert not any(may_become(TradeInState.WITHDRAWN, new) for new in TradeInState)
