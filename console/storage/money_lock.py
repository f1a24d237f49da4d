"""One customer's money moves one step at a time, whichever desk decides."""

from __future__ import annotations

import sqlalchemy as sa
from sqlalchemy import Connection

from console.storage.customer import customers


def lock_money_of(tx: Connection, customer_no: str) -> None:
    """Call first in every transaction that decides about money. SQLite's one writer is enough."""
    query = sa.select(customers.c.id).where(customers.c.shop_customer_no == customer_no)
    tx.execute(query.with_for_update())
