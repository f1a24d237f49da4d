"""The embedded shop: the port `Shop` over tables of its own in the desk's database.

It behaves like a foreign system on purpose: writes remember their key, money never exceeds what
was paid, and nothing of the desk is read. Warehouse and carrier are asked but never answer here.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace
from datetime import datetime, timedelta
from typing import Any

import sqlalchemy as sa
from sqlalchemy import Connection

from console.desk.errors import BadRequest
from console.desk.identity import new_id
from console.desk.masking import mask_text
from console.desk.order import SHIPPED, Order, OrderState, Parcel, Payment, PaymentSource
from console.desk.price_protection import Offer
from console.desk.product import PricePoint, Product, public_price
from console.desk.refund import slowest_source
from console.gateways.demo_goods import DemoGoods
from console.gateways.demo_orders import DemoOrders
from console.gateways.demo_returns import RETURN_ADDRESSES
from console.gateways.demo_window import DemoWindow
from console.gateways.demo_writes import once, own_order, pay_back
from console.gateways.shop import (
    GuestOrder,
    RefundKind,
    RefundState,
    ReturnAddress,
    ShopCustomer,
    ShopRefund,
    StopReceipt,
    StopState,
)
from console.storage import shop as rows

_SENT_AFTER = timedelta(minutes=2)
_ARRIVES_AFTER = {
    PaymentSource.POINTS: _SENT_AFTER,
    PaymentSource.BALANCE: _SENT_AFTER,
    PaymentSource.GIFT_CARD: _SENT_AFTER,
    PaymentSource.E_WALLET: timedelta(hours=12),
    PaymentSource.CARD: timedelta(days=3),
}


class DemoShop(DemoWindow, DemoGoods, DemoOrders):
    """`now` gives aware UTC."""

    async def customer(self, customer_no: str) -> ShopCustomer | None:
        return await self._database.read(lambda tx: _customer(tx, customer_no))

    async def customers(self) -> list[ShopCustomer]:
        """Everybody, for the sign-in list of the demo page; not part of the port."""
        return await self._database.read(_customers)

    async def orders_of(self, customer_no: str, *, limit: int = 50) -> list[Order]:
        return await self._database.read(lambda tx: rows.orders_of(tx, customer_no, limit))

    async def find_order(self, customer_no: str, order_no: str) -> Order | None:
        return await self._database.read(lambda tx: rows.order(tx, customer_no, order_no))

    async def guest_order(self, order_no: str, phone_last4: str) -> GuestOrder | None:
        found = await self._database.read(lambda tx: rows.guest_order(tx, order_no, phone_last4))
        return _for_guests(found) if found else None

    async def refunds_of(self, customer_no: str) -> list[ShopRefund]:
        now = self._now()
        return await self._database.read(lambda tx: _refunds_of(tx, customer_no, now))

    async def catalogue(self) -> list[Product]:
        return await self._database.read(rows.products)

    async def product(self, product_id: str) -> Product | None:
        return await self._database.read(lambda tx: rows.product(tx, product_id))

    async def price_history(self, product_id: str) -> list[PricePoint]:
        return await self._database.read(lambda tx: rows.price_points(tx, [product_id]))

    async def offers(self, products: Sequence[tuple[str, str]]) -> dict[tuple[str, str], Offer]:
        now = self._now()
        return await self._database.read(lambda tx: _offers(tx, products, now))

    async def refund(
        self, customer_no: str, order_no: str, amount_fen: int, kind: RefundKind, *, key: str
    ) -> ShopRefund:
        now = self._now()
        wish = {"refund": order_no, "customer": customer_no, "fen": amount_fen, "kind": kind}

        def work(tx: Connection) -> ShopRefund:
            answer = once(
                tx, key, wish, lambda: pay_back(tx, customer_no, order_no, amount_fen, kind, now)
            )
            return _refund(tx, answer, now)

        return await self._database.write(work)

    async def cancel(
        self, customer_no: str, order_no: str, reason: str, *, key: str
    ) -> StopReceipt:
        stoppable = {OrderState.UNPAID, OrderState.PAID}
        wish = {"cancel": order_no, "customer": customer_no, "reason": reason}
        return await self._stop(wish, key, stoppable, OrderState.CANCELLED, StopState.DONE)

    async def ask_warehouse(self, customer_no: str, order_no: str, *, key: str) -> StopReceipt:
        wish = {"ask_warehouse": order_no, "customer": customer_no}
        stoppable = {OrderState.PAID, OrderState.PICKED}
        return await self._stop(wish, key, stoppable, OrderState.CANCELLING, StopState.ASKED)

    async def intercept(self, customer_no: str, order_no: str, *, key: str) -> StopReceipt:
        wish = {"intercept": order_no, "customer": customer_no}
        stoppable = set(SHIPPED)
        return await self._stop(wish, key, stoppable, OrderState.CANCELLING, StopState.ASKED)

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
        wish = {"pickup": rma_no, "order": order_no, "at": at.isoformat() if at else None}
        wish |= {"address": address} if address else {}

        def work(tx: Connection) -> str:
            own_order(tx, customer_no, order_no)
            return once(tx, key, wish, lambda: new_id("pk"))

        return await self._database.write(work)

    async def cancel_pickup(
        self, customer_no: str, order_no: str, pickup_no: str, *, key: str
    ) -> None:
        """The demo shop has no couriers: what is kept is that the wish came, once."""

        def work(tx: Connection) -> None:
            own_order(tx, customer_no, order_no)
            once(tx, key, {"cancel_pickup": pickup_no}, lambda: pickup_no)

        await self._database.write(work)

    async def return_address(self, seller_id: str) -> ReturnAddress | None:
        return RETURN_ADDRESSES.get(seller_id)

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
        wish = {"take_back": line_id, "quantity": quantity, "freight": freight}

        def work(tx: Connection) -> None:
            order = own_order(tx, customer_no, order_no)
            once(tx, key, wish, lambda: _take_back(tx, order, line_id, quantity, freight=freight))

        await self._database.write(work)

    async def _stop(
        self,
        wish: dict[str, str],
        key: str,
        stoppable: set[OrderState],
        becomes: OrderState,
        done: StopState,
    ) -> StopReceipt:
        order_no, now = next(iter(wish.values())), self._now()

        def work(tx: Connection) -> StopReceipt:
            order = own_order(tx, wish["customer"], order_no)
            answer = once(tx, key, wish, lambda: _move(tx, order, stoppable, becomes, done, now))
            return StopReceipt(order_no=order_no, state=StopState(answer))

        return await self._database.write(work)


def _move(
    tx: Connection,
    order: Order,
    stoppable: set[OrderState],
    becomes: OrderState,
    done: StopState,
    now: datetime,
) -> str:
    if order.state not in stoppable:
        return StopState.TOO_LATE
    at = now if becomes is OrderState.CANCELLED else None
    rows.set_order_state(tx, order.order_no, becomes, at)
    return done


def _take_back(tx: Connection, order: Order, line_id: str, quantity: int, *, freight: bool) -> str:
    line = order.line(line_id)
    if line is None or not 1 <= quantity <= line.quantity_left:
        raise BadRequest("more than was bought", line_id=line_id)
    rows.add_returned(tx, order.order_no, line_id, quantity, freight=freight)
    return line_id


def _refund(tx: Connection, refund_no: str, now: datetime) -> ShopRefund:
    table = rows.shop_refunds
    row = tx.execute(sa.select(table).where(table.c.refund_no == refund_no)).one()
    return _refund_of(row, now)


def _for_guests(order: Order) -> GuestOrder:
    parcels = tuple(_parcel_for_guests(parcel) for parcel in order.parcels)
    return GuestOrder(
        order_no=order.order_no,
        state=order.state,
        promised_at=order.promised_at,
        parcels=parcels,
    )


def _parcel_for_guests(parcel: Parcel) -> Parcel:
    """Scans may name a courier's phone."""
    events = tuple(
        replace(event, text=mask_text(event.text), text_en=mask_text(event.text_en))
        for event in parcel.events
    )
    return replace(parcel, line_ids=(), events=events)


