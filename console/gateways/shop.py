"""The port to the shop's own order system. The desk asks for one customer at a time.

Every write carries an idempotency key: the same key gives the first answer again and does nothing;
the same key with another wish is `SameIdOtherContent`. When the shop does not answer, every method
raises `ShopDown`; a write may then have happened or not, and is repeated with its key.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime
from enum import StrEnum
from typing import Protocol

from console.desk.order import Order, OrderState, Parcel, Payment
from console.desk.price_protection import Offer
from console.desk.product import PricePoint, Product
from console.gateways.shop_goods import GoodsShop
from console.gateways.shop_orders import OrderShop
from console.gateways.shop_window import ShopWindow


@dataclass(frozen=True, slots=True, kw_only=True)
class ShopCustomer:
    """As the shop knows them; `phone` is a mobile number in full and never leaves masked places."""

    customer_no: str
    name: str
    phone: str
    member_level: int


class RefundKind(StrEnum):
    PRICE_CLAIM = "price_claim"
    CANCELLATION = "cancellation"
    RETURN = "return"
    ITEM_CHANGE = "item_change"  # what was ordered became cheaper


class RefundState(StrEnum):
    ACCEPTED = "accepted"  # the shop's finance has it
    SENT = "sent"  # with the bank or wallet
    ARRIVED = "arrived"


@dataclass(frozen=True, slots=True, kw_only=True)
class ShopRefund:
    """`parts`: what goes back to which source, last used first."""

    refund_no: str
    order_no: str
    amount_fen: int
    kind: RefundKind
    state: RefundState
    parts: tuple[Payment, ...]
    created_at: datetime
    sent_at: datetime | None = None
    arrived_at: datetime | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class ReturnAddress:
    """Where a seller takes goods back."""

    receiver: str
    phone: str
    address: str


class StopState(StrEnum):
    """What became of the wish to stop an order."""

    DONE = "done"  # cancelled
    ASKED = "asked"  # warehouse or carrier will answer
    TOO_LATE = "too_late"  # the order has moved on


@dataclass(frozen=True, slots=True, kw_only=True)
class StopReceipt:
    order_no: str
    state: StopState


@dataclass(frozen=True, slots=True, kw_only=True)
class GuestOrder:
    """What somebody without an account sees: no person, no address, no money, no goods."""

    order_no: str
    state: OrderState
    promised_at: datetime | None
    parcels: tuple[Parcel, ...]


class Shop(ShopWindow, GoodsShop, OrderShop, Protocol):
    """Orders are found only together with the customer they belong to, or with a guest's proof."""

    async def customer(self, customer_no: str) -> ShopCustomer | None: ...

    async def orders_of(self, customer_no: str, *, limit: int = 50) -> list[Order]:
        """Newest first."""
        ...

    async def find_order(self, customer_no: str, order_no: str) -> Order | None:
        """`None` for an order of somebody else as for one that does not exist."""
        ...

    async def guest_order(self, order_no: str, phone_last4: str) -> GuestOrder | None:
        """By the whole number and the last four digits of the receiver's phone.

        `None` for wrong digits as for an order that does not exist, in the same time.
        """
        ...

    async def refunds_of(self, customer_no: str) -> list[ShopRefund]:
        """Newest first."""
        ...

    async def catalogue(self) -> list[Product]: ...

    async def product(self, product_id: str) -> Product | None: ...

    async def price_history(self, product_id: str) -> list[PricePoint]:
        """Oldest first."""
        ...

    async def offers(self, products: Sequence[tuple[str, str]]) -> dict[tuple[str, str], Offer]:
        """Public offers of now by (product id, seller id); what is not sold any more is missing."""
        ...

    async def refund(
        self, customer_no: str, order_no: str, amount_fen: int, kind: RefundKind, *, key: str
    ) -> ShopRefund:
        """Raises `BadRequest` when more would go back than was paid."""
        ...

    async def cancel(
        self, customer_no: str, order_no: str, reason: str, *, key: str
    ) -> StopReceipt:
        """Ends an order that nobody has picked yet; money is refunded by a call of its own."""
        ...

    async def ask_warehouse(self, customer_no: str, order_no: str, *, key: str) -> StopReceipt: ...

    async def intercept(self, customer_no: str, order_no: str, *, key: str) -> StopReceipt: ...

    async def book_pickup(
        self,
        customer_no: str,
        order_no: str,
        rma_no: str,
        at: datetime | None,
        *,
        key: str,
        address: str = "",
    ) -> str:
        """The number of the pickup order. A later one replaces the earlier of the same request.

        `address`: where the courier comes, when not to the receiver of the order.
        """
        ...

    async def cancel_pickup(
        self, customer_no: str, order_no: str, pickup_no: str, *, key: str
    ) -> None:
        """Nobody comes any more; a pickup that is over stays as it was."""
        ...

    async def return_address(self, seller_id: str) -> ReturnAddress | None:
        """`None` when the seller takes nothing back by parcel."""
        ...

    async def take_back(
        self,
        customer_no: str,
        order_no: str,
        line_id: str,
        quantity: int,
        *,
        freight: bool,
        key: str,
    ) -> None:
        """The warehouse books the units as returned; `freight`: the original freight went back.

        Raises `BadRequest` when more would come back than was bought.
        """
        ...
