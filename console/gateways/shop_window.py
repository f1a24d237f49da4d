"""The part of the shop's port that answers before anything is bought. Reading only, but for one.

As all of the port: every method raises `ShopDown` when the shop does not answer.
"""

from __future__ import annotations

from collections.abc import Sequence
from typing import Protocol

from console.desk.coupon import Coupon, CouponGrant
from console.desk.delivery import DeliveryRule
from console.desk.membership import Benefit, Member
from console.desk.payment_method import PaymentMethod
from console.desk.product_sheet import ProductSheet
from console.desk.promotion import Promotion
from console.desk.seller import Seller
from console.desk.stock import StockLevel


class ShopWindow(Protocol):
    """What a shop tells about its goods and terms; coupons and levels only of one customer."""

    async def sheet(self, product_id: str) -> ProductSheet | None: ...

    async def sheets(self) -> list[ProductSheet]: ...

    async def stock(self, product_ids: Sequence[str]) -> list[StockLevel]:
        """By variant and by the regions that each warehouse serves."""
        ...

    async def promotions(self) -> list[Promotion]:
        """Running, coming and past."""
        ...

    async def coupons(self) -> list[Coupon]:
        """Everything that was ever issued, whoever has it."""
        ...

    async def coupons_of(self, customer_no: str) -> list[CouponGrant]: ...

    async def delivery_rules(self) -> list[DeliveryRule]: ...

    async def payment_methods(self) -> list[PaymentMethod]: ...

    async def sellers(self) -> list[Seller]: ...

    async def benefits(self) -> list[Benefit]:
        """Of every band, in the order in which they are told."""
        ...

    async def member(self, customer_no: str) -> Member | None: ...

    async def allow_marketing(
        self, customer_no: str, channels: Sequence[str], *, is_allowed: bool, key: str
    ) -> None:
        """The shop's own mailings obey from now on; a repeat changes nothing."""
        ...