def _refunds_of(tx: Connection, customer_no: str, now: datetime) -> list[ShopRefund]:
    table, orders = rows.shop_refunds, rows.shop_orders
    query = (
        sa.select(table)
        .join(orders, orders.c.order_no == table.c.order_no)
        .where(orders.c.customer_no == customer_no)
        .order_by(table.c.created_at.desc(), table.c.refund_no.desc())
    )
    return [_refund_of(row, now) for row in tx.execute(query)]


def _refund_of(row: sa.Row[Any], now: datetime) -> ShopRefund:
    """How far a refund is follows from its age: the demo shop has no bank."""
    parts = tuple(Payment(PaymentSource(s), fen, position=at) for s, fen, at in row.parts)
    slowest = slowest_source(parts) or PaymentSource.BALANCE
    sent_at, arrived_at = row.created_at + _SENT_AFTER, row.created_at + _ARRIVES_AFTER[slowest]
    state = RefundState.ACCEPTED
    if now >= sent_at:
        state = RefundState.ARRIVED if now >= arrived_at else RefundState.SENT
    return ShopRefund(
        refund_no=row.refund_no,
        order_no=row.order_no,
        amount_fen=row.amount_fen,
        kind=RefundKind(row.kind),
        state=state,
        parts=parts,
        created_at=row.created_at,
        sent_at=sent_at if now >= sent_at else None,
        arrived_at=arrived_at if now >= arrived_at else None,
    )


def _customer(tx: Connection, customer_no: str) -> ShopCustomer | None:
    table = rows.shop_customers
    row = tx.execute(sa.select(table).where(table.c.customer_no == customer_no)).first()
    return ShopCustomer(**row._mapping) if row else None


def _customers(tx: Connection) -> list[ShopCustomer]:
    table = rows.shop_customers
    return [
        ShopCustomer(**row._mapping)
        for row in tx.execute(sa.select(table).order_by(table.c.customer_no))
    ]


def _offers(
    tx: Connection, wanted: Sequence[tuple[str, str]], now: datetime
) -> dict[tuple[str, str], Offer]:
    ids = [product_id for product_id, _ in wanted]
    products = rows.products_by_id(tx, ids)
    points = rows.price_points(tx, ids)
    offers = {}
    for product_id, seller_id in wanted:
        product = products.get(product_id)
        if product is None or product.seller_id != seller_id:
            continue
        mine = [point for point in points if point.product_id == product_id]
        price_fen = public_price(mine, now)
        offers[product_id, seller_id] = Offer(
            price_fen=product.price_fen if price_fen is None else price_fen,
            stock=product.stock,
            purchase_limit=product.purchase_limit,
        )
    return offers
