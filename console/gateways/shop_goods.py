"""The part of the shop's port that is about goods: variants, parts, guides, service, sending.

Rules for writes and silence are those of `gateways/shop.py`.
"""

from __future__ import annotations

from datetime import datetime
from typing import Protocol

from console.desk.goods import Guide, Part, ServiceCenter, Variant


class GoodsShop(Protocol):
    async def variants(self, product_id: str) -> list[Variant]: ...

    async def parts(self, product_id: str) -> list[Part]: ...

    async def guides(self, product_id: str) -> list[Guide]: ...

    async def service_centers(self) -> list[ServiceCenter]: ...

    async def delivers_itself(self, customer_no: str, order_no: str) -> bool:
        """Whether the shop's own couriers reach the address of the order."""
        ...

    async def line_of_serial(self, customer_no: str, serial_no: str) -> tuple[str, str] | None:
        """(order, line) of a serial number that this customer bought; `None` for any other."""
        ...

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
        """The number of the reservation. Raises `OutOfStock`."""
        ...

    async def send_again(
        self, customer_no: str, order_no: str, rma_no: str, what: str, quantity: int, *, key: str
    ) -> str:
        """Sends a variant or a spare part once more; the number of the shipment.

        `what`: "<product id>/<variant>", or the id of a part. Raises `OutOfStock`.
        """
        ...
