"""Filing an after-sale request of any kind: decided, written once, told, then carried out.

What the shop has to do comes after the writing and is repeated with its key until the shop has
confirmed it; `finish_pending_requests` looks after what a crash or a silent shop left open.
"""

from __future__ import annotations

import secrets
from collections.abc import Callable
from dataclasses import dataclass
from datetime import timedelta

from sqlalchemy import Connection

from console.desk.after_sale import (
    AfterSaleKind,
    AfterSaleRequest,
    AfterSaleState,
    Replacement,
    ReturnRequest,
)
from console.desk.errors import DeskError, SameIdOtherContent
from console.desk.event import EventType, NewEvent
from console.desk.refund import Refund
from console.desk.remedy import may_claim_on_carrier
from console.desk.return_policy import Outcome, ReturnPolicyDecision
from console.desk.work_order import WorkOrderKind, WorkOrderRequest
from console.services.audit_time import audit_time
from console.services.errand import run_errands
from console.services.keyed_action import record_action
from console.services.parts import Desk
from console.services.price_audit import void_audits
from console.services.return_scene import Scene, keep_decision
from console.services.work_order import open_work_order
from console.storage import after_sale as rows
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


NO_MONEY = Refund(lines=())


@dataclass(frozen=True, slots=True)
class Wish:
    """What is asked for; the same key must always ask for the same."""

    kind: AfterSaleKind
    request: ReturnRequest
    replacement: Replacement | None = None

    def is_of(self, filed: AfterSaleRequest) -> bool:
        known = (filed.kind, filed.request, filed.replacement)
        return known == (self.kind, self.request, self.replacement)


@dataclass(frozen=True, slots=True, kw_only=True)
class Draft:
    """What is filed when the policy does not refuse. `approved_as`: the state after a yes."""

    approved_as: AfterSaleState
    refund: Refund = NO_MONEY
    fee_fen: int = 0
    reservation_no: str | None = None


Decide = Callable[[Connection], tuple[ReturnPolicyDecision, Draft]]


async def file_once(
    desk: Desk, scene: Scene, wish: Wish, decide: Decide, *, key: str
) -> AfterSaleRequest:
    """The filed request, as it stands once the shop was asked for its part.

    Raises `ReturnRefused` (the decision is kept, nothing is filed) and `SameIdOtherContent` for a
    key that filed another wish.
    """

    def work(tx: Connection) -> AfterSaleRequest | ReturnPolicyDecision:
        return _file(tx, desk, scene, wish, decide, key)

    filed = await desk.database.write(work)
    if isinstance(filed, ReturnPolicyDecision):
        raise ReturnRefused(filed)
    await run_errands(desk, filed)
    await _claim_on_carrier(desk, scene, filed)
    if filed.state is AfterSaleState.SUBMITTED and filed.kind is not AfterSaleKind.RETURN:
        await _promise_audit(desk, scene, filed)
    now = await desk.database.read(lambda tx: rows.find_request(tx, filed.rma_no))
    return now or filed


async def _claim_on_carrier(desk: Desk, scene: Scene, filed: AfterSaleRequest) -> None:
    """Whichever way the goods are settled, once it is filed and not before."""
    asked = filed.request

    def is_due(tx: Connection) -> bool:
        return may_claim_on_carrier(
            scene.order, scene.line, asked.reason, policy_book(tx), filed.created_at
        )

    if not await desk.database.read(is_due):
        return
    request = WorkOrderRequest(
        kind=WorkOrderKind.CARRIER_CLAIM,
        text=asked.note or str(asked.reason),
        order_no=asked.order_no,
        line_id=asked.line_id,
        details={"reason": asked.reason, "photos": list(asked.photos), "part": asked.part},
    )
    await open_work_order(
        desk, scene.conversation_id, request, key=f"carrier:{filed.rma_no}", actor=scene.actor
    )


