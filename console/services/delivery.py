"""Where to, how fast and for how much: the shop's delivery terms for the customer who asks."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import time

from console.desk.delivery import DeliveryMethod, DeliveryRule, Window, arrival, methods_to
from console.desk.product import Product
from console.desk.region import region_of_address
from console.services.order import orders_of
from console.services.parts import Desk
from console.services.shop_call import answer_of
from console.storage.policy import policy_book

CUTOFF = "delivery.cutoff_hour"


@dataclass(frozen=True, slots=True)
class Way:
    """One method to the region, with the days of an order that is placed now."""

    rule: DeliveryRule
    window: Window

    @property
    def method(self) -> DeliveryMethod:
        return self.rule.method


async def ways_to(desk: Desk, region: str | None, product: Product | None) -> list[Way]:
    """Every method that is to be had there; none when nothing is delivered."""
    now = desk.clock.now()
    rules = await answer_of(desk, desk.shop.delivery_rules())
    book = await desk.database.read(policy_book)
    cutoff = time(book.number(CUTOFF, now))
    return [Way(rule, arrival(rule, now, cutoff)) for rule in methods_to(rules, region, product)]


async def last_region(desk: Desk, conversation_id: str) -> str | None:
    """Where the customer's newest order went; never asked when it is known."""
    orders = await orders_of(desk, conversation_id)
    return region_of_address(orders[0].receiver_address) if orders else None
