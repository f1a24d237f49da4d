"""A new one at the door: flag, 180 days, own couriers, stock, no misuse."""

from __future__ import annotations

from dataclasses import replace
from datetime import datetime, timedelta

import pytest

from console.desk.after_sale import ReturnReason
from console.desk.calendar import start_of_next_day
from console.desk.door_exchange import DoorFacts, decide_door_exchange
from console.desk.policy import PolicyBook, PolicyRow, Scope
from console.desk.policy_defaults import DEFAULT_POLICIES
from console.desk.product import Category
from console.desk.return_policy import Alternative, Outcome, ReturnFacts
from tests.desk.shop_samples import SECOND, SIGNED, a_line, an_order

FLAG = PolicyRow(
    id="door_exchange.offered/baby_gear", key="door_exchange.offered", value=True,
    valid_from=DEFAULT_POLICIES[0].valid_from, scope=Scope.CATEGORY, scope_id=Category.BABY_GEAR,
)  # fmt: skip
POLICIES = PolicyBook((*DEFAULT_POLICIES, FLAG))
LINE = a_line(category=Category.BABY_GEAR)
GOODS = ReturnFacts(order=an_order(LINE), line=LINE, reason=ReturnReason.QUALITY_FAULT)
PUMP = DoorFacts(goods=GOODS, has_own_delivery=True, stock=1, fault="没吸力")
DAY_181 = start_of_next_day(SIGNED) + timedelta(days=180)


@pytest.mark.parametrize(
    ("now", "outcome"),
    [
        (DAY_181 - SECOND, Outcome.ALLOWED),
        (DAY_181, Outcome.REFUSED),
        (DAY_181 + SECOND, Outcome.REFUSED),
    ],
)
def test_it_is_offered_for_180_days(now: datetime, outcome: Outcome) -> None:
    decision = decide_door_exchange(PUMP, POLICIES, now)

    assert decision.outcome is outcome


@pytest.mark.parametrize(
    ("door", "reason"),
    [
        (replace(PUMP, has_own_delivery=False), "door_no_own_delivery"),
        (replace(PUMP, stock=0), "door_out_of_stock"),
        (replace(PUMP, fault="掉地上摔坏了"), "door_misuse"),
    ],
)
def test_each_condition_refuses_alone_and_points_to_the_repair(
    door: DoorFacts, reason: str
) -> None:
    decision = decide_door_exchange(door, POLICIES, SIGNED)

    assert (decision.reason, decision.alternative) == (reason, Alternative.REPAIR)


def test_kinds_without_the_flag_are_repaired() -> None:
    decision = decide_door_exchange(PUMP, PolicyBook(DEFAULT_POLICIES), SIGNED)

    assert (decision.outcome, decision.reason) == (Outcome.REFUSED, "door_not_offered")