async def _promise_audit(desk: Desk, scene: Scene, filed: AfterSaleRequest) -> None:
    """A person looks at it in time; the customer sees the promise."""

    def query(tx: Connection) -> timedelta:
        return audit_time(policy_book(tx), scene.shopper.customer.band, filed.created_at)

    asked = filed.request
    request = WorkOrderRequest(
        kind=WorkOrderKind.AUDIT,
        text=asked.note or str(asked.reason),
        order_no=asked.order_no,
        line_id=asked.line_id,
        details={"rma_no": filed.rma_no, "refund_fen": filed.refund.total_fen},
        answer_within=await desk.database.read(query),
    )
    await open_work_order(
        desk, scene.conversation_id, request, key=f"audit:{filed.rma_no}", actor=scene.actor
    )


def _file(
    tx: Connection, desk: Desk, scene: Scene, wish: Wish, decide: Decide, key: str
) -> AfterSaleRequest | ReturnPolicyDecision:
    lock_money_of(tx, scene.shopper.customer_no)
    if (known := rows.request_of_key(tx, key)) is not None:
        if not wish.is_of(known) or known.customer_no != scene.shopper.customer_no:
            raise SameIdOtherContent("key", key=key)
        return known
    decision, draft = decide(tx)
    keep_decision(tx, desk, scene, decision, subject=wish.kind)
    if decision.outcome is Outcome.REFUSED:
        return decision
    filed = _request_of(desk, scene, wish, decision, draft)
    rows.insert_request(tx, filed, key=key, conversation_id=scene.conversation_id)
    if filed.pays_money_back and filed.takes_units:
        void_audits(tx, desk, [wish.request.line_id], scene.actor)
    _record_steps(tx, scene, filed)
    _tell(tx, scene, filed, key)
    return filed


def _request_of(
    desk: Desk, scene: Scene, wish: Wish, decision: ReturnPolicyDecision, draft: Draft
) -> AfterSaleRequest:
    now = desk.clock.now()
    return AfterSaleRequest(
        rma_no=new_rma_no(),
        kind=wish.kind,
        state=draft.approved_as if decision.is_allowed else AfterSaleState.SUBMITTED,
        customer_no=scene.shopper.customer_no,
        request=wish.request,
        title=scene.line.title,
        title_en=scene.line.title_en,
        refund=draft.refund,
        rule_id=decision.rule_id,
        created_at=now,
        updated_at=now,
        deducted_fen=_deducted(draft.refund),
        replacement=wish.replacement,
        fee_fen=draft.fee_fen,
        reservation_no=draft.reservation_no,
    )


def _deducted(refund: Refund) -> int:
    return -sum(line.amount_fen for line in refund.lines if line.key == "price_claim")


def new_rma_no() -> str:
    """`RMA` and ten digits: short enough to read out, not to be guessed in sequence."""
    return f"RMA{secrets.randbelow(9 * 10**9) + 10**9}"


def _record_steps(tx: Connection, scene: Scene, filed: AfterSaleRequest) -> None:
    states = [AfterSaleState.SUBMITTED]
    if filed.state is not AfterSaleState.SUBMITTED:
        states += [AfterSaleState.APPROVED, filed.state]
    for state in states:
        rows.insert_step(
            tx, filed.rma_no, state, filed.created_at,
            actor_kind=scene.actor.kind, actor_id=scene.actor.id,
        )  # fmt: skip


def _tell(tx: Connection, scene: Scene, filed: AfterSaleRequest, key: str) -> None:
    body = {
        "action": filed.kind,
        "rma_no": filed.rma_no,
        "order_no": scene.order.order_no,
        "line_id": scene.line.line_id,
        "state": filed.state,
        "refund_fen": filed.refund.total_fen,
    }
    event = NewEvent(EventType.ACTION_TAKEN, scene.actor, body, f"{filed.kind}:{key}")
    record_action(tx, scene.conversation_id, event, filed.created_at)
