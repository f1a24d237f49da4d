"""Warranties before and after buying: how long one runs, and until when mine does."""

from __future__ import annotations

from sqlalchemy import Connection

from console.desk.policy import EVERYTHING, Subject
from console.desk.product import Category, Product
from console.services.parts import Desk
from console.storage.policy import policy_book


async def warranty_days(desk: Desk, product: Product | None) -> int:
    """0 for kinds without one; without a product the shop's general length."""
    return await _days(desk, Subject.of(product) if product is not None else EVERYTHING)


async def warranty_days_of(desk: Desk, category: Category) -> int:
    """Of the shop's own goods of this kind."""
    return await _days(desk, Subject(category=category))


async def _days(desk: Desk, subject: Subject) -> int:
    now = desk.clock.now()

    def query(tx: Connection) -> int:
        return policy_book(tx).number("return.warranty_days", now, subject)

    return await desk.database.read(query)
