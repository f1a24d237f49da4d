"""The cheaper of two ways: the promotion, or a coupon that stands alone."""

from __future__ import annotations

from dataclasses import replace
from datetime import timedelta

import pytest

from console.desk.best_price import best_price
from console.desk.coupon import Coupon, CouponGrant
from console.desk.product import Category, Product
from console.desk.promotion import Promotion, PromotionKind
from console.desk.words import Words
from tests.given import NOW

COAT = Product(
    product_id="p1", title="大衣", title_en="coat", category=Category.CLOTHING,
    price_fen=300_00, stock=1,
)  # fmt: skip
END = NOW + timedelta(days=1)
OFF_40 = Promotion(
    promotion_id="pm", kind=PromotionKind.AMOUNT_OFF, title=Words("减", "off"), starts_at=NOW,
    ends_at=END, threshold_fen=300_00, off_fen=40_00,
)  # fmt: skip
COUPON = CouponGrant(
    Coupon(
        coupon_id="cp",
        title=Words("券", "coupon"),
        off_fen=30_00,
        threshold_fen=260_00,
        starts_at=NOW,
        ends_at=END,
    )
)


def _alone(off_fen: int) -> CouponGrant:
    return CouponGrant(replace(COUPON.coupon, off_fen=off_fen, stacks=False))


def test_a_coupon_that_stacks_comes_after_the_promotion() -> None:
    price = best_price(COAT, 1, [OFF_40], [COUPON], 0, "web", NOW)

    assert (price.promotion_fen, price.coupon_fen, price.total_fen) == (40_00, 30_00, 230_00)


def test_the_threshold_counts_after_the_promotion() -> None:
    dear = CouponGrant(replace(COUPON.coupon, threshold_fen=260_01))

    assert best_price(COAT, 1, [OFF_40], [dear], 0, "web", NOW).coupon is None


@pytest.mark.parametrize(
    ("off_fen", "total_fen", "has_promotion"),
    [(39_99, 260_00, True), (40_00, 260_00, True), (40_01, 259_99, False)],
)
def test_a_coupon_that_stands_alone_is_weighed_against_the_promotion(
    off_fen, total_fen, has_promotion
) -> None:
    price = best_price(COAT, 1, [OFF_40], [_alone(off_fen)], 0, "web", NOW)

    assert price.total_fen == total_fen
    assert (price.promotion is not None) is has_promotion


def test_nothing_goes_below_zero_and_nothing_is_taken_off_without_offers() -> None:
    cheap = replace(COAT, price_fen=20_00)
    gift = CouponGrant(replace(COUPON.coupon, threshold_fen=0))

    assert best_price(cheap, 1, [], [gift], 0, "web", NOW).total_fen == 0
    assert best_price(COAT, 2, [], [], 0, "web", NOW).total_fen == 600_00
