"""What the demo shop and the desk have written down and only tests read back."""

from __future__ import annotations

from typing import Any

import sqlalchemy as sa
from sqlalchemy import Connection

from console.storage.rating import ratings
from console.storage.shop_orders import shop_order_notes
from console.storage.shop_window import shop_marketing


def notes_of(tx: Connection, order_no: str) -> list[str]:
    """Oldest first."""
    table = shop_order_notes
    query = sa.select(table.c.text).where(table.c.order_no == order_no)
    return list(tx.execute(query.order_by(table.c.at, table.c.id)).scalars())


def marketing_of(tx: Connection, customer_no: str) -> dict[str, bool]:
    """What was said so far, by channel."""
    query = sa.select(shop_marketing).where(shop_marketing.c.customer_no == customer_no)
    return {row.channel: bool(row.is_allowed) for row in tx.execute(query)}


def ratings_of(tx: Connection, conversation_id: str) -> list[sa.Row[Any]]:
    return list(tx.execute(sa.select(ratings).where(ratings.c.conversation_id == conversation_id)))
