"""The embedded shop's order desk: changes before and after picking, charges, invoices."""

from __future__ import annotations

import secrets
from collections.abc import Callable
from datetime import datetime, timedelta
from typing import Any

import sqlalchemy as sa
from sqlalchemy import Connection

from console.desk.charge import Charge
from console.desk.errors import BadRequest, NotFound
from console.desk.goods import OutOfStock, variant_of
from console.desk.identity import new_id
from console.desk.invoice import Invoice, InvoiceState, InvoiceWish
from console.desk.money import net_paid
from console.desk.order import SHIPPED, Order, OrderLine, OrderState
from console.desk.order_change import changed_line, may_book_delivery
from console.gateways.demo_writes import once, own_order, pay_back
from console.gateways.shop import RefundKind
from console.gateways.shop_orders import ChangeState, Receiver
from console.storage import shop as shop_rows
from console.storage import shop_goods as goods
from console.storage import shop_orders as rows
from console.storage.database import Database

_ISSUED_AFTER = timedelta(minutes=10)  # since it was asked for, or since the order was completed
_BEFORE_PICKING = frozenset({OrderState.UNPAID, OrderState.PAID})


class DemoOrders:
    """`now` gives aware UTC."""

    def __init__(self, database: Database, now: Callable[[], datetime]) -> None:
        self._database = database
        self._now = now

    async def change_receiver(
        self, customer_no: str, order_no: str, receiver: Receiver, *, key: str
    ) -> ChangeState:
        """A courier who was asked never answers here, so nothing is written then."""
        told = {"name": receiver.name, "phone": receiver.phone, "address": receiver.address}
        wish = {"receiver": told, "order": order_no}

        def work(tx: Connection, order: Order) -> str:
            if order.state in _BEFORE_PICKING:
                values = {f"receiver_{name}": value for name, value in told.items() if value}
                rows.set_receiver(tx, order_no, values)
                return ChangeState.DONE
            is_out = order.state in SHIPPED | {OrderState.PICKED}
            return ChangeState.ASKED if is_out else ChangeState.TOO_LATE

        return await self._change(customer_no, order_no, wish, key, work)

    async def change_line(
        self,
        customer_no: str,
        order_no: str,
        line_id: str,
        variant: str,
        quantity: int,
        *,
        key: str,
    ) -> ChangeState:
        wish = {"line": line_id, "variant": variant, "quantity": quantity}
        now = self._now()

        def work(tx: Connection, order: Order) -> str:
            line = order.line(line_id)
            if line is None:
                raise NotFound("line")
            if order.state not in _BEFORE_PICKING:
                return ChangeState.TOO_LATE
            changed = _taken(tx, line, variant, quantity, now)
            saved = net_paid(line) - net_paid(changed)
            if order.state is OrderState.PAID and saved < 0:
                raise BadRequest("dearer than what was paid", line_id=line_id)
            rows.set_line(tx, changed)
            if order.state is OrderState.PAID and saved > 0:
                pay_back(tx, customer_no, order_no, saved, RefundKind.ITEM_CHANGE, now)
            return ChangeState.DONE

        return await self._change(customer_no, order_no, wish, key, work)

    async def leave_note(
        self, customer_no: str, order_no: str, text: str, *, key: str
    ) -> ChangeState:
        wish, now = {"note": text, "order": order_no}, self._now()

        def work(tx: Connection, order: Order) -> str:
            if order.state not in _BEFORE_PICKING | SHIPPED | {OrderState.PICKED}:
                return ChangeState.TOO_LATE
            rows.insert_note(tx, new_id("nt"), order_no, text, now)
            return ChangeState.DONE

        return await self._change(customer_no, order_no, wish, key, work)

    async def book_delivery(
        self, customer_no: str, order_no: str, at: datetime, label: str, *, key: str
    ) -> ChangeState:
        wish = {"delivery": at.isoformat(), "order": order_no}

        def work(tx: Connection, order: Order) -> str:
            if not may_book_delivery(order.state):
                return ChangeState.TOO_LATE
            rows.book_delivery(tx, order_no, at, label)
            return ChangeState.DONE

        return await self._change(customer_no, order_no, wish, key, work)

    async def _change(
        self,
        customer_no: str,
        order_no: str,
        wish: dict[str, Any],
        key: str,
        work: Callable[[Connection, Order], str],
    ) -> ChangeState:
        def write(tx: Connection) -> ChangeState:
            order = own_order(tx, customer_no, order_no)
            return ChangeState(once(tx, key, wish, lambda: work(tx, order)))

        return await self._database.write(write)

    async def charges_of(self, customer_no: str, order_no: str) -> list[Charge]:
        return await self._database.read(lambda tx: rows.charges_of(tx, customer_no, order_no))

    async def invoices_of(self, customer_no: str) -> list[Invoice]:
        now = self._now()
        return await self._database.read(lambda tx: _invoices(tx, customer_no, now))

    async def request_invoice(
        self, customer_no: str, order_no: str, wish: InvoiceWish, amount_fen: int, *, key: str
    ) -> Invoice:
        now = self._now()
        asked = {"invoice": order_no, "title": wish.title, "tax_no": wish.tax_no}

        def work(tx: Connection) -> Invoice:
            own_order(tx, customer_no, order_no)
            number = once(tx, key, asked, lambda: _issue(tx, order_no, wish, amount_fen, now))
            return _invoice(tx, customer_no, number, now)

        return await self._database.write(work)

    async def send_invoice(
        self, customer_no: str, invoice_no: str, email: str, *, key: str
    ) -> Invoice:
        """The demo shop has no post office: it only keeps the address."""
        now = self._now()

        def send(tx: Connection) -> str:
            rows.set_invoice_email(tx, invoice_no, email)
            return invoice_no

        def work(tx: Connection) -> Invoice:
            _invoice(tx, customer_no, invoice_no, now)
            once(tx, key, {"send": invoice_no, "to": email}, lambda: send(tx))
            return _invoice(tx, customer_no, invoice_no, now)

        return await self._database.write(work)


