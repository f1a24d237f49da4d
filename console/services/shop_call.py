"""Asking the shop: with a time limit, and only ever for the verified customer of a conversation."""

from __future__ import annotations

import asyncio
from collections.abc import Awaitable
from dataclasses import dataclass

from sqlalchemy import Connection

from console.desk.customer import Customer
from console.desk.errors import NotFound, ShopDown
from console.desk.order import Order
from console.services.parts import Desk
from console.storage.conversation import customer_of


@dataclass(frozen=True, slots=True)
class Shopper:
    """A verified customer; visitors have no `Shopper`."""

    customer_no: str
    customer: Customer


async def answer_of[T](desk: Desk, call: Awaitable[T]) -> T:
    """Raises `ShopDown` when the shop takes too long; a write may still have happened."""
    try:
        async with asyncio.timeout(desk.settings.timers.shop_call_s):
            return await call
    except TimeoutError as error:
        raise ShopDown("the shop did not answer in time") from error


def shopper_of(tx: Connection, conversation_id: str) -> Shopper | None:
    customer = customer_of(tx, conversation_id)
    if not customer.verified or customer.shop_customer_no is None:
        return None
    return Shopper(customer.shop_customer_no, customer)


async def find_shopper(desk: Desk, conversation_id: str) -> Shopper | None:
    return await desk.database.read(lambda tx: shopper_of(tx, conversation_id))


async def own_order(desk: Desk, conversation_id: str, order_no: str) -> tuple[Shopper, Order]:
    """Raises `NotFound` alike for a visitor, a foreign order and one that does not exist."""
    shopper = await find_shopper(desk, conversation_id)
    if shopper is None:
        raise NotFound("order")
    order = await answer_of(desk, desk.shop.find_order(shopper.customer_no, order_no))
    if order is None:
        raise NotFound("order")
    return shopper, order
