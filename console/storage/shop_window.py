"""Tables of the embedded shop for what is asked before buying, and its rows as dataclasses.

Names start with `shop_`, as in `shop.py`: a merchant's own system replaces the lot.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from datetime import datetime
from typing import Any

import sqlalchemy as sa
from sqlalchemy import Connection

from console.desk.coupon import Coupon, CouponGrant
from console.desk.membership import Member
from console.desk.product_sheet import ProductSheet
from console.desk.stock import StockLevel
from console.storage.columns import Instant, Json, metadata
from console.storage.plain import rebuild

shop_sheets = sa.Table(
    "shop_sheet",
    metadata,
    sa.Column("product_id", sa.Text, sa.ForeignKey("shop_product.product_id"), primary_key=True),
    sa.Column("body", Json, nullable=False),
)
shop_stock = sa.Table(
    "shop_stock",
    metadata,
    sa.Column("product_id", sa.Text, sa.ForeignKey("shop_product.product_id"), primary_key=True),
    sa.Column("variant", sa.Text, primary_key=True),
    sa.Column("position", sa.Integer, primary_key=True, autoincrement=False),
    sa.Column("regions", Json, nullable=False),
    sa.Column("quantity", sa.Integer, nullable=False),
    sa.Column("arrives_at", Instant),
)
# Promotions, sellers, ways to pay and to deliver, benefits: few rows, read whole.
shop_terms = sa.Table(
    "shop_term",
    metadata,
    sa.Column("kind", sa.Text, primary_key=True),
    sa.Column("position", sa.Integer, primary_key=True, autoincrement=False),
    sa.Column("body", Json, nullable=False),
)
shop_coupons = sa.Table(
    "shop_coupon",
    metadata,
    sa.Column("coupon_id", sa.Text, primary_key=True),
    sa.Column("body", Json, nullable=False),
)
shop_coupon_grants = sa.Table(
    "shop_coupon_grant",
    metadata,
    sa.Column("customer_no", sa.Text, sa.ForeignKey("shop_customer.customer_no"), primary_key=True),
    sa.Column("coupon_id", sa.Text, sa.ForeignKey("shop_coupon.coupon_id"), primary_key=True),
    sa.Column("used_at", Instant),
)
shop_members = sa.Table(
    "shop_member",
    metadata,
    sa.Column("customer_no", sa.Text, sa.ForeignKey("shop_customer.customer_no"), primary_key=True),
    sa.Column("points", sa.Integer, nullable=False),
    sa.Column("growth", sa.Integer, nullable=False),
    sa.Column("next_growth", sa.Integer),
)
shop_marketing = sa.Table(
    "shop_marketing",
    metadata,
    sa.Column("customer_no", sa.Text, sa.ForeignKey("shop_customer.customer_no"), primary_key=True),
    sa.Column("channel", sa.Text, primary_key=True),
    sa.Column("is_allowed", sa.Boolean, nullable=False),
    sa.Column("changed_at", Instant, nullable=False),
)


def insert_sheets(tx: Connection, sheets: Iterable[ProductSheet]) -> None:
    rows = [{"product_id": one.product_id, "body": one} for one in sheets]
    tx.execute(shop_sheets.insert(), rows)


def sheets(tx: Connection) -> list[ProductSheet]:
    query = sa.select(shop_sheets.c.body).order_by(shop_sheets.c.product_id)
    return [rebuild(ProductSheet, body) for body in tx.execute(query).scalars()]


def sheet(tx: Connection, product_id: str) -> ProductSheet | None:
    query = sa.select(shop_sheets.c.body).where(shop_sheets.c.product_id == product_id)
    body = tx.execute(query).scalar()
    return rebuild(ProductSheet, body) if body is not None else None


def insert_stock(tx: Connection, levels: Iterable[StockLevel]) -> None:
    rows = [
        {
            "product_id": one.product_id,
            "variant": one.variant,
            "position": position,
            "regions": list(one.regions),
            "quantity": one.quantity,
            "arrives_at": one.arrives_at,
        }
        for position, one in enumerate(levels)
    ]
    tx.execute(shop_stock.insert(), rows)


def stock_levels(tx: Connection, product_ids: Sequence[str]) -> list[StockLevel]:
    query = (
        sa.select(shop_stock)
        .where(shop_stock.c.product_id.in_(sorted(set(product_ids))))
        .order_by(shop_stock.c.position)
    )
    return [_level_of(row) for row in tx.execute(query)]


def _level_of(row: sa.Row[Any]) -> StockLevel:
    return StockLevel(
        product_id=row.product_id,
        variant=row.variant,
        regions=tuple(row.regions),
        quantity=row.quantity,
        arrives_at=row.arrives_at,
    )


def insert_terms(tx: Connection, kind: str, terms: Iterable[Any]) -> None:
    rows = [{"kind": kind, "position": at, "body": one} for at, one in enumerate(terms)]
    tx.execute(shop_terms.insert(), rows)


def terms[T](tx: Connection, kind: str, made_of: type[T]) -> list[T]:
    """In the order in which they were put in."""
    query = sa.select(shop_terms.c.body).where(shop_terms.c.kind == kind)
    bodies = tx.execute(query.order_by(shop_terms.c.position)).scalars()
    return [rebuild(made_of, body) for body in bodies]


def insert_coupons(tx: Connection, coupons: Iterable[Coupon]) -> None:
    rows = [{"coupon_id": one.coupon_id, "body": one} for one in coupons]
    tx.execute(shop_coupons.insert(), rows)


def coupons(tx: Connection) -> list[Coupon]:
    query = sa.select(shop_coupons.c.body).order_by(shop_coupons.c.coupon_id)
    return [rebuild(Coupon, body) for body in tx.execute(query).scalars()]


def grants_of(tx: Connection, customer_no: str) -> list[CouponGrant]:
    table = shop_coupon_grants
    query = (
        sa.select(shop_coupons.c.body, table.c.used_at)
        .join(shop_coupons, shop_coupons.c.coupon_id == table.c.coupon_id)
        .where(table.c.customer_no == customer_no)
        .order_by(table.c.coupon_id)
    )
    return [CouponGrant(rebuild(Coupon, row.body), row.used_at) for row in tx.execute(query)]


def member(tx: Connection, customer_no: str, level: int) -> Member | None:
    table = shop_members
    row = tx.execute(sa.select(table).where(table.c.customer_no == customer_no)).first()
    return Member(**row._mapping, level=level) if row else None


def set_marketing(
    tx: Connection, customer_no: str, channels: Sequence[str], *, is_allowed: bool, at: datetime
) -> None:
    table = shop_marketing
    mine = sa.and_(table.c.customer_no == customer_no, table.c.channel.in_(channels))
    tx.execute(table.delete().where(mine))
    rows = [
        {"customer_no": customer_no, "channel": one, "is_allowed": is_allowed, "changed_at": at}
        for one in channels
    ]
    tx.execute(table.insert(), rows)
