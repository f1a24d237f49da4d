"""Rows of trade-ins: the old things, their estimate, and what the check said."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime
from typing import Any

import sqlalchemy as sa
from sqlalchemy import Connection

from console.desk.product import Category
from console.desk.trade_in import Age, Looks, Mode, OldItem, TradeInState
from console.storage.columns import Instant, Json, metadata

trade_ins = sa.Table(
    "trade_in",
    metadata,
    sa.Column("trade_in_no", sa.Text, primary_key=True),
    sa.Column("key", sa.Text, nullable=False, unique=True),
    sa.Column("conversation_id", sa.Text, nullable=False),
    sa.Column("customer_no", sa.Text, nullable=False, index=True),
    sa.Column("state", sa.Text, nullable=False),
    sa.Column("items", Json, nullable=False),
    sa.Column("new_product", sa.Text, nullable=False),
    sa.Column("mode", sa.Text, nullable=False),
    sa.Column("pickup_at", Instant, nullable=False),
    sa.Column("pickup_label", sa.Text, nullable=False),
    sa.Column("low_fen", sa.Integer, nullable=False),
    sa.Column("high_fen", sa.Integer, nullable=False),
    sa.Column("final_fen", sa.Integer),
    sa.Column("valid_until", Instant, nullable=False),
    sa.Column("answer_until", Instant),
    sa.Column("created_at", Instant, nullable=False),
    sa.Column("updated_at", Instant, nullable=False),
    sa.CheckConstraint("low_fen <= high_fen", name="estimates_a_range"),
)


@dataclass(frozen=True, slots=True, kw_only=True)
class TradeIn:
    trade_in_no: str
    key: str
    conversation_id: str
    customer_no: str
    state: TradeInState
    items: tuple[OldItem, ...]
    new_product: str
    mode: Mode
    pickup_at: datetime
    pickup_label: str
    low_fen: int
    high_fen: int
    valid_until: datetime
    created_at: datetime
    updated_at: datetime
    final_fen: int | None = None
    answer_until: datetime | None = None


def insert_trade_in(tx: Connection, one: TradeIn) -> None:
    values = {column.name: getattr(one, column.name) for column in trade_ins.columns}
    values["items"] = [item_json(item) for item in one.items]
    tx.execute(trade_ins.insert().values(**values))


def move(tx: Connection, one: TradeIn, new: TradeInState, at: datetime, **changes: Any) -> bool:
    """`False` when it has moved on meanwhile; nothing is written then."""
    mine = sa.and_(trade_ins.c.trade_in_no == one.trade_in_no, trade_ins.c.state == one.state)
    values = {"state": new, "updated_at": at, **changes}
    return tx.execute(trade_ins.update().where(mine).values(**values)).rowcount == 1


def trade_in_of_key(tx: Connection, key: str) -> TradeIn | None:
    return next(iter(_all(tx, trade_ins.c.key == key)), None)


def find_trade_in(tx: Connection, trade_in_no: str) -> TradeIn | None:
    return next(iter(_all(tx, trade_ins.c.trade_in_no == trade_in_no)), None)


def trade_ins_of(tx: Connection, customer_no: str) -> list[TradeIn]:
    """Newest first."""
    return _all(tx, trade_ins.c.customer_no == customer_no)[::-1]


def unanswered(tx: Connection, now: datetime) -> list[TradeIn]:
    """Revalued, and the time for the customer's answer is over."""
    return _all(tx, trade_ins.c.state == TradeInState.REVALUED, trade_ins.c.answer_until <= now)


def _all(tx: Connection, *conditions: sa.ColumnElement[bool]) -> list[TradeIn]:
    query = sa.select(trade_ins).where(*conditions)
    query = query.order_by(trade_ins.c.created_at, trade_ins.c.trade_in_no)
    return [_of_row(row) for row in tx.execute(query)]


def item_json(item: OldItem) -> dict[str, Any]:
    return {name: getattr(item, name) for name in OldItem.__slots__}


def item_of(values: dict[str, Any]) -> OldItem:
    return OldItem(
        category=Category(values["category"]),
        model=str(values["model"]),
        age=Age(values["age"]),
        works=bool(values["works"]),
        looks=Looks(values["looks"]),
    )


def _of_row(row: sa.Row[Any]) -> TradeIn:
    values = dict(row._mapping)
    values["items"] = tuple(item_of(one) for one in row._mapping["items"])
    values["state"], values["mode"] = TradeInState(row.state), Mode(row.mode)
    return TradeIn(**values)
