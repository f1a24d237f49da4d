"""Price protection: the amount, the window to the second, and why a line earns nothing."""

from __future__ import annotations

from datetime import timedelta
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from console.desk.order import OrderLine, OrderState
from console.desk.policy import PolicyBook, PolicyRow, Scope
from console.desk.policy_defaults import DEFAULT_POLICIES
from console.desk.price_protection import (
    BotLimits,
    ClaimCode,
    ClaimFacts,
    ClaimVerdict,
    Offer,
    apply_bot_limits,
    decide_claim,
)
from console.desk.product import Category, PriceKind
from tests.desk.shop_samples import PLACED, POLICIES, SECOND, SIGNED, a_line, an_order

SOON = SIGNED + timedelta(days=1)


def verdict_for(
    line: OrderLine | None = None,
    *,
    price_fen: int = 850_00,
    claimed_fen: int = 0,
    in_audit: bool = False,
    now: Any = SOON,
    policies: PolicyBook = POLICIES,
    is_returning: bool = False,
    stock: int = 5,
    purchase_limit: int | None = None,
    **order: Any,
) -> ClaimVerdict:
    line = line or a_line()
    facts = ClaimFacts(
        order=an_order(line, **order),
        line=line,
        offer=Offer(price_fen=price_fen, stock=stock, purchase_limit=purchase_limit),
        claimed_fen=claimed_fen,
        in_audit=in_audit,
        is_returning=is_returning,
    )
    return decide_claim(facts, policies, now)


@pytest.mark.parametrize(
    ("price_fen", "claimed_fen", "code", "claim_fen"),
    [
        (850_00, 0, ClaimCode.PAID, 50_00),
        (920_00, 0, ClaimCode.NO_DROP, 0),
        (900_00, 0, ClaimCode.NO_DROP, 0),
        (899_99, 0, ClaimCode.PAID, 1),
        (800_00, 50_00, ClaimCode.PAID, 50_00),
        (850_00, 50_00, ClaimCode.NO_DROP, 0),
        (880_00, 50_00, ClaimCode.NO_DROP, 0),
    ],
)
def test_the_claim_is_what_was_paid_above_todays_price_less_earlier_claims(
    price_fen: int, claimed_fen: int, code: ClaimCode, claim_fen: int
) -> None:
    line = a_line(unit_fen=1000_00, coupon_fen=100_00)

    verdict = verdict_for(line, price_fen=price_fen, claimed_fen=claimed_fen)

    assert (verdict.code, verdict.claim_fen) == (code, claim_fen)


def test_three_units_whose_coupon_share_does_not_divide_lose_no_fen() -> None:
    line = a_line(unit_fen=100_00, quantity=3, coupon_fen=1_00)

    assert verdict_for(line, price_fen=90_00).claim_fen == 29_00


def test_only_the_units_that_were_kept_are_protected() -> None:
    line = a_line(unit_fen=100_00, quantity=3, returned_quantity=1)

    assert verdict_for(line, price_fen=90_00).claim_fen == 20_00


def test_a_claim_that_was_paid_before_is_named_as_the_reason() -> None:
    assert verdict_for(claimed_fen=150_00).reason == "already_claimed"


def test_a_claim_that_waits_for_a_person_is_not_called_paid() -> None:
    assert verdict_for(claimed_fen=150_00, in_audit=True).reason == "in_audit"
    assert verdict_for(claimed_fen=150_00, in_audit=True, price_fen=1_000_00).reason == "no_drop"


@pytest.mark.parametrize(
    ("category", "days"),
    [
        (Category.PET_SUPPLIES, 7),
        (Category.PHONES, 15),
        (Category.COMPUTERS, 15),
        (Category.DIGITAL, 15),
        (Category.APPLIANCES, 30),
        (Category.BABY_CONSUMABLES, 90),
    ],
)
def test_the_window_of_each_category_ends_to_the_second(category: Category, days: int) -> None:
    line, end = a_line(category=category), SIGNED + timedelta(days=days)

    assert verdict_for(line, now=end - SECOND).code is ClaimCode.PAID
    assert verdict_for(line, now=end).code is ClaimCode.WINDOW_OVER
    assert verdict_for(line, now=end + SECOND).code is ClaimCode.WINDOW_OVER


def test_price_fall_on_day_31_earns_nothing_with_a_30_day_window() -> None:
    line = a_line(category=Category.APPLIANCES)

    verdict = verdict_for(line, now=SIGNED + timedelta(days=30, hours=1))

    assert (verdict.code, verdict.days_left, verdict.claim_fen) == (ClaimCode.WINDOW_OVER, 0, 0)
    assert verdict.rule_id == "price_protection.window_days/appliances"


@pytest.mark.parametrize("state", [OrderState.PAID, OrderState.PICKED, OrderState.IN_TRANSIT])
def test_protection_always_holds_before_signing(state: OrderState) -> None:
    verdict = verdict_for(now=PLACED + timedelta(days=60), state=state)

    assert (verdict.code, verdict.days_left) == (ClaimCode.PAID, None)


