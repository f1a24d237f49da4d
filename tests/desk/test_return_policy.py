"""May it come back: the order of the checks, every clock at its edge, and the alternative."""

from __future__ import annotations

from datetime import datetime, timedelta
from typing import Any

import pytest

from console.desk.after_sale import Condition, Fault, ReturnReason
from console.desk.calendar import SHANGHAI
from console.desk.order import OrderLine, OrderState
from console.desk.product import Category, PriceKind
from console.desk.reason_text import return_reason
from console.desk.return_policy import (
    Alternative,
    Outcome,
    ReturnFacts,
    ReturnPolicyDecision,
    decide_return,
    may_lack_parts,
)
from tests.desk.shop_samples import PLACED, POLICIES, SECOND, SIGNED, a_line, an_order

MIDNIGHT = datetime(2026, 3, 11, tzinfo=SHANGHAI)  # after the signing at noon of March 10
SOON = MIDNIGHT + timedelta(days=1)
NOT_WANTED = ReturnReason.NO_LONGER_WANTED


def decide(
    reason: ReturnReason = NOT_WANTED,
    line: OrderLine | None = None,
    *,
    now: datetime = SOON,
    facts: dict[str, Any] | None = None,
    **order: Any,
) -> ReturnPolicyDecision:
    line = line or a_line()
    known: dict[str, Any] = {"condition": Condition.UNOPENED, "photos": 1, **(facts or {})}
    asked = ReturnFacts(order=an_order(line, **order), line=line, reason=reason, **known)
    return decide_return(asked, POLICIES, now)


def test_no_reason_is_needed_for_168_hours() -> None:
    end = MIDNIGHT + timedelta(hours=168)

    last = decide(now=end - SECOND)

    assert (last.outcome, last.days_left, last.window_end) == (Outcome.ALLOWED, 1, end)
    for late in (end, end + SECOND):
        refused = decide(now=late)
        assert (refused.outcome, refused.reason) == (Outcome.REFUSED, "window_over")
        assert refused.rule_id == "return.no_reason_hours"
        assert refused.alternative is Alternative.QUALITY_CLAIM


def test_the_day_of_signing_is_allowed_too() -> None:
    assert decide(now=SIGNED).is_allowed


def test_signed_eight_days_ago_is_over_and_yesterday_is_open() -> None:
    assert not decide(now=SIGNED + timedelta(days=8)).is_allowed
    assert decide(now=SIGNED + timedelta(days=1)).is_allowed


@pytest.mark.parametrize(
    ("day", "outcome", "alternative"),
    [
        (7, Outcome.ALLOWED, Alternative.NONE),
        (15, Outcome.REFUSED, Alternative.EXCHANGE),
        (365, Outcome.REFUSED, Alternative.REPAIR),
    ],
)
def test_a_fault_is_returned_then_exchanged_then_repaired(
    day: int, outcome: Outcome, alternative: Alternative
) -> None:
    last_second = MIDNIGHT + timedelta(days=day) - SECOND

    decision = decide(ReturnReason.QUALITY_FAULT, now=last_second)
    next_day = decide(ReturnReason.QUALITY_FAULT, now=last_second + SECOND)

    assert (decision.outcome, decision.alternative) == (outcome, alternative)
    assert next_day.alternative is not alternative


def test_a_fault_after_the_warranty_is_a_persons_call() -> None:
    decision = decide(ReturnReason.QUALITY_FAULT, now=MIDNIGHT + timedelta(days=365))

    assert (decision.outcome, decision.reason) == (Outcome.NEEDS_HUMAN, "warranty_over")


def test_damage_reported_on_day_8_is_a_persons_call() -> None:
    end = MIDNIGHT + timedelta(days=7)

    assert decide(ReturnReason.DAMAGED, now=end - SECOND).is_allowed
    assert decide(ReturnReason.DAMAGED, now=end).outcome is Outcome.NEEDS_HUMAN


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
def test_goods_that_have_not_arrived_are_cancelled_or_intercepted(
    state: OrderState, alternative: Alternative
) -> None:
    decision = decide(state=state)

    assert (decision.outcome, decision.alternative) == (Outcome.REFUSED, alternative)
    assert decision.asks == ()


def test_an_unknown_signing_time_is_a_persons_call() -> None:
    assert decide(signed_at=None).reason == "signing_unknown"


