"""Returns: may it come back, how much is refunded, filing it once, and where refunds stand."""

from __future__ import annotations

import secrets
from dataclasses import dataclass

from sqlalchemy import Connection

from console.desk.after_sale import (
    AfterSaleKind,
    AfterSaleRequest,
    AfterSaleState,
    Condition,
    ReturnReason,
    ReturnRequest,
)
from console.desk.errors import BadRequest, DeskError, SameIdOtherContent
from console.desk.event import BOT, Actor, EventType, NewEvent
from console.desk.policy import PolicyBook
from console.desk.refund import Refund
from console.desk.return_policy import Outcome, ReturnPolicyDecision, decide_return
from console.services.after_sale_pickup import book_pickup
from console.services.parts import Desk
from console.services.refund import refund_progress
from console.services.return_scene import (
    Scene,
    decide,
    find_scene,
    keep_decision,
    refund_of,
    return_facts,
)
from console.storage import after_sale as rows
from console.storage import price_claim as claim_rows
from console.storage.event import record
from console.storage.money_lock import lock_money_of
from console.storage.policy import policy_book


class ReturnRefused(DeskError):
    """The policy says no; `decision` says why and what can be done instead."""

    code = "return_refused"
    status = 409

    def __init__(self, decision: ReturnPolicyDecision) -> None:
        super().__init__(
            rule_id=decision.rule_id, reason=decision.reason, alternative=decision.alternative
        )
        self.decision = decision


@dataclass(frozen=True, slots=True, kw_only=True)
class ReturnPreview:
    """The summary before filing."""

    request: ReturnRequest
    decision: ReturnPolicyDecision
    refund: Refund
    title: str
    title_en: str


async def check_return(
    desk: Desk,
    conversation_id: str,
    order_no: str,
    line_id: str,
    reason: ReturnReason | str,
    condition: Condition | str | None = None,
    *,
    quantity: int = 1,
    photos: int | None = None,
    accessories_complete: bool | None = None,
    actor: Actor = BOT,
) -> ReturnPolicyDecision:
    """The policy's answer, stored with its inputs. Raises `NotFound` and `BadRequest`."""
    asked = _asked(reason, condition)
    scene = await find_scene(desk, conversation_id, order_no, line_id, actor)

    def work(tx: Connection) -> ReturnPolicyDecision:
        facts = return_facts(tx, scene, *asked, quantity, photos, accessories_complete)
        decision = decide_return(facts, policy_book(tx), desk.clock.now())
        keep_decision(tx, desk, scene, decision)
        return decision

    return await desk.database.write(work)


def _asked(
    reason: ReturnReason | str, condition: Condition | str | None
) -> tuple[ReturnReason, Condition | None]:
    try:
        return ReturnReason(reason), Condition(condition) if condition else None
    except ValueError as error:
        raise BadRequest("unknown reason or condition") from error


async def preview_return(
    desk: Desk, conversation_id: str, request: ReturnRequest, *, actor: Actor = BOT
) -> ReturnPreview:
    """What filing would do; nothing is written."""
    scene = await find_scene(desk, conversation_id, request.order_no, request.line_id, actor)

    def query(tx: Connection) -> ReturnPreview:
        policies = policy_book(tx)
        return ReturnPreview(
            request=request,
            decision=decide(tx, desk, scene, request, policies),
            refund=refund_of(tx, scene, request, policies),
            title=scene.line.title,
            title_en=scene.line.title_en,
        )

    return await desk.database.read(query)


async def submit_return(
    desk: Desk, conversation_id: str, request: ReturnRequest, *, key: str, actor: Actor = BOT
) -> AfterSaleRequest:
    """Files the return once per key: approved when the policy allows, else for audit.

    Raises `ReturnRefused` (the decision is kept, nothing is filed), `NotFound`, and
    `SameIdOtherContent` for a key that filed another wish.
    """
    scene = await find_scene(desk, conversation_id, request.order_no, request.line_id, actor)

    def work(tx: Connection) -> AfterSaleRequest | ReturnPolicyDecision:
        return _file(tx, desk, scene, request, key)

    filed = await desk.database.write(work)
    if isinstance(filed, ReturnPolicyDecision):
        raise ReturnRefused(filed)
    await book_pickup(desk, filed.rma_no)
    return filed


# --- filing ---------------------------------------------------------------------------------


def _file(
    tx: Connection, desk: Desk, scene: Scene, request: ReturnRequest, key: str
) -> AfterSaleRequest | ReturnPolicyDecision:
    lock_money_of(tx, scene.shopper.customer_no)
    if (known := rows.request_of_key(tx, key)) is not None:
        if known.request != request or known.customer_no != scene.shopper.customer_no:
            raise SameIdOtherContent("key", key=key)
        return known
    policies = policy_book(tx)
    decision = decide(tx, desk, scene, request, policies)
    keep_decision(tx, desk, scene, decision)
    if decision.outcome is Outcome.REFUSED:
        return decision
    filed = _after_sale_request(tx, desk, scene, request, decision, policies)
    rows.insert_request(tx, filed, key=key, conversation_id=scene.conversation_id)
    claim_rows.void_audits(tx, [request.line_id], filed.created_at)
    _record_steps(tx, scene, filed)
    _tell(tx, scene, filed, key)
    return filed


def _after_sale_request(
    tx: Connection,
    desk: Desk,
    scene: Scene,
    request: ReturnRequest,
    decision: ReturnPolicyDecision,
    policies: PolicyBook,
) -> AfterSaleRequest:
    refund, now = refund_of(tx, scene, request, policies), desk.clock.now()
    state = AfterSaleState.AWAITING_RETURN if decision.is_allowed else AfterSaleState.SUBMITTED
    return AfterSaleRequest(
        rma_no=new_rma_no(),
        kind=AfterSaleKind.RETURN,
        state=state,
        customer_no=scene.shopper.customer_no,
        request=request,
        title=scene.line.title,
        title_en=scene.line.title_en,
        refund=refund,
        rule_id=decision.rule_id,
        created_at=now,
        updated_at=now,
        deducted_fen=-sum(line.amount_fen for line in refund.lines if line.key == "price_claim"),
    )


def new_rma_no() -> str:
    """`RMA` and ten digits: short enough to read out, not to be guessed in sequence."""
    return f"RMA{secrets.randbelow(9 * 10**9) + 10**9}"


def _record_steps(tx: Connection, scene: Scene, filed: AfterSaleRequest) -> None:
    states = [AfterSaleState.SUBMITTED]
    if filed.state is AfterSaleState.AWAITING_RETURN:
        states += [AfterSaleState.APPROVED, AfterSaleState.AWAITING_RETURN]
    for state in states:
        rows.insert_step(
            tx, filed.rma_no, state, filed.created_at,
            actor_kind=scene.actor.kind, actor_id=scene.actor.id,
        )  # fmt: skip


def _tell(tx: Connection, scene: Scene, filed: AfterSaleRequest, key: str) -> None:
    body = {
        "action": "return",
        "rma_no": filed.rma_no,
        "order_no": scene.order.order_no,
        "line_id": scene.line.line_id,
        "state": filed.state,
        "refund_fen": filed.refund.total_fen,
    }
    event = NewEvent(EventType.ACTION_TAKEN, scene.actor, body, f"return:{key}")
    record(tx, scene.conversation_id, [event], filed.created_at)


__all__ = [
    "ReturnPreview",
    "ReturnRefused",
    "check_return",
    "preview_return",
    "refund_progress",  # asked for beside returns; lives in refund.py
    "submit_return",
]
