"""Money back while the goods stay: the limit to the fen, and what goes another way."""

from __future__ import annotations

from datetime import datetime, timedelta
from typing import Any

import pytest

from console.desk.after_sale import ReturnReason
from console.desk.calendar import start_of_next_day
from console.desk.order import OrderState
from console.desk.product import Category
from console.desk.refund_only import decide_refund_only
from console.desk.return_policy import Alternative, Outcome, ReturnFacts
from tests.desk.shop_samples import POLICIES, SECOND, SIGNED, a_line, an_order

DAY_8 = start_of_next_day(SIGNED) + timedelta(days=7)


def facts(
    fen: int, reason: ReturnReason = ReturnReason.DAMAGED, photos: int = 1, **line: Any
) -> ReturnFacts:
    state = line.pop("state", OrderState.SIGNED)
    one = a_line(unit_fen=fen, **line)
    return ReturnFacts(order=an_order(one, state=state), line=one, reason=reason, photos=photos)


@pytest.mark.parametrize(
    ("fen", "category", "outcome"),
    [
        (19_99, Category.PET_SUPPLIES, Outcome.ALLOWED),
        (20_00, Category.PET_SUPPLIES, Outcome.ALLOWED),
        (20_01, Category.PET_SUPPLIES, Outcome.NEEDS_HUMAN),
        (99_99, Category.FRESH, Outcome.ALLOWED),
        (100_00, Category.FRESH, Outcome.ALLOWED),
        (100_01, Category.FRESH, Outcome.NEEDS_HUMAN),
    ],
)
def test_up_to_the_limit_nobody_has_to_look(fen: int, category: Category, outcome: Outcome) -> None:
    decision = decide_refund_only(facts(fen, category=category), POLICIES, SIGNED)

    assert decision.outcome is outcome


@pytest.mark.parametrize(
    ("now", "outcome"),
    [
        (DAY_8 - SECOND, Outcome.ALLOWED),
        (DAY_8, Outcome.NEEDS_HUMAN),
        (DAY_8 + SECOND, Outcome.NEEDS_HUMAN),
    ],
)
def test_damage_is_reported_within_7_days(now: datetime, outcome: Outcome) -> None:
    assert decide_refund_only(facts(10_00), POLICIES, now).outcome is outcome


def test_without_a_picture_there_is_no_money() -> None:
    decision = decide_refund_only(facts(10_00, photos=0), POLICIES, SIGNED)

    assert (decision.outcome, decision.alternative) == (Outcome.REFUSED, Alternative.PHOTOS)


def test_who_changed_their_mind_sends_it_back() -> None:
    decision = decide_refund_only(
        facts(10_00, ReturnReason.NO_LONGER_WANTED, photos=0), POLICIES, SIGNED
    )

    assert (decision.reason, decision.alternative) == ("keep_needs_fault", Alternative.RETURN)


@pytest.mark.parametrize(
    ("state", "alternative"),
    [
        (OrderState.UNPAID, Alternative.CANCEL),
        (OrderState.PAID, Alternative.CANCEL),
        (OrderState.PICKED, Alternative.CANCEL),
        (OrderState.IN_TRANSIT, Alternative.INTERCEPT),
        (OrderState.DELIVERING, Alternative.INTERCEPT),
        (OrderState.CANCELLED, Alternative.REFUND_PROGRESS),
    ],
)
def test_what_has_not_arrived_is_stopped(state: OrderState, alternative: Alternative) -> None:
    decision = decide_refund_only(facts(10_00, state=state), POLICIES, SIGNED)

    assert (decision.outcome, decision.alternative) == (Outcome.REFUSED, alternative)


def test_health_is_for_a_person_however_small_the_amount() -> None:
    decision = decide_refund_only(facts(1_00, ReturnReason.ALLERGIC), POLICIES, SIGNED)

    assert (decision.outcome, decision.reason) == (Outcome.NEEDS_HUMAN, "grave")