@pytest.mark.parametrize(
    ("kwargs", "code", "reason"),
    [
        ({"state": OrderState.CANCELLED}, ClaimCode.RETURNING, "cancelled"),
        ({"is_returning": True}, ClaimCode.RETURNING, "returning"),
        ({"line": a_line(returned_quantity=1)}, ClaimCode.RETURNING, "returning"),
        ({"state": OrderState.UNPAID}, ClaimCode.NO_DROP, "unpaid"),
        ({"line": a_line(price_kind=PriceKind.FLASH_SALE)}, ClaimCode.PROMO_EXCLUDED,
         "promo_flash_sale"),
        ({"line": a_line(price_kind=PriceKind.GIFT)}, ClaimCode.PROMO_EXCLUDED, "promo_gift"),
        ({"seller_id": "s9"}, ClaimCode.SELLER_NOT_JOINED, "seller_not_joined"),
        ({"stock": 0}, ClaimCode.NO_STOCK, "no_stock"),
        ({"line": a_line(quantity=3), "purchase_limit": 2}, ClaimCode.LIMIT,
         "over_purchase_limit"),
    ],
)  # fmt: skip
def test_the_first_obstacle_names_the_code_and_pays_nothing(
    kwargs: dict[str, Any], code: ClaimCode, reason: str
) -> None:
    verdict = verdict_for(**kwargs)

    assert (verdict.code, verdict.reason, verdict.claim_fen) == (code, reason, 0)


def test_a_signing_that_nobody_dated_is_a_persons_call() -> None:
    verdict = verdict_for(signed_at=None)

    assert (verdict.code, verdict.reason, verdict.claim_fen) == (
        ClaimCode.AUDIT, "signing_unknown", 150_00,
    )  # fmt: skip


def test_exactly_the_purchase_limit_is_still_protected() -> None:
    verdict = verdict_for(a_line(quantity=2), purchase_limit=2)

    assert verdict.code is ClaimCode.PAID


def test_a_seller_that_joined_is_protected() -> None:
    row = PolicyRow(
        id="joined/s9", key="price_protection.joined", value=True, valid_from=PLACED,
        scope=Scope.SELLER, scope_id="s9",
    )  # fmt: skip

    verdict = verdict_for(seller_id="s9", policies=PolicyBook([*DEFAULT_POLICIES, row]))

    assert verdict.code is ClaimCode.PAID


def test_the_decision_keeps_its_inputs() -> None:
    inputs = verdict_for(claimed_fen=50_00).inputs

    assert inputs["claimed_fen"] == 50_00
    assert inputs["current_unit_fen"] == 850_00
    assert inputs["window_days"] == 7


@given(
    unit=st.integers(1, 500_000),
    quantity=st.integers(1, 9),
    prices=st.lists(st.integers(1, 500_000), min_size=1, max_size=6),
)
def test_all_claims_together_never_exceed_the_difference_to_the_lowest_price(
    unit: int, quantity: int, prices: list[int]
) -> None:
    line, claimed = a_line(unit_fen=unit, quantity=quantity), 0

    for price in prices:
        claimed += verdict_for(line, price_fen=price, claimed_fen=claimed).claim_fen

    assert claimed == max(0, unit - min(prices)) * quantity


def paid(claim_fen: int, line_id: str = "l1") -> ClaimVerdict:
    return ClaimVerdict(
        order_no="1", line_id=line_id, code=ClaimCode.PAID, reason="paid", rule_id="r",
        claim_fen=claim_fen,
    )  # fmt: skip


LIMITS = BotLimits(200_00, 500_00)


@pytest.mark.parametrize(
    ("claim_fen", "code"),
    [(199_99, ClaimCode.PAID), (200_00, ClaimCode.PAID), (200_01, ClaimCode.AUDIT)],
)
def test_a_claim_above_200_yuan_goes_to_a_person(claim_fen: int, code: ClaimCode) -> None:
    [checked] = apply_bot_limits([paid(claim_fen)], LIMITS, paid_today_fen=0)

    assert (checked.code, checked.claim_fen) == (code, claim_fen)


@pytest.mark.parametrize(
    ("paid_today", "code"),
    [(399_99, ClaimCode.PAID), (400_00, ClaimCode.PAID), (400_01, ClaimCode.AUDIT)],
)
def test_a_day_holds_500_yuan_for_one_customer(paid_today: int, code: ClaimCode) -> None:
    [checked] = apply_bot_limits([paid(100_00)], LIMITS, paid_today_fen=paid_today)

    assert checked.code is code


def test_a_small_claim_behind_a_large_one_is_still_paid() -> None:
    checked = apply_bot_limits(
        [
            paid(150_00, "a"),
            paid(150_00, "b"),
            paid(180_00, "c"),
            paid(220_00, "d"),
            paid(50_00, "e"),
        ],
        LIMITS,
        paid_today_fen=100_00,
    )

    assert [one.code for one in checked] == ["PAID", "PAID", "AUDIT", "AUDIT", "PAID"]
    assert checked[2].rule_id == "limits.price_claims_per_day_fen"
    assert checked[3].rule_id == "limits.price_claim_fen"
