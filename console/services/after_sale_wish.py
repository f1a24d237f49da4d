"""What customers do to a request of their own: withdraw it, send the goods, correct the reason."""

from __future__ import annotations

from dataclasses import dataclass, replace

from sqlalchemy import Connection

from console.desk.after_sale import AfterSaleRequest, AfterSaleState, ReturnReason
from console.desk.after_sale_change import Change, ChangeDecision, Outcome
from console.desk.event import BOT, Actor
from console.desk.refund import Refund
from console.desk.return_policy import Outcome as ReturnOutcome
from console.desk.waybill import ReturnWaybill
from console.services.after_sale_change import Wish, back_to_audit, carry_out, scene_of, step
from console.services.after_sale_over import end_overtaken
from console.services.after_sale_pickup import call_off_pickup
from console.services.own_after_sale import own_request
from console.services.parts import Desk
from console.services.return_scene import decide, keep_decision, refund_of
from console.storage import after_sale_change as change_rows
from console.storage.policy import policy_book


async def withdraw(
    desk: Desk, conversation_id: str, rma_no: str, *, key: str, actor: Actor = BOT
) -> AfterSaleRequest:
    """Ends the request; a booked courier is called off. Raises `ChangeRefused` and `NotFound`."""
    wish = Wish(rma_no=rma_no, change=Change.WITHDRAWN, key=key, actor=actor)

    def apply(tx: Connection, request: AfterSaleRequest) -> None:
        step(tx, request, AfterSaleState.CANCELLED, desk.clock.now(), actor)
        end_overtaken(tx, desk, rma_no, AfterSaleState.CANCELLED, actor)

    changed = await carry_out(desk, conversation_id, wish, apply)
    await call_off_pickup(desk, rma_no)
    return changed


async def give_tracking(
    desk: Desk,
    conversation_id: str,
    rma_no: str,
    waybill: ReturnWaybill,
    *,
    key: str,
    actor: Actor = BOT,
) -> AfterSaleRequest:
    """The customer has sent the goods; no courier comes. Raises `ChangeRefused`, `NotFound`."""
    details = {"carrier": waybill.carrier, "waybill_no": waybill.waybill_no}
    wish = Wish(rma_no=rma_no, change=Change.TRACKING, key=key, details=details, actor=actor)

    def apply(tx: Connection, request: AfterSaleRequest) -> None:
        now = desk.clock.now()
        change_rows.set_sent_by_customer(tx, rma_no, now)
        step(tx, request, AfterSaleState.IN_RETURN, now, actor)

    changed = await carry_out(desk, conversation_id, wish, apply)
    await call_off_pickup(desk, rma_no)
    return changed


@dataclass(frozen=True, slots=True)
class ReasonPreview:
    """What another reason would come to. `refused`: the policy's key for a no, else empty."""

    refund: Refund
    is_approved: bool  # nobody has to look at it
    refused: str


async def preview_reason(
    desk: Desk, conversation_id: str, rma_no: str, reason: ReturnReason
) -> ReasonPreview:
    """Nothing is written. Raises `NotFound`."""
    scene = await scene_of(desk, conversation_id, rma_no, BOT)

    def query(tx: Connection) -> ReasonPreview:
        _, request = own_request(tx, conversation_id, rma_no)
        asked, policies = replace(request.request, reason=reason), policy_book(tx)
        decision = decide(tx, desk, scene, asked, policies)
        is_refused = decision.outcome is ReturnOutcome.REFUSED
        return ReasonPreview(
            refund=refund_of(tx, scene, asked, policies),
            is_approved=decision.is_allowed,
            refused=decision.reason if is_refused else "",
        )

    return await desk.database.read(query)


async def change_reason(
    desk: Desk,
    conversation_id: str,
    rma_no: str,
    reason: ReturnReason,
    *,
    key: str,
    actor: Actor = BOT,
) -> AfterSaleRequest:
    """Decided anew with this reason: approved, for audit, or refused and nothing is changed.

    Raises `ChangeRefused` and `NotFound`.
    """
    wish = Wish(
        rma_no=rma_no, change=Change.REASON, key=key, details={"reason": reason}, actor=actor
    )
    scene = await scene_of(desk, conversation_id, rma_no, actor)

    def apply(tx: Connection, request: AfterSaleRequest) -> ChangeDecision | None:
        asked, policies, now = (
            replace(request.request, reason=reason),
            policy_book(tx),
            desk.clock.now(),
        )
        decision = decide(tx, desk, scene, asked, policies)
        keep_decision(tx, desk, scene, decision)
        if decision.outcome is ReturnOutcome.REFUSED:
            return ChangeDecision(Outcome.REFUSED, decision.rule_id, decision.reason)
        refund = refund_of(tx, scene, asked, policies)
        change_rows.set_reason(tx, rma_no, reason, refund, decision.rule_id, now)
        if not decision.is_allowed:
            back_to_audit(tx, request, now, actor)
        return None

    return await carry_out(desk, conversation_id, wish, apply)
