"""The embedded shop's answers before a purchase: `ShopWindow` over tables of its own."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import replace
from datetime import datetime

from sqlalchemy import Connection

from console.desk.coupon import Coupon, CouponGrant
from console.desk.delivery import DeliveryRule
from console.desk.membership import Benefit, Member
from console.desk.payment_method import PaymentMethod
from console.desk.product_sheet import ProductSheet
from console.desk.promotion import Promotion
from console.desk.seller import Seller
from console.desk.stock import StockLevel
from console.storage import shop as shop_rows
from console.storage import shop_window as rows
from console.storage.database import Database

PROMOTION, DELIVERY, PAYMENT = "promotion", "delivery", "payment_method"
SELLER, BENEFIT = "seller", "benefit"


class DemoWindow:
    """`now` gives aware UTC."""

    def __init__(self, database: Database, now: Callable[[], datetime]) -> None:
        self._database = database
        self._now = now

    async def sheet(self, product_id: str) -> ProductSheet | None:
        return await self._database.read(lambda tx: rows.sheet(tx, product_id))

    async def sheets(self) -> list[ProductSheet]:
        return await self._database.read(rows.sheets)

    async def stock(self, product_ids: Sequence[str]) -> list[StockLevel]:
        now = self._now()
        levels = await self._database.read(lambda tx: rows.stock_levels(tx, product_ids))
        return [_arrived(level, now) for level in levels]

    async def promotions(self) -> list[Promotion]:
        return await self._terms(PROMOTION, Promotion)

    async def coupons(self) -> list[Coupon]:
        return await self._database.read(rows.coupons)

    async def coupons_of(self, customer_no: str) -> list[CouponGrant]:
        return await self._database.read(lambda tx: rows.grants_of(tx, customer_no))

    async def delivery_rules(self) -> list[DeliveryRule]:
        return await self._terms(DELIVERY, DeliveryRule)

    async def payment_methods(self) -> list[PaymentMethod]:
        return await self._terms(PAYMENT, PaymentMethod)

    async def sellers(self) -> list[Seller]:
        return await self._terms(SELLER, Seller)

    async def benefits(self) -> list[Benefit]:
        return await self._terms(BENEFIT, Benefit)

    async def member(self, customer_no: str) -> Member | None:
        return await self._database.read(lambda tx: _member(tx, customer_no))

    async def allow_marketing(
        self, customer_no: str, channels: Sequence[str], *, is_allowed: bool, key: str
    ) -> None:
        """Setting a switch to where it stands changes nothing, so the key is not remembered."""
        at = self._now()
        await self._database.write(
            lambda tx: rows.set_marketing(tx, customer_no, channels, is_allowed=is_allowed, at=at)
        )

    async def _terms[T](self, kind: str, made_of: type[T]) -> list[T]:
        return await self._database.read(lambda tx: rows.terms(tx, kind, made_of))


_DELIVERED = 20  # pieces that come with an arrival


def _arrived(level: StockLevel, now: datetime) -> StockLevel:
    """What was due is on the shelf: the demo shop has no warehouse that counts it in."""
    if level.arrives_at is None or now < level.arrives_at:
        return level
    return replace(level, quantity=level.quantity + _DELIVERED, arrives_at=None)


def _member(tx: Connection, customer_no: str) -> Member | None:
    level = shop_rows.member_level(tx, customer_no)
    return None if level is None else rows.member(tx, customer_no, level)
