"""Price claims that wait for a person: how they stand, and what is owed about them."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime

from sqlalchemy import Connection

from console.desk.event import BOT, Actor
from console.desk.money import yuan
from console.desk.policy import PolicyBook
from console.desk.work_order import WorkOrderKind, WorkOrderRequest
from console.services.audit_time import review_time
from console.services.parts import Desk
from console.services.price_item import PriceItem, from_json
from console.services.second_yes import Giving, first_yes
from console.services.work_order import open_in
from console.storage import price_claim as rows
from console.storage.conversation import customer_of
from console.storage.policy import policy_book
from console.storage.price_claim import ClaimState, PriceClaim

SUBJECT, RULE = "price_claim", "audit"


@dataclass(frozen=True, slots=True, kw_only=True)
class AuditedClaim:
    """`approved_by`: who has said yes already, where a second person has to."""

    claim: PriceClaim
    item: PriceItem
    due_at: datetime
    approved_by: str | None


def promise_audits(
    tx: Connection, desk: Desk, conversation_id: str, key: str, actor: Actor
) -> None:
    """Inside the deciding unit of work: what is left to a person is owed in time, by order.

    The bot says so itself; what agents file is told by the ledger.
    """
    claims = rows.claims_of_request(tx, key)
    waiting = [claim for claim in claims if claim.state is ClaimState.AUDIT]
    within = review_time(policy_book(tx), customer_of(tx, conversation_id).band, desk.clock.now())
    for order_no in sorted({claim.order_no for claim in waiting}):
        fen = sum(claim.claim_fen for claim in waiting if claim.order_no == order_no)
        request = WorkOrderRequest(
            kind=WorkOrderKind.AUDIT,
            text=f"价保 {yuan(fen)} 元待审核",
            order_no=order_no,
            details={"claim_fen": fen},
            answer_within=within,
        )
        open_in(
            tx,
            desk,
            conversation_id,
            request,
            f"price_audit:{order_no}:{key}",
            actor,
            in_other_words=actor == BOT,
        )


def waiting_claims(tx: Connection, customer_no: str) -> list[PriceClaim]:
    """What waits for a person, oldest first."""
    mine = rows.claims_of_customer(tx, customer_no)
    return [one for one in reversed(mine) if one.state is ClaimState.AUDIT]


def audited_claims(
    tx: Connection, waiting: Iterable[PriceClaim], policies: PolicyBook, band: str
) -> list[AuditedClaim]:
    """`band`: the customer's."""
    return [_audited(tx, claim, policies, band) for claim in waiting]


def _audited(tx: Connection, claim: PriceClaim, policies: PolicyBook, band: str) -> AuditedClaim:
    first = first_yes(tx, giving_of(claim))
    return AuditedClaim(
        claim=claim,
        item=item_of(tx, claim),
        due_at=claim.created_at + review_time(policies, band, claim.created_at),
        approved_by=first.actor.name if first else None,
    )


def item_of(tx: Connection, claim: PriceClaim) -> PriceItem:
    """The line as it was shown to the customer."""
    request = rows.find_request(tx, claim.key)
    verdicts = request.verdicts if request else []
    return next(
        from_json(one, {claim.line_id: claim.state})
        for one in verdicts
        if one["line_id"] == claim.line_id
    )


def giving_of(claim: PriceClaim) -> Giving:
    """What a person agrees to."""
    return Giving(
        subject=SUBJECT,
        rule_id=RULE,
        number=claim.order_no,
        line_id=claim.line_id,
        amount_fen=claim.claim_fen,
        matter={"claim_id": claim.id, "state": ClaimState.AUDIT},
    )
