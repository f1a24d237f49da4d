"""Coupons: every check at its edge, and the order in which the checks speak."""

from __future__ import annotations

from dataclasses import replace
from datetime import timedelta

import pytest

from console.desk.coupon import (
    Coupon,
    CouponCheck,
    CouponGrant,
    Diagnosis,
    Purchase,
    best_usable,
    claimable,
    diagnose,
    live,
)
from console.desk.product import Category, Product
from console.desk.words import Words
from tests.given import NOW

SECOND = timedelta(seconds=1)
FRYER = Product(
    product_id="p1", title="炸锅", title_en="fryer", category=Category.APPLIANCES,
    price_fen=300_00, stock=1,
)  # fmt: skip
COUPON = Coupon(
    coupon_id="cp", title=Words("满 300 减 40", "40 off from 300"), off_fen=40_00,
    threshold_fen=300_00, starts_at=NOW, ends_at=NOW + SECOND,
    categories=(Category.APPLIANCES,), least_level=4, channels=("web",), stacks=False,
)  # fmt: skip
PURCHASE = Purchase(product=FRYER, amount_fen=300_00, level=4, channel="web")


def _failed(coupon: Coupon = COUPON, purchase: Purchase = PURCHASE) -> object:
    return diagnose(CouponGrant(coupon), purchase, NOW).failed


@pytest.mark.parametrize(
    ("at", "failed"),
    [
        (NOW - SECOND, CouponCheck.NOT_STARTED),
        (NOW, None),
        (NOW + SECOND - timedelta(microseconds=1), None),
        (NOW + SECOND, CouponCheck.EXPIRED),
        (NOW + 2 * SECOND, CouponCheck.EXPIRED),
    ],
)
def test_a_coupon_lives_from_its_first_second_to_before_its_last(at, failed) -> None:
    assert diagnose(CouponGrant(COUPON), PURCHASE, at).failed == failed


@pytest.mark.parametrize(
    ("amount_fen", "diagnosis"),
    [
        (299_99, (CouponCheck.UNDER_THRESHOLD, 1)),
        (300_00, (None, 0)),
        (300_01, (None, 0)),
    ],
)
def test_the_threshold_counts_to_the_fen_and_says_what_is_missing(amount_fen, diagnosis) -> None:
    found = diagnose(CouponGrant(COUPON), replace(PURCHASE, amount_fen=amount_fen), NOW)

    assert (found.failed, found.missing_fen) == diagnosis


@pytest.mark.parametrize(("level", "failed"), [(3, CouponCheck.LEVEL), (4, None), (5, None)])
def test_the_level_counts_from_its_own_on(level, failed) -> None:
    assert _failed(purchase=replace(PURCHASE, level=level)) == failed


def test_the_checks_speak_in_the_shops_order() -> None:
    """Everything is wrong at first; each repair lets the next check speak."""
    book = replace(FRYER, category=Category.FOOD)
    grant = CouponGrant(
        replace(COUPON, starts_at=NOW + SECOND, ends_at=NOW), used_at=NOW - timedelta(days=1)
    )
    purchase = Purchase(product=book, amount_fen=1, level=0, channel="app", has_promotion=True)
    said: list[CouponCheck | None] = []
    repairs = {
        CouponCheck.EXPIRED: lambda g, p: (_with(g, ends_at=NOW + SECOND), p),
        CouponCheck.NOT_STARTED: lambda g, p: (_with(g, starts_at=NOW), p),
        CouponCheck.WRONG_GOODS: lambda g, p: (g, replace(p, product=FRYER)),
        CouponCheck.UNDER_THRESHOLD: lambda g, p: (g, replace(p, amount_fen=300_00)),
        CouponCheck.LEVEL: lambda g, p: (g, replace(p, level=4)),
        CouponCheck.CHANNEL: lambda g, p: (g, replace(p, channel="web")),
        CouponCheck.STACKING: lambda g, p: (g, replace(p, has_promotion=False)),
        CouponCheck.USED: lambda g, p: (replace(g, used_at=None), p),
    }

    while (failed := diagnose(grant, purchase, NOW).failed) is not None:
        said.append(failed)
        grant, purchase = repairs[failed](grant, purchase)

    assert said == list(CouponCheck)
    assert diagnose(grant, purchase, NOW) == Diagnosis(grant, None)


def _with(grant: CouponGrant, **changes: object) -> CouponGrant:
    return replace(grant, coupon=replace(grant.coupon, **changes))  # type: ignore[arg-type]


def test_the_best_coupon_takes_most_off_and_a_tie_goes_to_what_ends_first() -> None:
    small = CouponGrant(replace(COUPON, coupon_id="small", off_fen=10_00))
    late = CouponGrant(replace(COUPON, coupon_id="late", ends_at=NOW + 9 * SECOND))
    soon = CouponGrant(COUPON)
    used = CouponGrant(replace(COUPON, coupon_id="used", off_fen=99_00), used_at=NOW)

    assert best_usable([small, late, soon, used], PURCHASE, NOW) == soon
    assert best_usable([used], PURCHASE, NOW) is None


def test_used_and_ended_coupons_are_not_live_and_what_one_has_is_not_claimed_again() -> None:
    coupon = replace(COUPON, is_claimable=True)
    other = replace(coupon, coupon_id="other")

    assert live([CouponGrant(coupon)], NOW) == [CouponGrant(coupon)]
    assert live([CouponGrant(coupon, NOW)], NOW) == []
    assert live([CouponGrant(coupon)], NOW + SECOND) == []
    assert claimable([coupon, other], [CouponGrant(coupon)], 4, NOW) == [other]
    assert claimable([other], [], 3, NOW) == []
    assert claimable([other], [], 4, NOW + SECOND) == []
    assert claimable([replace(other, is_claimable=False)], [], 4, NOW) == []
