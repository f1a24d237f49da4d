"""Orders as the shop tells them: lines, parcels, payments, and the words for their states.

Orders belong to the shop; the desk reads them through the port `gateways/shop.py` and keeps none.
"""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime
from enum import StrEnum
from typing import Protocol

from console.desk.money import net_paid
from console.desk.product import SELF_OPERATED, Category, PriceKind

SUFFIX_DIGITS = 4


class OrderState(StrEnum):
    UNPAID = "unpaid"
    PAID = "paid"  # nobody has touched it in the warehouse
    PICKED = "picked"  # off the shelf, not yet with the carrier
    IN_TRANSIT = "in_transit"
    DELIVERING = "delivering"  # the courier has it today
    SIGNED = "signed"
    CANCELLING = "cancelling"  # the warehouse or the carrier was asked to stop it
    CANCELLED = "cancelled"


SHIPPED = frozenset({OrderState.IN_TRANSIT, OrderState.DELIVERING})


class ParcelState(StrEnum):
    PACKED = "packed"
    IN_TRANSIT = "in_transit"
    DELIVERING = "delivering"
    SIGNED = "signed"


class PaymentSource(StrEnum):
    POINTS = "points"
    BALANCE = "balance"
    GIFT_CARD = "gift_card"
    E_WALLET = "e_wallet"
    CARD = "card"


@dataclass(frozen=True, slots=True)
class Payment:
    """`position` is the order of use, 0 first; refunds go the other way round."""

    source: PaymentSource
    amount_fen: int
    refunded_fen: int = 0
    position: int = 0


@dataclass(frozen=True, slots=True)
class ParcelEvent:
    at: datetime
    place: str
    text: str
    text_en: str
    place_en: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class Parcel:
    """`events`: oldest first. `origin_city`: where it was sent from, if the shop says so."""

    waybill_no: str
    carrier: str
    carrier_en: str
    state: ParcelState
    line_ids: tuple[str, ...]
    promised_at: datetime | None = None
    signed_at: datetime | None = None
    events: tuple[ParcelEvent, ...] = ()
    origin_city: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class OrderLine:
    """Promotion and coupon are this line's shares. `no_return_ack_at`: the buyer confirmed then
    that unsealed goods of this kind do not come back (docs/sources.md#returns)."""

    line_id: str
    product_id: str
    title: str
    title_en: str
    variant: str
    quantity: int
    unit_fen: int
    category: Category
    promotion_fen: int = 0
    coupon_fen: int = 0
    returned_quantity: int = 0
    variant_en: str = ""  # where the shop knows one
    price_kind: PriceKind = PriceKind.PUBLIC
    is_made_to_order: bool = False
    no_return_ack_at: datetime | None = None
    image: str = ""

    @property
    def quantity_left(self) -> int:
        return self.quantity - self.returned_quantity

    def variant_label(self, lang: str) -> str:
        return self.variant_en if lang == "en" and self.variant_en else self.variant


class Trackable(Protocol):
    """How an order stands and where it is: all that a guest's order has in common with `Order`."""

    @property
    def order_no(self) -> str: ...

    @property
    def state(self) -> OrderState: ...

    @property
    def promised_at(self) -> datetime | None: ...

    @property
    def parcels(self) -> tuple[Parcel, ...]: ...


@dataclass(frozen=True, slots=True, kw_only=True)
class Order:
    order_no: str
    customer_no: str
    state: OrderState
    placed_at: datetime
    lines: tuple[OrderLine, ...]
    seller_id: str = SELF_OPERATED
    store_name: str = ""
    store_name_en: str = ""
    paid_at: datetime | None = None
    promised_at: datetime | None = None
    cancelled_at: datetime | None = None
    freight_fen: int = 0
    is_freight_refunded: bool = False
    payments: tuple[Payment, ...] = ()
    parcels: tuple[Parcel, ...] = ()
    receiver_name: str = ""
    receiver_phone: str = ""
    receiver_address: str = ""

    @property
    def seller_type(self) -> str:
        return "self" if self.seller_id == SELF_OPERATED else "third_party"

    @property
    def total_fen(self) -> int:
        return sum(net_paid(line) for line in self.lines) + self.freight_fen

    def line(self, line_id: str) -> OrderLine | None:
        return next((line for line in self.lines if line.line_id == line_id), None)

    def signed_at(self, line_id: str) -> datetime | None:
        """When the parcel with this line was signed for; each parcel has its own clock."""
        parcels = [parcel for parcel in self.parcels if line_id in parcel.line_ids]
        signed = [parcel.signed_at for parcel in parcels if parcel.signed_at is not None]
        return max(signed) if parcels and len(signed) == len(parcels) else None


def match_order(orders: Iterable[Order], number: str) -> Order | None:
    """By full number, else by an ending of at least four digits that only one order has."""
    candidates = list(orders)
    exact = [order for order in candidates if order.order_no == number]
    if exact or len(number) < SUFFIX_DIGITS:
        return exact[0] if exact else None
    ending = [order for order in candidates if order.order_no.endswith(number)]
    return ending[0] if len(ending) == 1 else None


_ORDER_STATES = {
    OrderState.UNPAID: ("待付款", "Awaiting payment"),
    OrderState.PAID: ("已付款，待出库", "Paid, not shipped yet"),
    OrderState.PICKED: ("已拣货，待交给快递", "Picked, about to ship"),
    OrderState.IN_TRANSIT: ("运输中", "In transit"),
    OrderState.DELIVERING: ("派送中", "Out for delivery"),
    OrderState.SIGNED: ("已签收", "Delivered"),
    OrderState.CANCELLING: ("取消处理中", "Cancellation in progress"),
    OrderState.CANCELLED: ("已取消", "Cancelled"),
}
_PARCEL_STATES = {
    ParcelState.PACKED: ("已打包", "Packed"),
    ParcelState.IN_TRANSIT: ("运输中", "In transit"),
    ParcelState.DELIVERING: ("派送中", "Out for delivery"),
    ParcelState.SIGNED: ("已签收", "Delivered"),
}


def order_state_label(state: OrderState, lang: str) -> str:
    return _ORDER_STATES[state][lang == "en"]


def parcel_state_label(state: ParcelState, lang: str) -> str:
    return _PARCEL_STATES[state][lang == "en"]
