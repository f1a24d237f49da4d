"""Guests who prove one order with its number and four digits of the phone (contracts, section 7).

They see how it stands and where it is. A wrong number, wrong digits and somebody else's order read
the same, and every try counts before the shop is asked.
"""

from __future__ import annotations

import hashlib
import hmac
import re
from dataclasses import dataclass
from datetime import datetime, timedelta
from enum import StrEnum

from sqlalchemy import Connection

from console.gateways.shop import GuestOrder
from console.services.parts import Desk
from console.services.shop_call import answer_of
from console.storage import guest_proof as rows
from console.storage.conversation import customer_of

WINDOW = timedelta(hours=1)
_FOUR_DIGITS = re.compile(r"[0-9]{4}")
KEPT = timedelta(days=1)  # tries, and the proof that spares the next question


class ProofOutcome(StrEnum):
    SHOWN = "shown"
    NEEDS_DIGITS = "needs_digits"
    WRONG = "wrong"
    TOO_OFTEN = "too_often"


@dataclass(frozen=True, slots=True)
class GuestProof:
    """`order` only with SHOWN."""

    outcome: ProofOutcome
    order: GuestOrder | None = None


@dataclass(frozen=True, slots=True)
class _Try:
    key: str
    visitor_id: str
    order_no: str
    digits: str


def network_key(desk: Desk, network: str) -> str:
    """An address that can be counted but not read back."""
    key = desk.settings.visitor_key.encode()
    return hmac.new(key, network.encode(), hashlib.sha256).hexdigest()


async def prove_order(
    desk: Desk, conversation_id: str, order_no: str, phone_last4: str | None, *, turn_id: str
) -> GuestProof:
    """`phone_last4`: None when nothing was said; then an earlier proof of this visitor counts.

    The same try of a retried turn counts once. Raises `ShopDown`.
    """
    now = desk.clock.now()

    def earlier(tx: Connection) -> tuple[str, str | None]:
        visitor_id = customer_of(tx, conversation_id).id
        return visitor_id, rows.proof_of(tx, visitor_id, order_no, now - KEPT)

    visitor_id, proven = await desk.database.read(earlier)
    digits = phone_last4 or proven
    if digits is None or not _FOUR_DIGITS.fullmatch(digits):
        return GuestProof(ProofOutcome.NEEDS_DIGITS)
    if digits == proven:
        return await _ask_shop(desk, order_no, digits)
    key = f"{turn_id}:{order_no}:{digits}"
    return await _try(desk, _Try(key, visitor_id, order_no, digits), now)


async def _try(desk: Desk, wish: _Try, now: datetime) -> GuestProof:
    if not await desk.database.write(lambda tx: _may_try(tx, desk, wish, now)):
        return GuestProof(ProofOutcome.TOO_OFTEN)
    proof = await _ask_shop(desk, wish.order_no, wish.digits)
    if proof.outcome is ProofOutcome.SHOWN:
        await desk.database.write(lambda tx: rows.keep_proof(tx, wish.key, wish.digits))
    return proof


def _may_try(tx: Connection, desk: Desk, wish: _Try, now: datetime) -> bool:
    """Counts the try when it is allowed; parallel ones cannot pass the limit together."""
    rows.take_tries(tx)
    if rows.is_try(tx, wish.key):
        return True
    rows.forget_tries(tx, now - KEPT)
    network = rows.network_of_visitor(tx, wish.visitor_id)
    tries = rows.tries_since(tx, wish.visitor_id, wish.order_no, network, now - WINDOW)
    limits = desk.settings.limits
    most = limits.guest_proof_tries
    if tries.of_order >= most or tries.of_visitor >= most:
        return False
    if tries.of_network >= limits.guest_proof_tries_per_ip:
        return False
    rows.insert_try(tx, wish.key, wish.visitor_id, wish.order_no, network, now)
    return True


async def _ask_shop(desk: Desk, order_no: str, digits: str) -> GuestProof:
    order = await answer_of(desk, desk.shop.guest_order(order_no, digits))
    if order is None:
        return GuestProof(ProofOutcome.WRONG)
    return GuestProof(ProofOutcome.SHOWN, order)
