"""Swapping sizes: day 8 to 90, once, intact, and never to more pieces."""

from __future__ import annotations

from dataclasses import replace
from datetime import datetime, timedelta

import pytest

from console.desk.after_sale import Condition, ReturnReason
from console.desk.calendar import start_of_next_day
from console.desk.goods import Variant
from console.desk.product import Category
from console.desk.return_policy import Alternative, Outcome, ReturnFacts
from console.desk.size_swap import decide_size_swap, swap_choices, swap_refusal
from tests.desk.shop_samples import POLICIES, SECOND, SIGNED, a_line, an_order

START = start_of_next_day(SIGNED)
DAY_8, DAY_91 = START + timedelta(days=7), START + timedelta(days=90)
LINE = a_line(category=Category.BABY_CONSUMABLES, variant="L")
NAPPIES = ReturnFacts(
    order=an_order(LINE), line=LINE, reason=ReturnReason.OUTGROWN, condition=Condition.UNOPENED
)


def a_size(size: str, pieces: int, stock: int = 5) -> Variant:
    return Variant(
        product_id="p1", variant=size, variant_en=size, price_fen=1, stock=stock, size=size,
        pieces=pieces,
    )  # fmt: skip


M, L, XL = a_size("M", 68), a_size("L", 60), a_size("XL", 54)


@pytest.mark.parametrize(
    ("now", "outcome", "reason"),
    [
        (DAY_8 - SECOND, Outcome.REFUSED, "swap_too_early"),
        (DAY_8, Outcome.ALLOWED, "allowed"),
        (DAY_8 + SECOND, Outcome.ALLOWED, "allowed"),
        (DAY_91 - SECOND, Outcome.ALLOWED, "allowed"),
        (DAY_91, Outcome.REFUSED, "swap_window_over"),
        (DAY_91 + SECOND, Outcome.REFUSED, "swap_window_over"),
    ],
)
def test_the_window_runs_from_day_8_to_the_end_of_day_90(
    now: datetime, outcome: Outcome, reason: str
) -> None:
    decision = decide_size_swap(NAPPIES, POLICIES, now, swapped_before=False)

    assert (decision.outcome, decision.reason) == (outcome, reason)


def test_before_day_8_an_exchange_is_the_way() -> None:
    decision = decide_size_swap(NAPPIES, POLICIES, DAY_8 - SECOND, swapped_before=False)

    assert decision.alternative is Alternative.EXCHANGE


def test_it_works_once() -> None:
    decision = decide_size_swap(NAPPIES, POLICIES, DAY_8, swapped_before=True)

    assert (decision.outcome, decision.rule_id) == (Outcome.REFUSED, "size_swap.once")


def test_only_flagged_kinds_take_part() -> None:
    line = replace(LINE, category=Category.CLOTHING)
    shirt = replace(NAPPIES, order=an_order(line), line=line)

    assert decide_size_swap(shirt, POLICIES, DAY_8, swapped_before=False).reason == (
        "swap_not_offered"
    )


def test_opened_packs_stay() -> None:
    used = replace(NAPPIES, condition=Condition.USED)

    assert decide_size_swap(used, POLICIES, DAY_8, swapped_before=False).reason == "swap_opened"


@pytest.mark.parametrize(
    ("new", "why"),
    [
        (XL, ""),
        (M, "more_pieces"),
        (a_size("S", 60), ""),
        (a_size("S", 61), "more_pieces"),
        (L, "same_size"),
        (a_size("XL", 54, stock=0), "size_out_of_stock"),
        (None, "no_such_size"),
    ],
)
def test_a_size_is_refused_with_its_reason(new: Variant | None, why: str) -> None:
    assert swap_refusal(new, L, 1) == why


def test_only_sizes_that_can_come_are_offered() -> None:
    assert swap_choices([M, L, XL], "L", 1) == [XL]
