"""Rows of work orders."""

from __future__ import annotations

from typing import Any

import sqlalchemy as sa
from sqlalchemy import Connection

from console.desk.work_order import WorkOrder, WorkOrderKind, WorkOrderState
from console.storage.case import cases
from console.storage.columns import Instant, Json, metadata

work_orders = sa.Table(
    "work_order",
    metadata,
    sa.Column("work_order_no", sa.Text, primary_key=True),
    sa.Column("key", sa.Text, nullable=False, unique=True),
    sa.Column("kind", sa.Text, nullable=False),
    sa.Column("state", sa.Text, nullable=False),
    sa.Column("conversation_id", sa.Text, sa.ForeignKey("conversation.id"), nullable=False),
    sa.Column("case_id", sa.Text, sa.ForeignKey("case.id"), nullable=False, index=True),
    sa.Column("customer_id", sa.Text, sa.ForeignKey("customer.id"), nullable=False, index=True),
    sa.Column("order_no", sa.Text),
    sa.Column("line_id", sa.Text),
    sa.Column("text", sa.Text, nullable=False),
    sa.Column("details", Json, nullable=False),
    sa.Column("severity", sa.Integer),
    sa.Column("opened_at", Instant, nullable=False),
    sa.Column("due_at", Instant),
    sa.Column("promise_id", sa.Text, sa.ForeignKey("promise.id")),
    sa.Column("closed_at", Instant),
    sa.CheckConstraint("severity BETWEEN 1 AND 4", name="severity_is_one_to_four"),
)


def insert_work_order(tx: Connection, order: WorkOrder) -> None:
    tx.execute(work_orders.insert().values(**_row(order)))


def save_work_order(tx: Connection, order: WorkOrder) -> None:
    mine = work_orders.c.work_order_no == order.work_order_no
    tx.execute(work_orders.update().where(mine).values(**_row(order)))


def work_order_of_key(tx: Connection, key: str) -> WorkOrder | None:
    return _first(tx, work_orders.c.key == key)


def open_work_order_on(
    tx: Connection, customer_id: str, kind: WorkOrderKind, order_no: str | None, line_id: str | None
) -> WorkOrder | None:
    """The one that is under way about the same thing."""
    return next(iter(open_work_orders_on(tx, customer_id, kind, order_no, line_id)), None)


def open_work_orders_on(
    tx: Connection, customer_id: str, kind: WorkOrderKind, order_no: str | None, line_id: str | None
) -> list[WorkOrder]:
    """Oldest first; without an order they may be about different goods."""
    query = sa.select(work_orders).where(
        work_orders.c.customer_id == customer_id,
        work_orders.c.kind == kind,
        work_orders.c.order_no.is_not_distinct_from(order_no),
        work_orders.c.line_id.is_not_distinct_from(line_id),
        work_orders.c.state == WorkOrderState.OPEN,
    )
    rows = tx.execute(query.order_by(work_orders.c.opened_at, work_orders.c.work_order_no))
    return [work_order_of(row) for row in rows]


def work_order_of_customer(
    tx: Connection, customer_id: str, work_order_no: str
) -> WorkOrder | None:
    return _first(tx, work_orders.c.work_order_no == work_order_no, _theirs(customer_id))


def all_open_of_customer(tx: Connection, customer_id: str) -> list[WorkOrder]:
    is_open = work_orders.c.state == WorkOrderState.OPEN
    query = sa.select(work_orders).where(is_open, _theirs(customer_id))
    return [work_order_of(row) for row in tx.execute(query.order_by(work_orders.c.opened_at))]


def locked_work_order(tx: Connection, work_order_no: str) -> WorkOrder:
    """Held until the transaction ends, so that one of two who end it is first."""
    mine = sa.select(work_orders).where(work_orders.c.work_order_no == work_order_no)
    return work_order_of(tx.execute(mine.with_for_update()).one())


def open_work_orders_of_promise(tx: Connection, promise_id: str) -> list[WorkOrder]:
    query = sa.select(work_orders).where(
        work_orders.c.promise_id == promise_id, work_orders.c.state == WorkOrderState.OPEN
    )
    return [work_order_of(row) for row in tx.execute(query)]


def work_orders_of_customer(tx: Connection, customer_id: str, limit: int = 50) -> list[WorkOrder]:
    """Newest first."""
    query = (
        sa.select(work_orders)
        .where(_theirs(customer_id))
        .order_by(work_orders.c.opened_at.desc(), work_orders.c.work_order_no.desc())
        .limit(limit)
    )
    return [work_order_of(row) for row in tx.execute(query)]


def _theirs(customer_id: str) -> sa.ColumnElement[bool]:
    """With those from before the customer signed in, whose case moved along."""
    their_cases = sa.select(cases.c.id).where(cases.c.customer_id == customer_id)
    return sa.or_(work_orders.c.customer_id == customer_id, work_orders.c.case_id.in_(their_cases))


def _first(tx: Connection, *conditions: sa.ColumnElement[bool]) -> WorkOrder | None:
    row = tx.execute(
        sa.select(work_orders).where(*conditions).order_by(work_orders.c.opened_at).limit(1)
    ).first()
    return work_order_of(row) if row else None


def _row(order: WorkOrder) -> dict[str, Any]:
    values = {column.name: getattr(order, column.name) for column in work_orders.columns}
    return {**values, "details": dict(order.details)}


def work_order_of(row: sa.Row[Any]) -> WorkOrder:
    values = {column.name: getattr(row, column.name) for column in work_orders.columns}
    values["kind"] = WorkOrderKind(row.kind)
    values["state"] = WorkOrderState(row.state)
    return WorkOrder(**values)