def _taken(
    tx: Connection, line: OrderLine, variant: str, quantity: int, now: datetime
) -> OrderLine:
    """The changed line; what it needs more is off the shelf."""
    found = variant_of(goods.variants(tx, line.product_id, now), variant)
    needed = quantity if variant != line.variant else quantity - line.quantity
    if found is None or found.stock < needed:
        raise OutOfStock(product_id=line.product_id)
    if needed > 0 and not goods.take_variant(tx, line.product_id, variant, needed):
        raise OutOfStock(product_id=line.product_id)
    return changed_line(line, variant, quantity, found.price_fen)


def _issue(tx: Connection, order_no: str, wish: InvoiceWish, amount_fen: int, now: datetime) -> str:
    number = f"FP{secrets.randbelow(9 * 10**9) + 10**9}"
    rows.insert_invoice(tx, number, order_no, wish, amount_fen, now)
    return number


def _invoice(tx: Connection, customer_no: str, invoice_no: str, now: datetime) -> Invoice:
    mine = _invoices(tx, customer_no, now)
    found = next((one for one in mine if one.invoice_no == invoice_no), None)
    if found is None:
        raise NotFound("invoice")
    return found


def _invoices(tx: Connection, customer_no: str, now: datetime) -> list[Invoice]:
    orders = {one.order_no: one for one in shop_rows.orders_of(tx, customer_no, 200)}
    found = rows.invoice_rows(tx, customer_no)
    return [_invoice_of(row, orders[row.order_no], now) for row in found if row.order_no in orders]


def _invoice_of(row: sa.Row[Any], order: Order, now: datetime) -> Invoice:
    """How far it is follows from its age: the demo shop has no tax office."""
    completed = [parcel.signed_at for parcel in order.parcels if parcel.signed_at]
    is_completed = order.state is OrderState.SIGNED
    issued_at = max([row.requested_at, *completed]) + _ISSUED_AFTER if is_completed else None
    is_issued = issued_at is not None and now >= issued_at
    state = InvoiceState.ISSUING if is_completed else InvoiceState.WAITING
    if row.is_replaced:
        state = InvoiceState.REPLACED
    elif is_issued:
        state = InvoiceState.ISSUED
    return Invoice(
        invoice_no=row.invoice_no,
        order_no=row.order_no,
        wish=rows.wish_of(row),
        amount_fen=row.amount_fen,
        state=state,
        requested_at=row.requested_at,
        issued_at=issued_at if is_issued else None,
        changes=row.changes,
    )