def test_what_was_refunded_or_is_on_its_way_back_is_not_returned_again() -> None:
    refunded = decide(line=a_line(returned_quantity=1), now=SIGNED + timedelta(days=99))
    running = decide(facts={"returning_quantity": 1})

    assert (refunded.reason, refunded.alternative) == (
        "already_refunded", Alternative.REFUND_PROGRESS,
    )  # fmt: skip
    assert running.reason == "return_running"


@pytest.mark.parametrize("category", [Category.FRESH, Category.MEDICINE])
def test_fresh_goods_and_medicines_come_back_for_a_fault_only(category: Category) -> None:
    line = a_line(category=category)

    refused = decide(line=line)

    assert (refused.outcome, refused.alternative) == (Outcome.REFUSED, Alternative.QUALITY_CLAIM)
    assert refused.rule_id == f"return.no_reason/{category}"
    assert not decide(ReturnReason.LATE_DELIVERY, line).is_allowed
    assert decide(ReturnReason.QUALITY_FAULT, line).is_allowed


def test_goods_made_to_order_stay() -> None:
    assert decide(line=a_line(is_made_to_order=True)).reason == "made_to_order"


@pytest.mark.parametrize(
    ("confirmed", "condition", "allowed"),
    [
        (False, Condition.OPENED, True),
        (True, Condition.UNOPENED, True),
        (True, Condition.OPENED, False),
        (True, None, True),
    ],
)
def test_unsealed_goods_stay_only_if_the_buyer_confirmed_so_at_purchase(
    confirmed: bool, condition: Condition | None, allowed: bool
) -> None:
    line = a_line(category=Category.UNDERWEAR, no_return_ack_at=PLACED if confirmed else None)

    assert decide(line=line, facts={"condition": condition}).is_allowed is allowed


def test_used_goods_come_back_for_a_fault_only() -> None:
    used = {"condition": Condition.USED}

    assert decide(facts=used).rule_id == "return.intact"
    assert decide(ReturnReason.QUALITY_FAULT, facts=used).is_allowed


def test_pet_food_that_the_pet_refuses_comes_back_opened() -> None:
    food = a_line(category=Category.PET_FOOD)

    assert decide(ReturnReason.PET_REFUSES, food, facts={"condition": Condition.USED}).is_allowed


def test_a_fault_without_photos_is_refused_and_unknown_photos_are_asked_for() -> None:
    without = decide(ReturnReason.DAMAGED, facts={"photos": 0})
    unknown = decide(ReturnReason.DAMAGED, facts={"photos": None, "condition": None})

    assert (without.rule_id, without.alternative) == ("return.evidence", Alternative.PHOTOS)
    assert (unknown.outcome, unknown.asks) == (Outcome.ALLOWED, ("condition", "photos"))


def test_no_photos_are_asked_for_when_the_customer_changed_their_mind() -> None:
    assert decide(facts={"condition": None, "photos": None}).asks == ("condition",)


@pytest.mark.parametrize(("quantity", "allowed"), [(0, False), (1, True), (2, True), (3, False)])
def test_only_what_is_left_can_come_back(quantity: int, allowed: bool) -> None:
    line = a_line(quantity=3, returned_quantity=1, unit_fen=10_00)

    assert decide(line=line, facts={"quantity": quantity}).is_allowed is allowed


@pytest.mark.parametrize(
    ("unit_fen", "outcome"),
    [(1999_99, Outcome.ALLOWED), (2000_00, Outcome.ALLOWED), (2000_01, Outcome.NEEDS_HUMAN)],
)
def test_above_2000_yuan_a_person_looks(unit_fen: int, outcome: Outcome) -> None:
    assert decide(line=a_line(unit_fen=unit_fen)).outcome is outcome


@pytest.mark.parametrize(
    "reason", [ReturnReason.ALLERGIC, ReturnReason.SUSPECTED_FAKE, ReturnReason.EXPIRED]
)
def test_health_and_counterfeits_are_a_persons_call_even_late(reason: ReturnReason) -> None:
    assert decide(reason, now=SIGNED + timedelta(days=90)).outcome is Outcome.NEEDS_HUMAN


def test_a_fallen_price_is_offered_as_a_claim_instead() -> None:
    assert decide(ReturnReason.PRICE_DROPPED).alternative is Alternative.PRICE_PROTECTION


