"""How the embedded shop writes: once per key, and only to the customer's own orders."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

import sqlalchemy as sa
from sqlalchemy import Connection

from console.desk.errors import NotFound, SameIdOtherContent
from console.desk.order import Order
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
