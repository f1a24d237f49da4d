"""Price claims above the bot's limits: a person approves or rejects them, the customer hears it.

Above what one person may approve a second one has to say yes as well.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable
from dataclasses import replace

from sqlalchemy import Connection

from console.desk.errors import Conflict, NotFound
from console.desk.event import Actor
from console.desk.order import Order
from console.desk.price_audit import AuditStep, audit_text, audit_void_text
from console.desk.work_order import WorkOrder, WorkOrderKind
from console.services.after_sale_news import tell_customer_of
from console.services.audited_claim import giving_of, item_of
from console.services.keyed_action import action, is_taken, record_action
from console.services.left_to_refund import check_left, order_behind
from console.services.parts import Desk
from console.services.price_payment import pay_claims
from console.services.second_yes import FIRST_YES, keep_yes, needs_second
from console.services.shop_call import shopper_of
from console.services.work_order_end import end_answered
from console.storage import price_claim as rows
from console.storage.money_lock import lock_money_of
from console.storage.price_claim import ClaimState, PriceClaim


async def decide_price_claim(
    desk: Desk,
    conversation_id: str,
    claim_id: str,
    step: AuditStep,
    *,
    key: str,
    actor: Actor,
    note: str = "",
) -> PriceClaim:
    """Paid or let go, once per key; above the limit of one person it waits for a second yes.

    Raises `NotFound` for another customer's, `Conflict` when it was decided meanwhile or the
    same person says yes twice, `RefundTooHigh` above what the line has left.
    """
    claim = await desk.database.read(lambda tx: _own_claim(tx, conversation_id, claim_id))
    is_yes = step is AuditStep.APPROVE
    order = await order_behind(desk, claim.customer_no, claim.order_no) if is_yes else None

    def work(tx: Connection) -> PriceClaim:
        return _decide(tx, desk, conversation_id, order, claim_id, step, key, actor, note)

    decided = await desk.database.write(work)
    if decided.state is ClaimState.PENDING:
        await pay_claims(desk, [decided])
    found = await desk.database.read(lambda tx: rows.find_claim(tx, claim_id))
    return found or decided


def _decide(
    tx: Connection,
    desk: Desk,
    conversation_id: str,
    order: Order | None,
    claim_id: str,
    step: AuditStep,
    key: str,
    actor: Actor,
    note: str,
) -> PriceClaim:
    lock_money_of(tx, _own_claim(tx, conversation_id, claim_id).customer_no)
    claim = _own_claim(tx, conversation_id, claim_id)
    body = {
        "action": "price_audit", "claim_id": claim_id, "order_no": claim.order_no, "step": step,
        "claim_fen": claim.claim_fen, "note": note,
    }  # fmt: skip
    taken = action(actor, body, key)
    if is_taken(tx, conversation_id, taken):
        return claim
    if claim.state is not ClaimState.AUDIT:
        raise Conflict("price claim", state=claim.state)
    if order is not None:
        check_left(tx, order, claim.line_id, claim.claim_fen)
    is_first = order is not None and needs_second(tx, desk, giving_of(claim), actor)
    record_action(tx, conversation_id, taken, desk.clock.now(), second_needed=is_first)
    if is_first:
        _keep_audit(tx, desk, claim, actor, FIRST_YES)
        return claim
    return _settle(tx, desk, claim, step, actor, note)


def _own_claim(tx: Connection, conversation_id: str, claim_id: str) -> PriceClaim:
    shopper, claim = shopper_of(tx, conversation_id), rows.find_claim(tx, claim_id)
    if shopper is None or claim is None or claim.customer_no != shopper.customer_no:
        raise NotFound("price claim")
    return claim


def _settle(
    tx: Connection, desk: Desk, claim: PriceClaim, step: AuditStep, actor: Actor, note: str
) -> PriceClaim:
    """The bot's day limit is not touched: a person answers for this payment."""
    now, approves = desk.clock.now(), step is AuditStep.APPROVE
    new, at = (ClaimState.PENDING, None) if approves else (ClaimState.REJECTED, now)
    if not rows.settle(tx, claim.id, old=ClaimState.AUDIT, new=new, at=at):
        raise Conflict("price claim")
    if not approves:
        rows.release(tx, claim.line_id, claim.claim_fen)
    _keep_audit(tx, desk, claim, actor, new.value if not approves else "approved")
    _tell(tx, desk, claim, step, actor, note)
    return replace(claim, state=new, settled_at=at)


def _tell(
    tx: Connection, desk: Desk, claim: PriceClaim, step: AuditStep, actor: Actor, note: str
) -> None:
    item = item_of(tx, claim)

    def words(lang: str) -> str:
        title = item.title_en if lang == "en" and item.title_en else item.title
        return audit_text(step, title, claim.claim_fen, note, lang)

    tell_customer_of(tx, desk, claim.conversation_id, words, key=f"price_audit:{claim.id}")
    _answer(tx, desk, claim, words, actor)


def void_audits(tx: Connection, desk: Desk, line_ids: Iterable[str], actor: Actor) -> None:
    """Claims that wait for a person fall with their goods, and so does what was owed about them."""
    for claim in rows.void_audits(tx, line_ids, desk.clock.now()):
        _answer(tx, desk, claim, audit_void_text, actor, is_gone=True)


def _answer(
    tx: Connection,
    desk: Desk,
    claim: PriceClaim,
    words: Callable[[str], str],
    actor: Actor,
    *,
    is_gone: bool = False,
) -> None:
    """The work order of the order is done when its last claim is decided."""
    mine = rows.claims_of_customer(tx, claim.customer_no)
    if not any(one.state is ClaimState.AUDIT and one.order_no == claim.order_no for one in mine):
        end_answered(
            tx, desk, claim.conversation_id, lambda order: _is_about(order, claim),
            actor=actor, words=words, is_gone=is_gone,
        )  # fmt: skip


def _is_about(order: WorkOrder, claim: PriceClaim) -> bool:
    is_audit = order.kind is WorkOrderKind.AUDIT and "claim_fen" in order.details
    return is_audit and order.order_no == claim.order_no


def _keep_audit(tx: Connection, desk: Desk, claim: PriceClaim, actor: Actor, outcome: str) -> None:
    keep_yes(
        tx, desk, giving_of(claim), outcome,
        conversation_id=claim.conversation_id, customer_no=claim.customer_no, actor=actor,
    )  # fmt: skip
