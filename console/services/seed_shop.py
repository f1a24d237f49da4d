"""Fills the demo shop once, in times relative to the moment of seeding."""

from __future__ import annotations

from dataclasses import asdict
from datetime import datetime

import sqlalchemy as sa
from sqlalchemy import Connection

from console.desk.order import Order
from console.desk.policy import PolicyRow, Scope
from console.desk.policy_defaults import DEFAULT_POLICIES
from console.desk.refund import to_sources
from console.gateways.demo_books import INVOICE, INVOICE_AGE, INVOICE_NO, INVOICED, demo_charges
from console.gateways.demo_catalogue import PRODUCTS, price_history
from console.gateways.demo_goods_data import (
    GUIDES,
    OWN_DELIVERY_CITIES,
    PARTS,
    SERIALS,
    SERVICE_CENTERS,
    variants,
)
from console.gateways.demo_people import CUSTOMERS, RUNNING_REFUND, demo_orders
from console.gateways.shop import RefundKind
from console.services.seed_window import seed_window
from console.storage import shop as rows
from console.storage import shop_goods as goods
from console.storage import shop_orders as books
from console.storage.policy import install_policies

# The clothing seller of the demo has joined price protection, the pet shop has not.
_JOINED = PolicyRow(
    id="price_protection.joined/s_qinglan",
    key="price_protection.joined",
    value=True,
    valid_from=DEFAULT_POLICIES[0].valid_from,
    scope=Scope.SELLER,
    scope_id="s_qinglan",
    source="price-protection",
    note="demo shop",
)
# Something to feed a child with cannot wait for a repair.
_DOOR_EXCHANGE = PolicyRow(
    id="door_exchange.offered/p406",
    key="door_exchange.offered",
    value=True,
    valid_from=DEFAULT_POLICIES[0].valid_from,
    scope=Scope.SKU,
    scope_id="p406",
    source="door-exchange",
    note="demo shop",
)


def seed_demo_shop(tx: Connection, now: datetime) -> bool:
    """`False`, and nothing is written, when the shop has been filled before."""
    install_policies(tx, (*DEFAULT_POLICIES, _JOINED, _DOOR_EXCHANGE))
    if tx.execute(sa.select(rows.shop_products.c.product_id).limit(1)).first() is not None:
        return False
    tx.execute(rows.shop_customers.insert(), [asdict(customer) for customer in CUSTOMERS])
    rows.insert_products(tx, PRODUCTS)
    rows.insert_price_points(tx, price_history(now))
    seed_window(tx, now)
    _insert_goods(tx, now)
    orders = demo_orders(now)
    for order in orders:
        rows.insert_order(tx, order)
    _start_refund(tx, orders, now)
    books.insert_charges(tx, demo_charges(now))
    books.insert_invoice(tx, INVOICE_NO, INVOICED, INVOICE, _paid(orders), now - INVOICE_AGE)
    return True


def _paid(orders: list[Order]) -> int:
    return next(one.total_fen for one in orders if one.order_no == INVOICED)


def _insert_goods(tx: Connection, now: datetime) -> None:
    goods.insert_variants(tx, variants(now))
    goods.insert_all(tx, goods.shop_parts, PARTS)
    goods.insert_all(tx, goods.shop_guides, GUIDES)
    goods.insert_all(tx, goods.shop_service_centers, SERVICE_CENTERS)
    cities = [{"city": city} for city in OWN_DELIVERY_CITIES]
    tx.execute(goods.shop_own_delivery.insert(), cities)
    serials = [
        {"serial_no": serial_no, "order_no": order_no, "line_id": line_id}
        for serial_no, (order_no, line_id) in SERIALS.items()
    ]
    tx.execute(goods.shop_serials.insert(), serials)


def _start_refund(tx: Connection, orders: list[Order], now: datetime) -> None:
    order_no, age = RUNNING_REFUND
    order = next(one for one in orders if one.order_no == order_no)
    parts = to_sources(order.total_fen, order.payments)
    rows.add_refunded(tx, order_no, parts)
    tx.execute(
        rows.shop_refunds.insert().values(
            refund_no=f"rf_{order_no}",
            order_no=order_no,
            amount_fen=order.total_fen,
            kind=RefundKind.CANCELLATION,
            parts=[[part.source, part.amount_fen, part.position] for part in parts],
            created_at=now - age,
        )
    )
