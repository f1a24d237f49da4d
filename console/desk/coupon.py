"""Coupons: whether one can be used on a purchase, and if not, the first reason why.

The order of the checks is the shop's own (docs/sources.md#coupons) and is what the customer is
told: expired, not started, other goods, amount, account, channel, stacking, used.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable
from dataclasses import dataclass
from datetime import datetime
from enum import StrEnum

from console.desk.product import Category, Product
from console.desk.words import Words


@dataclass(frozen=True, slots=True, kw_only=True)
class Coupon:
    """Half-open: over at `ends_at` to the second. Empty scopes mean all goods or channels."""

    coupon_id: str
    title: Words
    off_fen: int
    threshold_fen: int
    starts_at: datetime
    ends_at: datetime
    product_ids: tuple[str, ...] = ()
    categories: tuple[Category, ...] = ()
    seller_id: str | None = None
    least_level: int = 0
    channels: tuple[str, ...] = ()
    stacks: bool = True  # with promotions
    is_claimable: bool = False

    def covers(self, product: Product) -> bool:
        if self.seller_id is not None and product.seller_id != self.seller_id:
            return False
        if self.product_ids:
            return product.product_id in self.product_ids
        return not self.categories or product.category in self.categories


@dataclass(frozen=True, slots=True)
class CouponGrant:
    """A coupon in a customer's account."""

    coupon: Coupon
    used_at: datetime | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class Purchase:
    """What the coupon is to be used on. `level`: the buyer's member level."""

    product: Product | None
    amount_fen: int
    level: int
    channel: str
    has_promotion: bool = False


class CouponCheck(StrEnum):
    """In the order in which they are looked at."""

    EXPIRED = "expired"
    NOT_STARTED = "not_started"
    WRONG_GOODS = "wrong_goods"
    UNDER_THRESHOLD = "under_threshold"
    LEVEL = "level"
    CHANNEL = "channel"
    STACKING = "stacking"
    USED = "used"


@dataclass(frozen=True, slots=True)
class Diagnosis:
    """`failed` is `None` for a coupon that can be used. `missing_fen`: up to the threshold."""

    grant: CouponGrant
    failed: CouponCheck | None
    missing_fen: int = 0

    @property
    def is_usable(self) -> bool:
        return self.failed is None


_Check = Callable[[CouponGrant, Purchase, datetime], bool]
_FAILS: tuple[tuple[CouponCheck, _Check], ...] = (
    (CouponCheck.EXPIRED, lambda grant, _, now: now >= grant.coupon.ends_at),
    (CouponCheck.NOT_STARTED, lambda grant, _, now: now < grant.coupon.starts_at),
    (
        CouponCheck.WRONG_GOODS,
        lambda grant, buy, _: buy.product is not None and not grant.coupon.covers(buy.product),
    ),
    (
        CouponCheck.UNDER_THRESHOLD,
        lambda grant, buy, _: (
            buy.product is not None and buy.amount_fen < grant.coupon.threshold_fen
        ),
    ),
    (CouponCheck.LEVEL, lambda grant, buy, _: buy.level < grant.coupon.least_level),
    (
        CouponCheck.CHANNEL,
        lambda grant, buy, _: (
            bool(grant.coupon.channels) and buy.channel not in grant.coupon.channels
        ),
    ),
    (
        CouponCheck.STACKING,
        lambda grant, buy, _: buy.has_promotion and not grant.coupon.stacks,
    ),
    (CouponCheck.USED, lambda grant, _, __: grant.used_at is not None),
)


def diagnose(grant: CouponGrant, purchase: Purchase, now: datetime) -> Diagnosis:
    """The first check that fails, in the order above."""
    failed = next((check for check, fails in _FAILS if fails(grant, purchase, now)), None)
    missing = 0
    if failed is CouponCheck.UNDER_THRESHOLD:
        missing = grant.coupon.threshold_fen - purchase.amount_fen
    return Diagnosis(grant, failed, missing)


def best_usable(
    grants: Iterable[CouponGrant], purchase: Purchase, now: datetime
) -> CouponGrant | None:
    """The one that takes most off; of equals, the one that is over first."""
    usable = [one for one in grants if diagnose(one, purchase, now).is_usable]
    usable.sort(key=lambda one: (-one.coupon.off_fen, one.coupon.ends_at, one.coupon.coupon_id))
    return usable[0] if usable else None


def live(grants: Iterable[CouponGrant], now: datetime) -> list[CouponGrant]:
    """Neither used nor over; soonest over first."""
    found = [one for one in grants if one.used_at is None and now < one.coupon.ends_at]
    return sorted(found, key=lambda one: (one.coupon.ends_at, one.coupon.coupon_id))


def claimable(
    coupons: Iterable[Coupon], grants: Iterable[CouponGrant], level: int, now: datetime
) -> list[Coupon]:
    """What the customer may still fetch; soonest over first."""
    had = {one.coupon.coupon_id for one in grants}
    found = [
        one
        for one in coupons
        if one.is_claimable
        and one.coupon_id not in had
        and one.starts_at <= now < one.ends_at
        and level >= one.least_level
    ]
    return sorted(found, key=lambda one: (one.ends_at, one.coupon_id))
