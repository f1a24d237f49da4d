"""The embedded shop's goods: variants and what is held of them, parts, guides, service."""

from __future__ import annotations

from collections.abc import Callable
from datetime import datetime
from typing import Any

from sqlalchemy import Connection

from console.desk.goods import Guide, OutOfStock, Part, ServiceCenter, Variant, variant_of
from console.desk.identity import new_id
from console.gateways.demo_writes import once, own_order
from console.storage import shop as shop_rows
from console.storage import shop_goods as rows
from console.storage.database import Database


class DemoGoods:
    """The half of the demo shop that keeps goods; `DemoShop` adds orders and money."""

    def __init__(self, database: Database, now: Callable[[], datetime]) -> None:
        self._database = database
        self._now = now

    async def variants(self, product_id: str) -> list[Variant]:
        now = self._now()
        return await self._database.read(lambda tx: rows.variants(tx, product_id, now))

    async def parts(self, product_id: str) -> list[Part]:
        return await self._database.read(lambda tx: rows.parts(tx, product_id))

    async def guides(self, product_id: str) -> list[Guide]:
        return await self._database.read(lambda tx: rows.guides(tx, product_id))

    async def service_centers(self) -> list[ServiceCenter]:
        return await self._database.read(rows.service_centers)

    async def delivers_itself(self, customer_no: str, order_no: str) -> bool:
        def query(tx: Connection) -> bool:
            order = shop_rows.order(tx, customer_no, order_no)
            cities = rows.own_delivery_cities(tx)
            return order is not None and any(city in order.receiver_address for city in cities)

        return await self._database.read(query)

    async def line_of_serial(self, customer_no: str, serial_no: str) -> tuple[str, str] | None:
        def query(tx: Connection) -> tuple[str, str] | None:
            found = rows.line_of_serial(tx, serial_no)
            is_own = found and shop_rows.order(tx, customer_no, found[0]) is not None
            return found if is_own else None

        return await self._database.read(query)

    async def reserve(
        self,
        customer_no: str,
        order_no: str,
        product_id: str,
        variant: str,
        quantity: int,
        until: datetime,
        *,
        key: str,
    ) -> str:
        wanted, now = (product_id, variant, quantity), self._now()
        wish = {"reserve": list(wanted), "order": order_no}

        def work(tx: Connection) -> str:
            own_order(tx, customer_no, order_no)
            return once(tx, key, wish, lambda: _hold(tx, order_no, wanted, until, now))

        return await self._database.write(work)

    async def send_again(
        self, customer_no: str, order_no: str, rma_no: str, what: str, quantity: int, *, key: str
    ) -> str:
        wish: dict[str, Any] = {"send": what, "quantity": quantity, "rma": rma_no}

        def work(tx: Connection) -> str:
            own_order(tx, customer_no, order_no)
            return once(tx, key, wish, lambda: _send(tx, order_no, what, quantity, self._now()))

        return await self._database.write(work)


def _hold(
    tx: Connection, order_no: str, wanted: tuple[str, str, int], until: datetime, now: datetime
) -> str:
    product_id, variant, quantity = wanted
    found = variant_of(rows.variants(tx, product_id, now), variant)
    if found is None or found.stock < quantity:
        raise OutOfStock(product_id=product_id)
    reservation_no = new_id("rv")
    rows.insert_reservation(tx, reservation_no, order_no, wanted, until)
    return reservation_no


def _send(tx: Connection, order_no: str, what: str, quantity: int, now: datetime) -> str:
    product_id, is_variant, variant = what.partition("/")
    done = (
        _take_held_or_free(tx, order_no, (product_id, variant, quantity), now)
        if is_variant
        else rows.take_part(tx, what, quantity)
    )
    if not done:
        raise OutOfStock(what=what)
    return new_id("sh")


def _take_held_or_free(
    tx: Connection, order_no: str, wanted: tuple[str, str, int], now: datetime
) -> bool:
    """What was held for the order is held no more: it leaves the shelf once. Nobody else's is."""
    rows.end_reservation(tx, order_no, wanted, now)
    product_id, variant, quantity = wanted
    found = variant_of(rows.variants(tx, product_id, now), variant)
    is_free = found is not None and found.stock >= quantity
    return is_free and rows.take_variant(tx, product_id, variant, quantity)
