"""Tables of the embedded shop, and its rows as dataclasses. The desk reads them only by the port.

Names start with `shop_`: a merchant's own system replaces the lot.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Sequence
from dataclasses import asdict
from datetime import datetime
from typing import Any

import sqlalchemy as sa
from sqlalchemy import Connection

from console.desk.order import (
    Order,
    OrderLine,
    OrderState,
    Parcel,
    ParcelEvent,
    ParcelState,
    Payment,
    PaymentSource,
)
from console.desk.product import Category, PriceKind, PricePoint, Product
from console.storage.columns import Instant, Json, metadata
from console.storage.prepared import Prepared, PreparedList

shop_customers = sa.Table(
    "shop_customer",
    metadata,
    sa.Column("customer_no", sa.Text, primary_key=True),
    sa.Column("name", sa.Text, nullable=False),
    sa.Column("phone", sa.Text, nullable=False),
    sa.Column("member_level", sa.Integer, nullable=False),
)
shop_products = sa.Table(
    "shop_product",
    metadata,
    sa.Column("product_id", sa.Text, primary_key=True),
    sa.Column("title", sa.Text, nullable=False),
    sa.Column("title_en", sa.Text, nullable=False),
    sa.Column("category", sa.Text, nullable=False),
    sa.Column("price_fen", sa.Integer, nullable=False),
    sa.Column("stock", sa.Integer, nullable=False),
    sa.Column("seller_id", sa.Text, nullable=False),
    sa.Column("store_name", sa.Text, nullable=False),
    sa.Column("store_name_en", sa.Text, nullable=False),
    sa.Column("keywords", Json, nullable=False),
    sa.Column("point", sa.Text, nullable=False),
    sa.Column("point_en", sa.Text, nullable=False),
    sa.Column("purchase_limit", sa.Integer),
    sa.Column("image", sa.Text, nullable=False),
)
shop_price_points = sa.Table(
    "shop_price_point",
    metadata,
    sa.Column("product_id", sa.Text, sa.ForeignKey("shop_product.product_id"), primary_key=True),
    sa.Column("at", Instant, primary_key=True, autoincrement=False),
    sa.Column("price_fen", sa.Integer, nullable=False),
    sa.Column("kind", sa.Text, nullable=False),
)
shop_orders = sa.Table(
    "shop_order",
    metadata,
    sa.Column("order_no", sa.Text, primary_key=True),
    sa.Column("customer_no", sa.Text, sa.ForeignKey("shop_customer.customer_no"), nullable=False),
    sa.Column("state", sa.Text, nullable=False),
    sa.Column("placed_at", Instant, nullable=False),
    sa.Column("paid_at", Instant),
    sa.Column("promised_at", Instant),
    sa.Column("cancelled_at", Instant),
    sa.Column("seller_id", sa.Text, nullable=False),
    sa.Column("store_name", sa.Text, nullable=False),
    sa.Column("store_name_en", sa.Text, nullable=False),
    sa.Column("freight_fen", sa.Integer, nullable=False),
    sa.Column("is_freight_refunded", sa.Boolean, nullable=False),
    sa.Column("receiver_name", sa.Text, nullable=False),
    sa.Column("receiver_phone", sa.Text, nullable=False),
    sa.Column("receiver_address", sa.Text, nullable=False),
    sa.Index("ix_shop_order_customer", "customer_no", "placed_at"),
)
shop_order_lines = sa.Table(
    "shop_order_line",
    metadata,
    sa.Column("line_id", sa.Text, primary_key=True),
    sa.Column("order_no", sa.Text, sa.ForeignKey("shop_order.order_no"), nullable=False),
    sa.Column("product_id", sa.Text, sa.ForeignKey("shop_product.product_id"), nullable=False),
    sa.Column("title", sa.Text, nullable=False),
    sa.Column("title_en", sa.Text, nullable=False),
    sa.Column("variant", sa.Text, nullable=False),
    sa.Column("quantity", sa.Integer, nullable=False),
    sa.Column("unit_fen", sa.Integer, nullable=False),
    sa.Column("category", sa.Text, nullable=False),
    sa.Column("promotion_fen", sa.Integer, nullable=False),
    sa.Column("coupon_fen", sa.Integer, nullable=False),
    sa.Column("returned_quantity", sa.Integer, nullable=False),
    sa.Column("price_kind", sa.Text, nullable=False),
    sa.Column("is_made_to_order", sa.Boolean, nullable=False),
    sa.Column("no_return_ack_at", Instant),
    sa.Column("image", sa.Text, nullable=False),
    sa.Index("ix_shop_order_line_order", "order_no"),
)
shop_parcels = sa.Table(
    "shop_parcel",
    metadata,
    sa.Column("waybill_no", sa.Text, primary_key=True),
    sa.Column("order_no", sa.Text, sa.ForeignKey("shop_order.order_no"), nullable=False),
    sa.Column("carrier", sa.Text, nullable=False),
    sa.Column("carrier_en", sa.Text, nullable=False),
    sa.Column("state", sa.Text, nullable=False),
    sa.Column("line_ids", Json, nullable=False),
    sa.Column("promised_at", Instant),
    sa.Column("signed_at", Instant),
    sa.Column("origin_city", sa.Text, nullable=False),
    sa.Index("ix_shop_parcel_order", "order_no"),
)
shop_parcel_events = sa.Table(
    "shop_parcel_event",
    metadata,
    sa.Column("waybill_no", sa.Text, sa.ForeignKey("shop_parcel.waybill_no"), primary_key=True),
    sa.Column("position", sa.Integer, primary_key=True, autoincrement=False),
    sa.Column("at", Instant, nullable=False),
    sa.Column("place", sa.Text, nullable=False),
    sa.Column("place_en", sa.Text, nullable=False, server_default=""),
    sa.Column("text", sa.Text, nullable=False),
    sa.Column("text_en", sa.Text, nullable=False),
)
shop_payments = sa.Table(
    "shop_payment",
    metadata,
    sa.Column("order_no", sa.Text, sa.ForeignKey("shop_order.order_no"), primary_key=True),
    sa.Column("position", sa.Integer, primary_key=True, autoincrement=False),
    sa.Column("source", sa.Text, nullable=False),
    sa.Column("amount_fen", sa.Integer, nullable=False),
    sa.Column("refunded_fen", sa.Integer, nullable=False),
    sa.CheckConstraint("refunded_fen BETWEEN 0 AND amount_fen", name="refund_within_payment"),
)
shop_refunds = sa.Table(
    "shop_refund",
    metadata,
    sa.Column("refund_no", sa.Text, primary_key=True),
    sa.Column("order_no", sa.Text, sa.ForeignKey("shop_order.order_no"), nullable=False),
    sa.Column("amount_fen", sa.Integer, nullable=False),
    sa.Column("kind", sa.Text, nullable=False),
    sa.Column("parts", Json, nullable=False),
    sa.Column("created_at", Instant, nullable=False),
    sa.Index("ix_shop_refund_order", "order_no"),
)
# One row per write that was carried out, so that a repeat gets the first answer.
shop_writes = sa.Table(
    "shop_write",
    metadata,
    sa.Column("key", sa.Text, primary_key=True),
    sa.Column("wish", Json, nullable=False),
    sa.Column("answer", Json, nullable=False),
)

# Built once: the bot asks for orders in most turns (docs/adr/0017).
_PRODUCTS = Prepared(sa.select(shop_products).order_by(shop_products.c.product_id))
_ORDERS = Prepared(
    sa.select(shop_orders)
    .where(shop_orders.c.customer_no == sa.bindparam("of_customer"))
    .order_by(shop_orders.c.placed_at.desc(), shop_orders.c.order_no.desc())
    .limit(sa.bindparam("most"))
)
_ORDER = Prepared(
    sa.select(shop_orders).where(
        shop_orders.c.order_no == sa.bindparam("number"),
        shop_orders.c.customer_no == sa.bindparam("of_customer"),
    )
)


def _belonging(table: sa.Table, order_by: str) -> sa.Select[Any]:
    return sa.select(table).order_by(table.c[order_by])


def _lines() -> sa.Select[Any]:
    """With the English name of the variant, where the goods have one (shop_goods.py)."""
    named = sa.table(
        "shop_variant", sa.column("product_id"), sa.column("variant"), sa.column("variant_en")
    )
    is_of = sa.and_(
        named.c.product_id == shop_order_lines.c.product_id,
        named.c.variant == shop_order_lines.c.variant,
    )
    english = sa.func.coalesce(named.c.variant_en, "").label("variant_en")
    every = _belonging(shop_order_lines, "line_id").add_columns(english)
    return every.select_from(shop_order_lines.outerjoin(named, is_of))


_LINES = PreparedList(_lines(), shop_order_lines.c.order_no)
_PAYMENTS = PreparedList(_belonging(shop_payments, "position"), shop_payments.c.order_no)
_PARCELS = PreparedList(_belonging(shop_parcels, "waybill_no"), shop_parcels.c.order_no)
_EVENTS = PreparedList(_belonging(shop_parcel_events, "position"), shop_parcel_events.c.waybill_no)


def insert_products(tx: Connection, products: Iterable[Product]) -> None:
    rows = [{**asdict(one), "keywords": list(one.keywords)} for one in products]
    tx.execute(shop_products.insert(), rows)


def insert_price_points(tx: Connection, points: Iterable[PricePoint]) -> None:
    tx.execute(shop_price_points.insert(), [asdict(point) for point in points])


def insert_order(tx: Connection, order: Order) -> None:
    """The order with everything that belongs to it."""
    head = {column.name: getattr(order, column.name) for column in shop_orders.columns}
    tx.execute(shop_orders.insert().values(**head))
    for line in order.lines:
        values = {name: value for name, value in asdict(line).items() if name != "variant_en"}
        tx.execute(shop_order_lines.insert().values(**values, order_no=order.order_no))
    for parcel in order.parcels:
        _insert_parcel(tx, order.order_no, parcel)
    for payment in order.payments:
        tx.execute(shop_payments.insert().values(**asdict(payment), order_no=order.order_no))


def _insert_parcel(tx: Connection, order_no: str, parcel: Parcel) -> None:
    row = {**asdict(parcel), "line_ids": list(parcel.line_ids), "order_no": order_no}
    del row["events"]
    tx.execute(shop_parcels.insert().values(**row))
    for position, event in enumerate(parcel.events):
        values = {**asdict(event), "waybill_no": parcel.waybill_no, "position": position}
        tx.execute(shop_parcel_events.insert().values(**values))


def member_level(tx: Connection, customer_no: str) -> int | None:
    query = sa.select(shop_customers.c.member_level)
    return tx.execute(query.where(shop_customers.c.customer_no == customer_no)).scalar()


def products(tx: Connection) -> list[Product]:
    return [_product_of(row) for row in _PRODUCTS.all(tx, {})]


def product(tx: Connection, product_id: str) -> Product | None:
    row = tx.execute(
        sa.select(shop_products).where(shop_products.c.product_id == product_id)
    ).first()
    return _product_of(row) if row else None


def products_by_id(tx: Connection, ids: Iterable[str]) -> dict[str, Product]:
    query = sa.select(shop_products).where(shop_products.c.product_id.in_(sorted(set(ids))))
    return {row.product_id: _product_of(row) for row in tx.execute(query)}


def price_points(tx: Connection, ids: Iterable[str]) -> list[PricePoint]:
    """Oldest first."""
    query = (
        sa.select(shop_price_points)
        .where(shop_price_points.c.product_id.in_(sorted(set(ids))))
        .order_by(shop_price_points.c.at)
    )
    return [
        PricePoint(row.product_id, row.at, row.price_fen, PriceKind(row.kind))
        for row in tx.execute(query)
    ]


def orders_of(tx: Connection, customer_no: str, limit: int) -> list[Order]:
    """Newest first, whole."""
    heads = _ORDERS.all(tx, {"of_customer": customer_no, "most": limit})
    return _whole(tx, heads)


def order(tx: Connection, customer_no: str, order_no: str) -> Order | None:
    heads = _ORDER.all(tx, {"of_customer": customer_no, "number": order_no})
    found = _whole(tx, heads)
    return found[0] if found else None


def guest_order(tx: Connection, order_no: str, phone_last4: str) -> Order | None:
    """One query decides: whether there is such an order cannot be told from the time it takes."""
    query = sa.select(shop_orders).where(
        shop_orders.c.order_no == order_no,
        shop_orders.c.receiver_phone.endswith(phone_last4, autoescape=True),
    )
    found = _whole(tx, tx.execute(query).all())
    return found[0] if found else None


def locked_order(tx: Connection, customer_no: str, order_no: str) -> Order | None:
    """The order, held against other desks until the transaction ends."""
    query = sa.select(shop_orders.c.order_no).where(shop_orders.c.order_no == order_no)
    tx.execute(query.with_for_update())
    return order(tx, customer_no, order_no)


def set_order_state(tx: Connection, order_no: str, state: OrderState, at: datetime | None) -> None:
    tx.execute(
        shop_orders.update()
        .where(shop_orders.c.order_no == order_no)
        .values(state=state, cancelled_at=at)
    )


def add_returned(
    tx: Connection, order_no: str, line_id: str, quantity: int, *, freight: bool
) -> None:
    lines = shop_order_lines
    tx.execute(
        lines.update()
        .where(lines.c.order_no == order_no, lines.c.line_id == line_id)
        .values(returned_quantity=lines.c.returned_quantity + quantity)
    )
    if freight:
        mine = shop_orders.update().where(shop_orders.c.order_no == order_no)
        tx.execute(mine.values(is_freight_refunded=True))


def add_refunded(tx: Connection, order_no: str, parts: Iterable[Payment]) -> None:
    for part in parts:
        tx.execute(
            shop_payments.update()
            .where(shop_payments.c.order_no == order_no, shop_payments.c.position == part.position)
            .values(refunded_fen=shop_payments.c.refunded_fen + part.amount_fen)
        )


def _whole(tx: Connection, heads: Sequence[sa.Row[Any]]) -> list[Order]:
    """Orders with their parts by four queries, however many orders there are."""
    if not heads:
        return []
    numbers = [head.order_no for head in heads]
    lines = _by_order(tx, _LINES, numbers)
    payments = _by_order(tx, _PAYMENTS, numbers)
    parcels = _by_order(tx, _PARCELS, numbers)
    events = _events(tx, [row.waybill_no for rows in parcels.values() for row in rows])
    return [
        _order_of(
            head,
            tuple(_line_of(row) for row in lines[head.order_no]),
            tuple(_parcel_of(row, events) for row in parcels[head.order_no]),
            tuple(_payment_of(row) for row in payments[head.order_no]),
        )
        for head in heads
    ]


def _by_order(
    tx: Connection, belonging: PreparedList, numbers: Sequence[str]
) -> dict[str, list[Any]]:
    grouped: dict[str, list[Any]] = defaultdict(list)
    for row in belonging.all(tx, numbers):
        grouped[row.order_no].append(row)
    return grouped


def _events(tx: Connection, waybills: Sequence[str]) -> dict[str, list[ParcelEvent]]:
    grouped: dict[str, list[ParcelEvent]] = defaultdict(list)
    for row in _EVENTS.all(tx, waybills):
        event = ParcelEvent(
            at=row.at,
            place=row.place,
            place_en=row.place_en,
            text=row.text,
            text_en=row.text_en,
        )
        grouped[row.waybill_no].append(event)
    return grouped


def _order_of(
    head: sa.Row[Any],
    lines: tuple[OrderLine, ...],
    parcels: tuple[Parcel, ...],
    payments: tuple[Payment, ...],
) -> Order:
    values = head._asdict()
    values["state"] = OrderState(head.state)
    values["is_freight_refunded"] = bool(head.is_freight_refunded)
    return Order(**values, lines=lines, parcels=parcels, payments=payments)


def _line_of(row: sa.Row[Any]) -> OrderLine:
    values = {name: value for name, value in row._asdict().items() if name != "order_no"}
    values["category"] = Category(row.category)
    values["price_kind"] = PriceKind(row.price_kind)
    values["is_made_to_order"] = bool(row.is_made_to_order)
    return OrderLine(**values)


def _parcel_of(row: sa.Row[Any], events: dict[str, list[ParcelEvent]]) -> Parcel:
    return Parcel(
        waybill_no=row.waybill_no,
        carrier=row.carrier,
        carrier_en=row.carrier_en,
        state=ParcelState(row.state),
        line_ids=tuple(row.line_ids),
        promised_at=row.promised_at,
        signed_at=row.signed_at,
        events=tuple(events[row.waybill_no]),
        origin_city=row.origin_city,
    )


def _payment_of(row: sa.Row[Any]) -> Payment:
    return Payment(PaymentSource(row.source), row.amount_fen, row.refunded_fen, row.position)


def _product_of(row: sa.Row[Any]) -> Product:
    values = row._asdict()
    values["category"] = Category(row.category)
    values["keywords"] = tuple(row.keywords)
    return Product(**values)
