"""Tables of the embedded shop about its goods: variants, reservations, parts, guides, service."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import asdict
from datetime import datetime
from typing import Any

import sqlalchemy as sa
from sqlalchemy import Connection

from console.desk.goods import Guide, Part, ServiceCenter, Variant
from console.storage.columns import Instant, Json, metadata
from console.storage.shop_window import shop_stock

_PRODUCT = "shop_product.product_id"
shop_variants = sa.Table(
    "shop_variant",
    metadata,
    sa.Column("product_id", sa.Text, sa.ForeignKey(_PRODUCT), primary_key=True),
    sa.Column("variant", sa.Text, primary_key=True),
    sa.Column("variant_en", sa.Text, nullable=False),
    sa.Column("price_fen", sa.Integer, nullable=False),
    sa.Column("size", sa.Text, nullable=False),
    sa.Column("pieces", sa.Integer, nullable=False),
)
shop_reservations = sa.Table(
    "shop_reservation",
    metadata,
    sa.Column("reservation_no", sa.Text, primary_key=True),
    sa.Column("order_no", sa.Text, nullable=False),
    sa.Column("product_id", sa.Text, nullable=False),
    sa.Column("variant", sa.Text, nullable=False),
    sa.Column("quantity", sa.Integer, nullable=False),
    sa.Column("until", Instant, nullable=False),
    sa.Index("ix_shop_reservation_product", "product_id", "until"),
)
shop_parts = sa.Table(
    "shop_part",
    metadata,
    sa.Column("part_id", sa.Text, primary_key=True),
    sa.Column("product_id", sa.Text, sa.ForeignKey(_PRODUCT), nullable=False),
    sa.Column("name", sa.Text, nullable=False),
    sa.Column("name_en", sa.Text, nullable=False),
    sa.Column("words", Json, nullable=False),
    sa.Column("value_fen", sa.Integer, nullable=False),
    sa.Column("stock", sa.Integer, nullable=False),
    sa.Index("ix_shop_part_product", "product_id"),
    sa.CheckConstraint("stock >= 0", name="no_part_below_zero"),
)
shop_guides = sa.Table(
    "shop_guide",
    metadata,
    sa.Column("guide_id", sa.Text, primary_key=True),
    sa.Column("product_id", sa.Text, sa.ForeignKey(_PRODUCT), nullable=False),
    sa.Column("title", sa.Text, nullable=False),
    sa.Column("title_en", sa.Text, nullable=False),
    sa.Column("words", Json, nullable=False),
    sa.Column("steps", Json, nullable=False),
    sa.Column("steps_en", Json, nullable=False),
    sa.Index("ix_shop_guide_product", "product_id"),
)
shop_service_centers = sa.Table(
    "shop_service_center",
    metadata,
    sa.Column("center_id", sa.Text, primary_key=True),
    *(
        sa.Column(name, sa.Text, nullable=False)
        for name in ("city", "city_en", "name", "name_en", "address", "address_en", "phone")
    ),
    sa.Column("hours", sa.Text, nullable=False),
    sa.Column("categories", Json, nullable=False),
)
shop_own_delivery = sa.Table(
    "shop_own_delivery", metadata, sa.Column("city", sa.Text, primary_key=True)
)
shop_serials = sa.Table(
    "shop_serial",
    metadata,
    sa.Column("serial_no", sa.Text, primary_key=True),
    sa.Column("order_no", sa.Text, nullable=False),
    sa.Column("line_id", sa.Text, nullable=False),
)
_LISTS = ("words", "steps", "steps_en", "categories")


def insert_variants(tx: Connection, variants: Iterable[Variant]) -> None:
    """How many there are of each stands with the shelves (`shop_window.py`)."""
    names = [column.name for column in shop_variants.columns]
    rows = [{name: getattr(one, name) for name in names} for one in variants]
    tx.execute(shop_variants.insert(), rows)


def insert_all(
    tx: Connection, table: sa.Table, rows: Iterable[Part | Guide | ServiceCenter]
) -> None:
    values = [asdict(row) for row in rows]
    for row in values:
        row.update({name: list(row[name]) for name in _LISTS if name in row})
    tx.execute(table.insert(), values)


def variants(tx: Connection, product_id: str, now: datetime) -> list[Variant]:
    """With the stock that no running reservation holds, over all warehouses."""
    table, held = shop_variants, _held(tx, product_id, now)
    shelved = _sums(tx, shop_stock, shop_stock.c.product_id == product_id)
    query = sa.select(table).where(table.c.product_id == product_id).order_by(table.c.variant)
    return [
        Variant(
            **row._mapping,
            stock=max(0, shelved.get(row.variant, 0) - held.get(row.variant, 0)),
        )
        for row in tx.execute(query)
    ]


def _held(tx: Connection, product_id: str, now: datetime) -> dict[str, int]:
    table = shop_reservations
    return _sums(tx, table, table.c.product_id == product_id, table.c.until > now)


def _sums(tx: Connection, table: sa.Table, *where: sa.ColumnElement[bool]) -> dict[str, int]:
    """Pieces by variant."""
    query = sa.select(table.c.variant, sa.func.sum(table.c.quantity)).where(*where)
    return {variant: int(count) for variant, count in tx.execute(query.group_by(table.c.variant))}


def insert_reservation(
    tx: Connection,
    reservation_no: str,
    order_no: str,
    wanted: tuple[str, str, int],
    until: datetime,
) -> None:
    product_id, variant, quantity = wanted
    tx.execute(
        shop_reservations.insert().values(
            reservation_no=reservation_no, order_no=order_no, product_id=product_id,
            variant=variant, quantity=quantity, until=until,
        )
    )  # fmt: skip


def end_reservation(
    tx: Connection, order_no: str, wanted: tuple[str, str, int], now: datetime
) -> None:
    """The oldest running one of these very goods for the order, if there is any."""
    product_id, variant, quantity = wanted
    table = shop_reservations
    oldest = (
        sa.select(table.c.reservation_no)
        .where(
            table.c.order_no == order_no, table.c.product_id == product_id,
            table.c.variant == variant, table.c.quantity == quantity, table.c.until > now,
        )
        .order_by(table.c.until, table.c.reservation_no)
        .limit(1)
    )  # fmt: skip
    tx.execute(
        table.update().where(table.c.reservation_no == oldest.scalar_subquery()).values(until=now)
    )


def take_variant(tx: Connection, product_id: str, variant: str, quantity: int) -> bool:
    """From the fullest shelf. `False`, and nothing is taken, when none has enough."""
    table = shop_stock
    mine = (table.c.product_id == product_id, table.c.variant == variant)
    query = sa.select(table.c.position).where(*mine, table.c.quantity >= quantity)
    position = tx.execute(query.order_by(table.c.quantity.desc()).limit(1)).scalar()
    done = tx.execute(
        table.update()
        .where(*mine, table.c.position == position, table.c.quantity >= quantity)
        .values(quantity=table.c.quantity - quantity)
    )
    return done.rowcount == 1


def take_part(tx: Connection, part_id: str, quantity: int) -> bool:
    table = shop_parts
    done = tx.execute(
        table.update()
        .where(table.c.part_id == part_id, table.c.stock >= quantity)
        .values(stock=table.c.stock - quantity)
    )
    return done.rowcount == 1


def parts(tx: Connection, product_id: str) -> list[Part]:
    query = sa.select(shop_parts).where(shop_parts.c.product_id == product_id)
    rows = tx.execute(query.order_by(shop_parts.c.part_id))
    return [Part(**{**row._mapping, "words": tuple(row.words)}) for row in rows]


def guides(tx: Connection, product_id: str) -> list[Guide]:
    query = sa.select(shop_guides).where(shop_guides.c.product_id == product_id)
    return [_guide_of(row) for row in tx.execute(query.order_by(shop_guides.c.guide_id))]


def _guide_of(row: sa.Row[Any]) -> Guide:
    lists = {name: tuple(getattr(row, name)) for name in ("words", "steps", "steps_en")}
    return Guide(**{**row._mapping, **lists})


def service_centers(tx: Connection) -> list[ServiceCenter]:
    rows = tx.execute(sa.select(shop_service_centers).order_by(shop_service_centers.c.center_id))
    return [ServiceCenter(**{**row._mapping, "categories": tuple(row.categories)}) for row in rows]


def own_delivery_cities(tx: Connection) -> list[str]:
    return list(tx.execute(sa.select(shop_own_delivery.c.city)).scalars())


def line_of_serial(tx: Connection, serial_no: str) -> tuple[str, str] | None:
    query = sa.select(shop_serials).where(shop_serials.c.serial_no == serial_no)
    row = tx.execute(query).first()
    return (row.order_no, row.line_id) if row else None
