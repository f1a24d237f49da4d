"""Rows of what was done to after-sale requests after they were filed, and what it changes."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime
from typing import Any

import sqlalchemy as sa
from sqlalchemy import Connection

from console.desk.after_sale import (
    COURIER_COMES,
    FETCHED,
    RUNNING,
    VOID,
    AfterSaleRequest,
    ReturnReason,
    ReturnWay,
)
from console.desk.after_sale_change import Change, Pickup
from console.desk.refund import Refund
from console.storage.after_sale import after_sale_requests
from console.storage.columns import Instant, Json, metadata

after_sale_changes = sa.Table(
    "after_sale_change",
    metadata,
    sa.Column("key", sa.Text, primary_key=True),
    sa.Column("rma_no", sa.Text, sa.ForeignKey("after_sale_request.rma_no"), nullable=False),
    sa.Column("change", sa.Text, nullable=False),
    sa.Column("details", Json, nullable=False),
    sa.Column("conversation_id", sa.Text, nullable=False),
    sa.Column("actor_kind", sa.Text, nullable=False),
    sa.Column("actor_id", sa.Text, nullable=False),
    sa.Column("at", Instant, nullable=False),
    sa.Index("ix_after_sale_change_request", "rma_no", "at"),
)


@dataclass(frozen=True, slots=True, kw_only=True)
class ChangeRow:
    """`details`: what was asked for, as JSON."""

    key: str
    rma_no: str
    change: Change
    details: Mapping[str, Any]
    conversation_id: str
    actor_kind: str
    actor_id: str
    at: datetime


def insert_change(tx: Connection, row: ChangeRow) -> None:
    values = {column.name: getattr(row, column.name) for column in after_sale_changes.columns}
    tx.execute(after_sale_changes.insert().values(**values))


def change_of_key(tx: Connection, key: str) -> ChangeRow | None:
    found = _changes(tx, after_sale_changes.c.key == key)
    return found[0] if found else None


def changes_of(tx: Connection, rma_no: str, change: Change) -> list[ChangeRow]:
    """Newest first."""
    table = after_sale_changes
    return _changes(tx, table.c.rma_no == rma_no, table.c.change == change)[::-1]


def _changes(tx: Connection, *conditions: sa.ColumnElement[bool]) -> list[ChangeRow]:
    query = sa.select(after_sale_changes).where(*conditions)
    query = query.order_by(after_sale_changes.c.at, after_sale_changes.c.key)
    return [_change_of(row) for row in tx.execute(query)]


def _change_of(row: sa.Row[Any]) -> ChangeRow:
    return ChangeRow(**{**row._mapping, "change": Change(row.change)})


# --- the pickup -----------------------------------------------------------------------------


def to_be_picked_up(tx: Connection) -> list[str]:
    """Approved, to be fetched, and the shop has not confirmed the pickup."""
    table = after_sale_requests
    query = sa.select(table.c.rma_no).where(
        table.c.state.in_(sorted(COURIER_COMES)),
        table.c.way.in_(sorted(FETCHED)),
        table.c.pickup_no.is_(None),
    )
    return list(tx.execute(query.order_by(table.c.created_at)).scalars())


def to_be_called_off(tx: Connection) -> list[str]:
    """A courier is still booked although nobody is to come any more."""
    table = after_sale_requests
    is_over = sa.or_(
        table.c.state.in_(sorted(VOID)),
        sa.and_(table.c.way == ReturnWay.SELF_SHIP, table.c.state.in_(sorted(RUNNING))),
    )
    query = sa.select(table.c.rma_no).where(table.c.pickup_no.is_not(None), is_over)
    return list(tx.execute(query.order_by(table.c.created_at)).scalars())


def pickup_of(tx: Connection, rma_no: str) -> Pickup:
    table = after_sale_requests
    row = tx.execute(sa.select(table).where(table.c.rma_no == rma_no)).one()
    return Pickup(
        way=ReturnWay(row.way),
        at=row.pickup_at,
        label=row.pickup_label,
        address=row.pickup_address,
        number=row.pickup_number,
        pickup_no=row.pickup_no,
    )


def set_pickup_no(tx: Connection, rma_no: str, number: int, pickup_no: str | None) -> None:
    """Only for the booking that was asked about: it may have been changed meanwhile."""
    table = after_sale_requests
    mine = table.update().where(table.c.rma_no == rma_no, table.c.pickup_number == number)
    tx.execute(mine.values(pickup_no=pickup_no))


def set_pickup_wish(
    tx: Connection, rma_no: str, pickup: Pickup, return_freight_fen: int, at: datetime
) -> None:
    """The shop has not confirmed this one yet."""
    _update(
        tx, rma_no, at, way=pickup.way, pickup_at=pickup.at, pickup_label=pickup.label,
        pickup_address=pickup.address, pickup_number=pickup.number, pickup_no=None,
        return_freight_fen=return_freight_fen,
    )  # fmt: skip


# --- the request itself ---------------------------------------------------------------------


def set_sent_by_customer(tx: Connection, rma_no: str, at: datetime) -> None:
    """No courier is to come any more."""
    _update(
        tx, rma_no, at, way=ReturnWay.SELF_SHIP, pickup_at=None, pickup_label="",
        return_freight_fen=0,
    )  # fmt: skip


def set_reason(
    tx: Connection, rma_no: str, reason: ReturnReason, refund: Refund, rule_id: str, at: datetime
) -> None:
    """With what follows from the reason: the refund, its lines and who pays the way back."""
    _update(
        tx, rma_no, at, reason=reason, rule_id=rule_id,
        refund_fen=refund.total_fen,
        refund_lines=[[line.key, line.amount_fen] for line in refund.lines],
        return_freight_fen=refund.return_freight_fen,
        deducted_fen=-sum(line.amount_fen for line in refund.lines if line.key == "price_claim"),
    )  # fmt: skip


def set_kind(tx: Connection, changed: AfterSaleRequest, at: datetime) -> None:
    """With what comes instead, what is paid back, and the stock that is held."""
    new, refund = changed.replacement, changed.refund
    _update(
        tx, changed.rma_no, at, kind=changed.kind, rule_id=changed.rule_id,
        new_product_id=new.product_id if new else None,
        new_variant=new.variant if new else None,
        new_variant_en=new.variant_en if new else None,
        reservation_no=changed.reservation_no,
        refund_fen=refund.total_fen,
        refund_lines=[[line.key, line.amount_fen] for line in refund.lines],
        return_freight_fen=refund.return_freight_fen,
        deducted_fen=-sum(line.amount_fen for line in refund.lines if line.key == "price_claim"),
    )  # fmt: skip


def set_refund_lines(tx: Connection, rma_no: str, refund: Refund, at: datetime) -> None:
    _update(
        tx, rma_no, at,
        refund_fen=refund.total_fen,
        refund_lines=[[line.key, line.amount_fen] for line in refund.lines],
    )  # fmt: skip


def _update(tx: Connection, rma_no: str, at: datetime, **values: Any) -> None:
    table = after_sale_requests
    tx.execute(table.update().where(table.c.rma_no == rma_no).values(**values, updated_at=at))