@pytest.mark.parametrize(
    ("facts", "rule"),
    [
        # Each case breaks this rule and every later one.
        ({"returning_quantity": 1, "condition": Condition.USED, "quantity": 9},
         "return.already_refunded"),
        ({"condition": Condition.USED, "quantity": 9}, "return.no_reason_hours"),
    ],
)  # fmt: skip
def test_the_first_obstacle_decides(facts: dict[str, Any], rule: str) -> None:
    late = SIGNED + timedelta(days=30)

    assert decide(line=a_line(is_made_to_order=True), now=late, facts=facts).rule_id == rule


def test_kind_comes_before_condition_and_condition_before_quantity() -> None:
    facts = {"condition": Condition.USED, "quantity": 9}

    assert decide(line=a_line(is_made_to_order=True), facts=facts).reason == "made_to_order"
    assert decide(facts=facts).reason == "used"
    assert decide(facts={"quantity": 9}).reason == "quantity_too_high"


def test_the_decision_names_who_is_at_fault_and_keeps_its_inputs() -> None:
    decision = decide(ReturnReason.LATE_DELIVERY)

    assert decision.fault is Fault.CARRIER
    assert decision.inputs["reason"] == "late_delivery"
    assert decision.inputs["signed_at"] == SIGNED.isoformat()


def test_a_missing_accessory_is_for_a_person_to_weigh() -> None:
    asked = decide(facts={"accessories_complete": False})

    assert (asked.outcome, asked.reason) == (Outcome.NEEDS_HUMAN, "accessories_missing")
    assert (asked.rule_id, asked.alternative) == ("return.accessories", Alternative.PERSON)
    assert asked.inputs["accessories_complete"] is False
    assert decide(facts={"accessories_complete": True}).is_allowed


def test_a_refusal_comes_before_accessories() -> None:
    late = decide(now=SIGNED + timedelta(days=9), facts={"accessories_complete": False})

    assert late.outcome is Outcome.REFUSED


@pytest.mark.parametrize(
    ("category", "condition", "asks"),
    [
        (Category.PHONES, Condition.OPENED, ("accessories_complete",)),
        (Category.APPLIANCES, None, ("condition", "accessories_complete")),
        (Category.PHONES, Condition.UNOPENED, ()),  # a sealed box holds everything
        (Category.CLOTHING, Condition.OPENED, ()),
    ],
)
def test_accessories_are_asked_of_goods_that_have_any(
    category: Category, condition: Condition | None, asks: tuple[str, ...]
) -> None:
    line = a_line(category=category)

    assert decide(line=line, facts={"condition": condition}).asks == asks


def test_a_gift_of_the_order_has_to_come_back_too() -> None:
    shirt = a_line(category=Category.CLOTHING)
    gift = a_line(line_id="l2", category=Category.CLOTHING, price_kind=PriceKind.GIFT)
    opened = (ReturnReason.WRONG_SIZE, Condition.OPENED)

    assert may_lack_parts(an_order(shirt, gift), shirt, *opened)
    assert not may_lack_parts(an_order(shirt, gift), gift, *opened)
    assert not may_lack_parts(an_order(shirt), shirt, *opened)


def test_who_tells_that_parts_were_missing_is_not_asked_about_them() -> None:
    decision = decide(ReturnReason.MISSING_PARTS, facts={"condition": Condition.OPENED})

    assert "accessories_complete" not in decision.asks


@pytest.mark.parametrize(
    "key",
    [
        "return_running", "already_refunded", "order_cancelled", "on_its_way", "not_shipped",
        "signing_unknown", "grave", "arrival_window_over", "window_over", "fault_exchange_only",
        "fault_repair_only", "warranty_over", "made_to_order", "excluded_fresh",
        "unsealed_as_confirmed", "used", "photos_missing", "quantity_too_high",
        "amount_above_limit", "accessories_missing",
    ],
)  # fmt: skip
def test_every_no_has_a_sentence_in_both_languages(key: str) -> None:
    assert "" != return_reason(key, "zh") != return_reason(key, "en") != ""


def test_a_plain_yes_needs_no_sentence() -> None:
    assert return_reason("allowed", "zh") == return_reason("allowed", "en") == ""
