"""What a product comes to: list price, the best promotion, then the best coupon. Nothing invented.

A coupon that does not stack is weighed against the promotion; the customer hears the cheaper way.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, replace
from datetime import datetime

from console.desk.coupon import CouponGrant, Purchase, best_usable
from console.desk.product import Product
from console.desk.promotion import Promotion, money_off, running


@dataclass(frozen=True, slots=True, kw_only=True)
class BestPrice:
    """`total_fen` = `list_fen` − what promotion and coupon take off."""

    quantity: int
    list_fen: int
    promotion: Promotion | None = None
    promotion_fen: int = 0
    coupon: CouponGrant | None = None
    coupon_fen: int = 0

    @property
    def total_fen(self) -> int:
        return self.list_fen - self.promotion_fen - self.coupon_fen

    @property
    def is_reduced(self) -> bool:
        return self.total_fen < self.list_fen


def best_price(
    product: Product,
    quantity: int,
    promotions: Sequence[Promotion],
    grants: Sequence[CouponGrant],
    level: int,
    channel: str,
    now: datetime,
) -> BestPrice:
    """The cheaper of both ways: with the promotion, and without it (for coupons that stand alone).

    Ties go to the way with the promotion, which keeps the coupon.
    """
    plain = BestPrice(quantity=quantity, list_fen=product.price_fen * quantity)
    with_promotion = _with_promotion(plain, product, promotions, now)
    purchase = Purchase(product=product, amount_fen=0, level=level, channel=channel)
    ways = [
        _with_coupon(way, grants, purchase, now)
        for way in ([with_promotion, plain] if with_promotion.promotion else [plain])
    ]
    return min(ways, key=lambda way: way.total_fen)


def _with_promotion(
    price: BestPrice, product: Product, promotions: Sequence[Promotion], now: datetime
) -> BestPrice:
    offers = [
        (money_off(one, product.price_fen, price.quantity), one)
        for one in running(promotions, now, product)
    ]
    off_fen, promotion = max(offers, key=lambda offer: offer[0], default=(0, None))
    if off_fen == 0:
        return price
    return replace(price, promotion=promotion, promotion_fen=off_fen)


def _with_coupon(
    price: BestPrice, grants: Sequence[CouponGrant], purchase: Purchase, now: datetime
) -> BestPrice:
    to_pay = replace(
        purchase, amount_fen=price.total_fen, has_promotion=price.promotion is not None
    )
    coupon = best_usable(grants, to_pay, now)
    if coupon is None:
        return price
    return replace(price, coupon=coupon, coupon_fen=min(coupon.coupon.off_fen, price.total_fen))
