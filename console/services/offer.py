"""Promotions and coupons for the customer who asks: prices with them, and why one does not work."""

from __future__ import annotations

import asyncio
from dataclasses import dataclass

from console.desk.best_price import BestPrice, best_price
from console.desk.coupon import (
    Coupon,
    CouponGrant,
    Diagnosis,
    Purchase,
    best_usable,
    claimable,
    diagnose,
    live,
)
from console.desk.product import Product
from console.desk.promotion import Promotion, running, upcoming
from console.services.parts import Desk
from console.services.shop_call import answer_of, find_shopper

CHANNEL = "web"  # where the widget's customers buy


@dataclass(frozen=True, slots=True)
class Wallet:
    """`grants`: everything in the account, spent or not; empty for a visitor (`level` 0)."""

    grants: list[CouponGrant]
    claimable: list[Coupon]
    level: int
    is_signed_in: bool


@dataclass(frozen=True, slots=True)
class Offers:
    """Promotions of one product, or of the whole shop."""

    running: list[Promotion]
    upcoming: list[Promotion]


async def offers(desk: Desk, product: Product | None) -> Offers:
    now = desk.clock.now()
    every = await answer_of(desk, desk.shop.promotions())
    return Offers(running(every, now, product), upcoming(every, now, product))


async def wallet(desk: Desk, conversation_id: str) -> Wallet:
    now = desk.clock.now()
    shopper = await find_shopper(desk, conversation_id)
    every = await answer_of(desk, desk.shop.coupons())
    if shopper is None:
        return Wallet([], claimable(every, [], 0, now), 0, is_signed_in=False)
    mine, member = await asyncio.gather(
        answer_of(desk, desk.shop.coupons_of(shopper.customer_no)),
        answer_of(desk, desk.shop.member(shopper.customer_no)),
    )
    level = member.level if member else shopper.customer.member_level
    return Wallet(mine, claimable(every, mine, level, now), level, is_signed_in=True)


async def price_of(
    desk: Desk, conversation_id: str, product: Product, quantity: int, *, with_claimable: bool
) -> BestPrice:
    """What the customer pays now; `with_claimable`: as if free coupons were fetched first."""
    promotions = await answer_of(desk, desk.shop.promotions())
    mine = await wallet(desk, conversation_id)
    grants = list(mine.grants)
    if with_claimable:
        grants += [CouponGrant(one) for one in mine.claimable]
    return best_price(product, quantity, promotions, grants, mine.level, CHANNEL, desk.clock.now())


@dataclass(frozen=True, slots=True)
class CouponAnswer:
    """`nearest`: another coupon of the account that works; `to_claim`: one that may be fetched."""

    diagnoses: list[Diagnosis]
    nearest: CouponGrant | None
    to_claim: Coupon | None


async def diagnose_coupons(
    desk: Desk,
    conversation_id: str,
    product: Product | None,
    quantity: int,
    coupon_id: str | None = None,
) -> CouponAnswer:
    """Of one coupon, or of all in the account: the live ones before the others."""
    now, mine = desk.clock.now(), await wallet(desk, conversation_id)
    promotions = await answer_of(desk, desk.shop.promotions())
    purchase = _purchase(product, quantity, mine, promotions, desk)
    asked = [one for one in mine.grants if coupon_id in (None, one.coupon.coupon_id)]
    fresh = live(asked, now)
    ordered = fresh + [one for one in asked if one not in fresh]
    others = [CouponGrant(one) for one in mine.claimable]
    fetch = best_usable(others, purchase, now) if product is not None else None
    nearest = best_usable(mine.grants, purchase, now) if product is not None else None
    return CouponAnswer(
        [diagnose(one, purchase, now) for one in ordered], nearest, fetch.coupon if fetch else None
    )


def _purchase(
    product: Product | None,
    quantity: int,
    mine: Wallet,
    promotions: list[Promotion],
    desk: Desk,
) -> Purchase:
    """At the price after the promotion that the till takes off first."""
    if product is None:
        return Purchase(product=None, amount_fen=0, level=mine.level, channel=CHANNEL)
    now = desk.clock.now()
    price = best_price(product, quantity, promotions, [], mine.level, CHANNEL, now)
    return Purchase(
        product=product,
        amount_fen=price.total_fen,
        level=mine.level,
        channel=CHANNEL,
        has_promotion=price.promotion is not None,
    )
