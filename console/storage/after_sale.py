"""Rows of after-sale requests and the states they went through."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import asdict
from datetime import datetime
from typing import Any

import sqlalchemy as sa
from sqlalchemy import Connection

from console.desk.after_sale import (
    RUNNING,
    VOID,
    AfterSaleKind,
    AfterSaleRequest,
    AfterSaleState,
    Condition,
    Replacement,
    ReturnReason,
    ReturnRequest,
    ReturnWay,
)
from console.desk.refund import Refund, RefundLine
from console.storage.columns import Instant, Json, metadata

after_sale_requests = sa.Table(
    "after_sale_request",
    metadata,
    sa.Column("rma_no", sa.Text, primary_key=True),
    sa.Column("key", sa.Text, nullable=False, unique=True),
    sa.Column("conversation_id", sa.Text, nullable=False),
    sa.Column("customer_no", sa.Text, nullable=False),
    sa.Column("kind", sa.Text, nullable=False),
    sa.Column("state", sa.Text, nullable=False),
    sa.Column("order_no", sa.Text, nullable=False),
    sa.Column("line_id", sa.Text, nullable=False),
    sa.Column("quantity", sa.Integer, nullable=False),
    sa.Column("reason", sa.Text, nullable=False),
    sa.Column("condition", sa.Text, nullable=False),
    sa.Column("way", sa.Text, nullable=False),
    sa.Column("pickup_at", Instant),
    sa.Column("pickup_label", sa.Text, nullable=False),
    sa.Column("pickup_no", sa.Text),  # the shop's, once it has confirmed
    # Where the courier comes; empty is where the order was delivered.
    sa.Column("pickup_address", sa.Text, nullable=False, default=""),
    sa.Column("pickup_number", sa.Integer, nullable=False, default=0),  # how often it was changed
    sa.Column("photos", Json, nullable=False),
    sa.Column("accessories_complete", sa.Boolean, nullable=False),
    sa.Column("note", sa.Text, nullable=False),
    sa.Column("part", sa.Text, nullable=False),
    sa.Column("new_product_id", sa.Text),
    sa.Column("new_variant", sa.Text),
    sa.Column("new_variant_en", sa.Text),
    sa.Column("title", sa.Text, nullable=False),
    sa.Column("title_en", sa.Text, nullable=False),
    sa.Column("refund_fen", sa.Integer, nullable=False),
    sa.Column("refund_lines", Json, nullable=False),
    sa.Column("return_freight_fen", sa.Integer, nullable=False),
    sa.Column("deducted_fen", sa.Integer, nullable=False),
    sa.Column("fee_fen", sa.Integer, nullable=False),
    sa.Column("reservation_no", sa.Text),  # the shop's three, once it has confirmed
    sa.Column("shipment_no", sa.Text),
    sa.Column("refund_no", sa.Text),
    sa.Column("rule_id", sa.Text, nullable=False),
    sa.Column("created_at", Instant, nullable=False),
    sa.Column("updated_at", Instant, nullable=False),
    sa.Index("ix_after_sale_request_customer", "customer_no", "created_at"),
    sa.Index("ix_after_sale_request_order", "order_no"),
    sa.CheckConstraint("quantity > 0", name="returns_something"),
)
after_sale_steps = sa.Table(
    "after_sale_step",
    metadata,
    sa.Column("rma_no", sa.Text, sa.ForeignKey("after_sale_request.rma_no"), primary_key=True),
    sa.Column("position", sa.Integer, primary_key=True, autoincrement=False),
    sa.Column("state", sa.Text, nullable=False),
    sa.Column("actor_kind", sa.Text, nullable=False),
    sa.Column("actor_id", sa.Text, nullable=False),
    sa.Column("at", Instant, nullable=False),
)


def insert_request(
    tx: Connection, request: AfterSaleRequest, *, key: str, conversation_id: str
) -> None:
    asked = asdict(request.request)
    asked["photos"] = list(request.request.photos)
    new = request.replacement
    tx.execute(
        after_sale_requests.insert().values(
            **asked,
            rma_no=request.rma_no,
            key=key,
            conversation_id=conversation_id,
            customer_no=request.customer_no,
            kind=request.kind,
            state=request.state,
            title=request.title,
            title_en=request.title_en,
            refund_fen=request.refund.total_fen,
            refund_lines=[[line.key, line.amount_fen] for line in request.refund.lines],
            return_freight_fen=request.refund.return_freight_fen,
            deducted_fen=request.deducted_fen,
            fee_fen=request.fee_fen,
            new_product_id=new.product_id if new else None,
            new_variant=new.variant if new else None,
            new_variant_en=new.variant_en if new else None,
            reservation_no=request.reservation_no,
            shipment_no=request.shipment_no,
            refund_no=request.refund_no,
            rule_id=request.rule_id,
            created_at=request.created_at,
            updated_at=request.updated_at,
        )
    )


def insert_step(
    tx: Connection,
    rma_no: str,
    state: AfterSaleState,
    at: datetime,
    *,
    actor_kind: str,
    actor_id: str,
) -> None:
    table = after_sale_steps
    last = tx.execute(sa.select(sa.func.max(table.c.position)).where(table.c.rma_no == rma_no))
    position = int(last.scalar() or 0) + 1
    tx.execute(
        table.insert().values(
            rma_no=rma_no, position=position, state=state, at=at,
            actor_kind=actor_kind, actor_id=actor_id,
        )
    )  # fmt: skip


def move(
    tx: Connection, rma_no: str, *, old: AfterSaleState, new: AfterSaleState, at: datetime
) -> bool:
    """`False` when the request has moved on meanwhile; nothing is written then."""
    table = after_sale_requests
    done = tx.execute(
        table.update()
        .where(table.c.rma_no == rma_no, table.c.state == old)
        .values(state=new, updated_at=at)
    )
    return done.rowcount == 1


def set_shipment(tx: Connection, rma_no: str, shipment_no: str) -> None:
    table = after_sale_requests
    tx.execute(table.update().where(table.c.rma_no == rma_no).values(shipment_no=shipment_no))


def set_refund(tx: Connection, rma_no: str, refund_no: str) -> None:
    table = after_sale_requests
    tx.execute(table.update().where(table.c.rma_no == rma_no).values(refund_no=refund_no))


def without_shipment(tx: Connection) -> list[AfterSaleRequest]:
    """Something is to be sent at once, and the shop has not confirmed that it is."""
    table = after_sale_requests
    return _requests(
        tx,
        table.c.state == AfterSaleState.EXCHANGING,
        table.c.way.in_((ReturnWay.PICKUP, ReturnWay.KEEP, ReturnWay.SELF_SHIP)),
        table.c.shipment_no.is_(None),
    )


def without_refund(tx: Connection) -> list[AfterSaleRequest]:
    """Money is to go back, and the shop has not confirmed the refund."""
    table = after_sale_requests
    return _requests(
        tx,
        table.c.state == AfterSaleState.REFUNDING,
        table.c.refund_no.is_(None),
    )


def steps_of(tx: Connection, rma_no: str) -> list[tuple[AfterSaleState, datetime]]:
    """Oldest first."""
    table = after_sale_steps
    query = sa.select(table).where(table.c.rma_no == rma_no).order_by(table.c.position)
    return [(AfterSaleState(row.state), row.at) for row in tx.execute(query)]


def request_of_key(tx: Connection, key: str) -> AfterSaleRequest | None:
    return _first(tx, after_sale_requests.c.key == key)


def find_request(tx: Connection, rma_no: str) -> AfterSaleRequest | None:
    return _first(tx, after_sale_requests.c.rma_no == rma_no)


def conversation_of(tx: Connection, rma_no: str) -> str:
    """Where it was filed."""
    table = after_sale_requests
    query = sa.select(table.c.conversation_id).where(table.c.rma_no == rma_no)
    return str(tx.execute(query).scalar_one())


def requests_of(tx: Connection, customer_no: str) -> list[AfterSaleRequest]:
    """Newest first."""
    return _requests(tx, after_sale_requests.c.customer_no == customer_no)[::-1]


def requests_on_orders(tx: Connection, order_nos: Iterable[str]) -> list[AfterSaleRequest]:
    """Those that bind goods or money: everything but rejected, cancelled and expired."""
    table = after_sale_requests
    return _requests(
        tx, table.c.order_no.in_(sorted(order_nos)), table.c.state.not_in(sorted(VOID))
    )


def running(requests: Iterable[AfterSaleRequest]) -> list[AfterSaleRequest]:
    return [request for request in requests if request.state in RUNNING]


def requests_in(tx: Connection, state: AfterSaleState) -> list[AfterSaleRequest]:
    return _requests(tx, after_sale_requests.c.state == state)


def _first(tx: Connection, *conditions: sa.ColumnElement[bool]) -> AfterSaleRequest | None:
    found = _requests(tx, *conditions)
    return found[0] if found else None


def _requests(tx: Connection, *conditions: sa.ColumnElement[bool]) -> list[AfterSaleRequest]:
    table = after_sale_requests
    query = sa.select(table).where(*conditions).order_by(table.c.created_at, table.c.rma_no)
    return [_request_of(row) for row in tx.execute(query)]


def _request_of(row: sa.Row[Any]) -> AfterSaleRequest:
    return AfterSaleRequest(
        rma_no=row.rma_no,
        kind=AfterSaleKind(row.kind),
        state=AfterSaleState(row.state),
        customer_no=row.customer_no,
        request=_asked_of(row),
        title=row.title,
        title_en=row.title_en,
        refund=Refund(
            lines=tuple(RefundLine(key, amount) for key, amount in row.refund_lines),
            return_freight_fen=row.return_freight_fen,
        ),
        rule_id=row.rule_id,
        created_at=row.created_at,
        updated_at=row.updated_at,
        deducted_fen=row.deducted_fen,
        fee_fen=row.fee_fen,
        replacement=_replacement_of(row),
        reservation_no=row.reservation_no,
        shipment_no=row.shipment_no,
        refund_no=row.refund_no,
    )


def _replacement_of(row: sa.Row[Any]) -> Replacement | None:
    if row.new_product_id is None:
        return None
    return Replacement(
        product_id=row.new_product_id, variant=row.new_variant, variant_en=row.new_variant_en
    )


def _asked_of(row: sa.Row[Any]) -> ReturnRequest:
    return ReturnRequest(
        order_no=row.order_no,
        line_id=row.line_id,
        quantity=row.quantity,
        reason=ReturnReason(row.reason),
        condition=Condition(row.condition),
        way=ReturnWay(row.way),
        pickup_at=row.pickup_at,
        pickup_label=row.pickup_label,
        photos=tuple(row.photos),
        accessories_complete=bool(row.accessories_complete),
        note=row.note,
        part=row.part,
    )
