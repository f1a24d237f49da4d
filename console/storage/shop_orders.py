"""The embedded shop's books beside the order itself: charges, invoices, notes, booked times."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import asdict
from datetime import datetime
from typing import Any

import sqlalchemy as sa
from sqlalchemy import Connection

from console.desk.charge import Charge, ChargeFailure, ChargeState
from console.desk.invoice import InvoiceWish, TitleKind
from console.desk.order import OrderLine, PaymentSource
from console.storage.columns import Instant, metadata
from console.storage.shop import shop_order_lines, shop_orders

shop_charges = sa.Table(
    "shop_charge",
    metadata,
    sa.Column("charge_no", sa.Text, primary_key=True),
    sa.Column("order_no", sa.Text, sa.ForeignKey("shop_order.order_no"), nullable=False),
    sa.Column("source", sa.Text, nullable=False),
    sa.Column("amount_fen", sa.Integer, nullable=False),
    sa.Column("state", sa.Text, nullable=False),
    sa.Column("at", Instant, nullable=False),
    sa.Column("failure", sa.Text),
    sa.Index("ix_shop_charge_order", "order_no"),
)
shop_invoices = sa.Table(
    "shop_invoice",
    metadata,
    sa.Column("invoice_no", sa.Text, primary_key=True),
    sa.Column("order_no", sa.Text, sa.ForeignKey("shop_order.order_no"), nullable=False),
    sa.Column("title_kind", sa.Text, nullable=False),
    sa.Column("title", sa.Text, nullable=False),
    sa.Column("tax_no", sa.Text, nullable=False),
    sa.Column("email", sa.Text, nullable=False),
    sa.Column("amount_fen", sa.Integer, nullable=False),
    sa.Column("requested_at", Instant, nullable=False),
    sa.Column("is_replaced", sa.Boolean, nullable=False),
    sa.Column("changes", sa.Integer, nullable=False),
    sa.Index("ix_shop_invoice_order", "order_no"),
)
shop_order_notes = sa.Table(
    "shop_order_note",
    metadata,
    sa.Column("id", sa.Text, primary_key=True),
    sa.Column("order_no", sa.Text, sa.ForeignKey("shop_order.order_no"), nullable=False),
    sa.Column("text", sa.Text, nullable=False),
    sa.Column("at", Instant, nullable=False),
    sa.Index("ix_shop_order_note_order", "order_no"),
)
shop_deliveries = sa.Table(
    "shop_delivery",
    metadata,
    sa.Column("order_no", sa.Text, sa.ForeignKey("shop_order.order_no"), primary_key=True),
    sa.Column("at", Instant, nullable=False),
    sa.Column("label", sa.Text, nullable=False),
)


def insert_charges(tx: Connection, charges: Iterable[Charge]) -> None:
    tx.execute(shop_charges.insert(), [asdict(one) for one in charges])


def charges_of(tx: Connection, customer_no: str, order_no: str) -> list[Charge]:
    query = (
        sa.select(shop_charges)
        .join(shop_orders, shop_orders.c.order_no == shop_charges.c.order_no)
        .where(shop_charges.c.order_no == order_no, shop_orders.c.customer_no == customer_no)
        .order_by(shop_charges.c.at, shop_charges.c.charge_no)
    )
    return [_charge_of(row) for row in tx.execute(query)]


def _charge_of(row: sa.Row[Any]) -> Charge:
    values = dict(row._mapping)
    values["source"] = PaymentSource(row.source)
    values["state"] = ChargeState(row.state)
    values["failure"] = ChargeFailure(row.failure) if row.failure else None
    return Charge(**values)


def insert_invoice(
    tx: Connection,
    invoice_no: str,
    order_no: str,
    wish: InvoiceWish,
    amount_fen: int,
    at: datetime,
) -> None:
    """The earlier one of the order is void from now on."""
    table = shop_invoices
    mine = (table.c.order_no == order_no, table.c.is_replaced.is_(False))
    earlier = tx.execute(sa.select(table.c.changes).where(*mine)).scalars().all()
    tx.execute(table.update().where(*mine).values(is_replaced=True))
    values = {**asdict(wish), "amount_fen": amount_fen, "requested_at": at}
    changes = max(earlier) + 1 if earlier else 0
    tx.execute(
        table.insert().values(
            **values, invoice_no=invoice_no, order_no=order_no, is_replaced=False, changes=changes
        )
    )


def invoice_rows(tx: Connection, customer_no: str) -> list[sa.Row[Any]]:
    """Newest first."""
    query = (
        sa.select(shop_invoices)
        .join(shop_orders, shop_orders.c.order_no == shop_invoices.c.order_no)
        .where(shop_orders.c.customer_no == customer_no)
        .order_by(shop_invoices.c.requested_at.desc(), shop_invoices.c.changes.desc())
    )
    return list(tx.execute(query))


def wish_of(row: sa.Row[Any]) -> InvoiceWish:
    return InvoiceWish(
        title_kind=TitleKind(row.title_kind), title=row.title, tax_no=row.tax_no, email=row.email
    )


def set_invoice_email(tx: Connection, invoice_no: str, email: str) -> None:
    mine = shop_invoices.c.invoice_no == invoice_no
    tx.execute(shop_invoices.update().where(mine).values(email=email))


def insert_note(tx: Connection, note_id: str, order_no: str, text: str, at: datetime) -> None:
    tx.execute(shop_order_notes.insert().values(id=note_id, order_no=order_no, text=text, at=at))


def book_delivery(tx: Connection, order_no: str, at: datetime, label: str) -> None:
    """A later wish takes the place of the earlier."""
    tx.execute(shop_deliveries.delete().where(shop_deliveries.c.order_no == order_no))
    tx.execute(shop_deliveries.insert().values(order_no=order_no, at=at, label=label))
    tx.execute(
        shop_orders.update().where(shop_orders.c.order_no == order_no).values(promised_at=at)
    )


def set_receiver(tx: Connection, order_no: str, values: dict[str, str]) -> None:
    tx.execute(shop_orders.update().where(shop_orders.c.order_no == order_no).values(**values))


def set_line(tx: Connection, line: OrderLine) -> None:
    changed = ("variant", "quantity", "unit_fen", "promotion_fen", "coupon_fen")
    mine = shop_order_lines.c.line_id == line.line_id
    values = {name: getattr(line, name) for name in changed}
    tx.execute(shop_order_lines.update().where(mine).values(**values))
