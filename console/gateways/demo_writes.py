"""How the embedded shop writes: once per key, and only to the customer's own orders."""

from __future__ import annotations

from collections.abc import Callable
from datetime import datetime
from typing import Any

import sqlalchemy as sa
from sqlalchemy import Connection

from console.desk.errors import BadRequest, NotFound, SameIdOtherContent
from console.desk.identity import new_id
from console.desk.order import Order
from console.desk.refund import to_sources
from console.gateways.shop import RefundKind
from console.storage import shop as rows


def once(tx: Connection, key: str, wish: dict[str, Any], work: Callable[[], str]) -> str:
    """Carries `work` out unless `key` is known; its answer is kept with the key."""
    table = rows.shop_writes
    found = tx.execute(sa.select(table).where(table.c.key == key)).first()
    if found is not None:
        if found.wish != wish:
            raise SameIdOtherContent("key", key=key)
        return str(found.answer)
    answer = work()
    tx.execute(table.insert().values(key=key, wish=wish, answer=answer))
    return answer


def own_order(tx: Connection, customer_no: str, order_no: str) -> Order:
    """Held against other desks. Raises `NotFound`."""
    order = rows.locked_order(tx, customer_no, order_no)
    if order is None:
        raise NotFound("order")
    return order


def pay_back(
    tx: Connection,
    customer_no: str,
    order_no: str,
    amount_fen: int,
    kind: RefundKind,
    now: datetime,
) -> str:
    """The number of the refund. Raises `BadRequest` when more would go back than was paid."""
    order = own_order(tx, customer_no, order_no)
    try:
        parts = to_sources(amount_fen, order.payments)
    except ValueError as error:
        raise BadRequest(str(error), order_no=order_no) from error
    refund_no = new_id("rf")
    rows.add_refunded(tx, order_no, parts)
    tx.execute(
        rows.shop_refunds.insert().values(
            refund_no=refund_no,
            order_no=order_no,
            amount_fen=amount_fen,
            kind=kind,
            parts=[[part.source, part.amount_fen, part.position] for part in parts],
            created_at=now,
        )
    )
    return refund_no
