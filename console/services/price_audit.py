"""Price claims above the bot's limits: a person approves or rejects them."""

from __future__ import annotations

from dataclasses import replace

from sqlalchemy import Connection

from console.desk.errors import Conflict, NotAllowed, NotFound
from console.desk.event import Actor
from console.desk.policy import PolicyDecision
from console.services.parts import Desk
from console.services.price_payment import pay_claims
from console.storage import price_claim as rows
from console.storage.policy import record_decision
from console.storage.price_claim import ClaimState, PriceClaim


async def approve_price_claim(
    desk: Desk, claim_id: str, *, actor: Actor, limit_fen: int
) -> PriceClaim:
    """Pays a claim that waited for a person. `limit_fen`: what this person may approve alone.

    Raises `NotFound`, `NotAllowed` above the limit, `Conflict` when it was decided meanwhile.
    """
    claim = await _waiting_claim(desk, claim_id)
    if claim.claim_fen > limit_fen:
        raise NotAllowed("above the limit", limit_fen=limit_fen)

    def work(tx: Connection) -> PriceClaim:
        if not rows.settle(tx, claim.id, old=ClaimState.AUDIT, new=ClaimState.PENDING, at=None):
            raise Conflict("price claim")
        _keep_audit(tx, desk, claim, actor, "approved")
        # The bot's day limit is not touched: a person answers for this payment.
        return replace(claim, state=ClaimState.PENDING)

    await pay_claims(desk, [await desk.database.write(work)])
    found = await desk.database.read(lambda tx: rows.find_claim(tx, claim_id))
    return found or claim


async def reject_price_claim(desk: Desk, claim_id: str, *, actor: Actor) -> PriceClaim:
    """What the claim had reserved is free again. Raises `NotFound` and `Conflict`."""
    claim, now = await _waiting_claim(desk, claim_id), desk.clock.now()

    def work(tx: Connection) -> PriceClaim:
        if not rows.settle(tx, claim.id, old=ClaimState.AUDIT, new=ClaimState.REJECTED, at=now):
            raise Conflict("price claim")
        rows.release(tx, claim.line_id, claim.claim_fen)
        _keep_audit(tx, desk, claim, actor, "rejected")
        return replace(claim, state=ClaimState.REJECTED, settled_at=now)

    return await desk.database.write(work)


def _keep_audit(tx: Connection, desk: Desk, claim: PriceClaim, actor: Actor, outcome: str) -> None:
    decision = PolicyDecision(
        subject="price_claim",
        outcome=outcome,
        rule_id="audit",
        order_no=claim.order_no,
        line_id=claim.line_id,
        inputs={"claim_id": claim.id, "claim_fen": claim.claim_fen},
    )
    record_decision(
        tx, decision, conversation_id=claim.conversation_id, customer_no=claim.customer_no,
        actor=actor, at=desk.clock.now(),
    )  # fmt: skip


async def _waiting_claim(desk: Desk, claim_id: str) -> PriceClaim:
    claim = await desk.database.read(lambda tx: rows.find_claim(tx, claim_id))
    if claim is None:
        raise NotFound("price claim")
    if claim.state is not ClaimState.AUDIT:
        raise Conflict("price claim")
    return claim
