"""One customer's money moves one step at a time, and one conversation begins, whichever desk it is."""

from __future__ import annotations

import sqlalchemy as sa
from sqlalchemy import Connection

from console.storage.customer import customers


def lock_money_of(tx: Connection, customer_no: str) -> None:
    """Call first in every transaction that decides about money. SQLite's one writer is enough."""
    query = sa.select(customers.c.id).where(customers.c.shop_customer_no == customer_no)
    tx.execute(query.with_for_update())


def lock_customer(tx: Connection, customer_id: str) -> None:
    """As above for whoever has no number at the shop. Call before a conversation is locked."""
    tx.execute(sa.select(customers.c.id).where(customers.c.id == customer_id).with_for_update())
