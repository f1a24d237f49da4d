"""Delivery before an order exists: how, where to, how fast and for how much.

A rule that names the region beats one for everywhere. Days are natural days in Shanghai.
"""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date, datetime, time, timedelta
from enum import StrEnum

from console.desk.product import SELF_OPERATED, Category, Product
from console.desk.wording import SHANGHAI
from console.desk.words import Words


class DeliveryMethod(StrEnum):
    DOOR = "door"
    EXPRESS = "express"  # faster, for a fee
    PICKUP_POINT = "pickup_point"  # the customer fetches it


@dataclass(frozen=True, slots=True, kw_only=True)
class DeliveryRule:
    """No `regions`: everywhere that no other rule of the method names.

    `free_from_fen`: from this amount on there is no fee; `None`: there always is.
    """

    rule_id: str
    method: DeliveryMethod
    seller_id: str = SELF_OPERATED
    regions: tuple[str, ...] = ()
    is_served: bool = True
    days_from: int = 0
    days_until: int = 0
    fee_fen: int = 0
    free_from_fen: int | None = None
    carrier: Words | None = None
    note: Words | None = None
    not_for: tuple[Category, ...] = ()


@dataclass(frozen=True, slots=True)
class Window:
    """First and last day, both included."""

    first: date
    last: date


def rule_for(
    rules: Iterable[DeliveryRule],
    method: DeliveryMethod,
    region: str | None,
    product: Product | None = None,
) -> DeliveryRule | None:
    """`None`: not to be had there. A region that is served for other goods only is not served."""
    seller_id = product.seller_id if product else SELF_OPERATED
    mine = [one for one in rules if one.method is method and one.seller_id == seller_id]
    named = [one for one in mine if region is not None and region in one.regions]
    general = [one for one in mine if not one.regions]
    chosen = next(iter(named or general), None)
    if chosen is None or not chosen.is_served:
        return None
    if product is not None and product.category in chosen.not_for:
        return None
    return chosen


def methods_to(
    rules: Iterable[DeliveryRule], region: str | None, product: Product | None = None
) -> list[DeliveryRule]:
    """One rule per method that is to be had, in the order of `DeliveryMethod`."""
    every = list(rules)
    found = (rule_for(every, method, region, product) for method in DeliveryMethod)
    return [one for one in found if one is not None]


def fee_of(rule: DeliveryRule, amount_fen: int) -> int:
    is_free = rule.free_from_fen is not None and amount_fen >= rule.free_from_fen
    return 0 if is_free else rule.fee_fen


def arrival(rule: DeliveryRule, now: datetime, cutoff: time) -> Window:
    """Ordered now. From `cutoff` on (Shanghai) it leaves the warehouse a day later."""
    local = now.astimezone(SHANGHAI)
    ships = local.date() + timedelta(days=0 if local.time() < cutoff else 1)
    return Window(ships + timedelta(days=rule.days_from), ships + timedelta(days=rule.days_until))
