"""Promotions: what they give, on which goods, from when to when. Which one applies is a rule."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime
from enum import StrEnum

from console.desk.product import Category, Product
from console.desk.words import Words


class PromotionKind(StrEnum):
    AMOUNT_OFF = "amount_off"  # `off_fen` from `threshold_fen` on
    SECOND_HALF = "second_half"  # every second piece costs half
    GIFT = "gift"  # something comes with it
    PRESALE = "presale"  # a deposit now, the rest later


@dataclass(frozen=True, slots=True)
class Deposit:
    """`counts_fen`: what the deposit is worth against the price. Times: when the rest is due."""

    deposit_fen: int
    counts_fen: int
    rest_from: datetime
    rest_until: datetime
    refund: Words  # when it goes back and when it does not


@dataclass(frozen=True, slots=True, kw_only=True)
class Promotion:
    """Half-open: over at `ends_at` to the second. Empty scopes mean all goods."""

    promotion_id: str
    kind: PromotionKind
    title: Words
    starts_at: datetime
    ends_at: datetime
    threshold_fen: int = 0
    off_fen: int = 0
    gift: Words | None = None
    deposit: Deposit | None = None
    product_ids: tuple[str, ...] = ()
    categories: tuple[Category, ...] = ()
    seller_id: str | None = None

    def is_on(self, now: datetime) -> bool:
        return self.starts_at <= now < self.ends_at

    def covers(self, product: Product) -> bool:
        if self.seller_id is not None and product.seller_id != self.seller_id:
            return False
        if self.product_ids:
            return product.product_id in self.product_ids
        return not self.categories or product.category in self.categories


def running(
    promotions: Iterable[Promotion], now: datetime, product: Product | None = None
) -> list[Promotion]:
    """Soonest over first; of one product when it is given."""
    found = [p for p in promotions if p.is_on(now) and (product is None or p.covers(product))]
    return sorted(found, key=lambda one: (one.ends_at, one.promotion_id))


def upcoming(
    promotions: Iterable[Promotion], now: datetime, product: Product | None = None
) -> list[Promotion]:
    """Soonest first."""
    found = [p for p in promotions if now < p.starts_at and (product is None or p.covers(product))]
    return sorted(found, key=lambda one: (one.starts_at, one.promotion_id))


def money_off(promotion: Promotion, unit_fen: int, quantity: int) -> int:
    """What the promotion takes off so many pieces; gifts and deposits take nothing off."""
    total = unit_fen * quantity
    match promotion.kind:
        case PromotionKind.AMOUNT_OFF:
            return promotion.off_fen if total >= promotion.threshold_fen else 0
        case PromotionKind.SECOND_HALF:
            return unit_fen // 2 * (quantity // 2)
        case _:
            return 0
