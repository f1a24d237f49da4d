"""Paying price claims: the shop refunds under the claim's own key, then the claim is paid."""

from __future__ import annotations

import asyncio
from collections.abc import Iterable

from sqlalchemy import Connection

from console.desk.errors import BadRequest, ShopDown
from console.gateways.shop import RefundKind
from console.services.parts import Desk
from console.services.shop_call import answer_of
from console.storage import price_claim as rows
from console.storage.price_claim import ClaimState, PriceClaim


async def pay_claims(desk: Desk, claims: Iterable[PriceClaim]) -> int:
    """Claims of different orders at once; returns how many were settled."""
    return sum(await asyncio.gather(*(_pay(desk, claim) for claim in claims)))


async def _pay(desk: Desk, claim: PriceClaim) -> bool:
    """`False` when the shop did not answer: the claim stays pending and is tried again."""
    call = desk.shop.refund(
        claim.customer_no,
        claim.order_no,
        claim.claim_fen,
        RefundKind.PRICE_CLAIM,
        key=f"price_claim:{claim.id}",
    )
    try:
        refund = await answer_of(desk, call)
    except ShopDown:
        return False
    except BadRequest:
        return await desk.database.write(lambda tx: _void(tx, desk, claim))
    now = desk.clock.now()
    return await desk.database.write(
        lambda tx: rows.settle(
            tx, claim.id, old=ClaimState.PENDING, new=ClaimState.PAID, at=now,
            refund_no=refund.refund_no,
        )
    )  # fmt: skip


def _void(tx: Connection, desk: Desk, claim: PriceClaim) -> bool:
    """The shop refused for good: the line is free again, the day's budget stays used."""
    now = desk.clock.now()
    if not rows.settle(tx, claim.id, old=ClaimState.PENDING, new=ClaimState.VOID, at=now):
        return False
    rows.release(tx, claim.line_id, claim.claim_fen)
    return True


async def finish_pending_claims(desk: Desk) -> int:
    """Pays what a crash or a silent shop left pending; returns how many are settled now."""
    waiting = await desk.database.read(lambda tx: rows.claims_in(tx, ClaimState.PENDING))
    return await pay_claims(desk, waiting)
