"""How soon a person decides what the bot may not: by policy rows, sooner for higher bands."""

from __future__ import annotations

from datetime import datetime, timedelta

from sqlalchemy import Connection

from console.desk.policy import PolicyBook
from console.services.parts import Desk
from console.storage.conversation import customer_of
from console.storage.policy import policy_book

_AUDIT, _REVIEW = "after_sale.audit_hours", "price_protection.review_hours"


def audit_time(policies: PolicyBook, band: str, at: datetime) -> timedelta:
    """Of an after-sale request."""
    return timedelta(hours=policies.number_of_band(_AUDIT, band, at))


def review_time(policies: PolicyBook, band: str, at: datetime) -> timedelta:
    """Of a price claim."""
    return timedelta(hours=policies.number_of_band(_REVIEW, band, at))


async def audit_hours(desk: Desk, conversation_id: str) -> int:
    """As the customer who writes here is told about an after-sale request."""
    return await _hours(desk, conversation_id, _AUDIT)


async def review_hours(desk: Desk, conversation_id: str) -> int:
    """The same about a price claim."""
    return await _hours(desk, conversation_id, _REVIEW)


async def _hours(desk: Desk, conversation_id: str, key: str) -> int:
    def query(tx: Connection) -> int:
        band = customer_of(tx, conversation_id).band
        return policy_book(tx).number_of_band(key, band, desk.clock.now())

    return await desk.database.read(query)
