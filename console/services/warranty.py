"""Warranties before and after buying: how long one runs, and until when mine does."""

from __future__ import annotations

from sqlalchemy import Connection

from console.desk.policy import Subject
from console.desk.product import Product
from console.services.parts import Desk
from console.storage.policy import policy_book


async def warranty_days(desk: Desk, product: Product | None) -> int:
    """0 for kinds without one; without a product the shop's general length."""
    now = desk.clock.now()
    subject = Subject()
    if product is not None:
        subject = Subject(
            seller_id=product.seller_id, category=product.category, sku=product.product_id
        )

    def query(tx: Connection) -> int:
        return policy_book(tx).number("return.warranty_days", now, subject)

    return await desk.database.read(query)
