"""Money back while the goods stay: decided, filed once, and paid at once below the limit."""

from __future__ import annotations

from dataclasses import dataclass, replace

from sqlalchemy import Connection

from console.desk.after_sale import (
    AfterSaleKind,
    AfterSaleRequest,
    AfterSaleState,
    ReturnReason,
    ReturnRequest,
    ReturnWay,
)
from console.desk.event import BOT, Actor
from console.desk.order import PaymentSource
from console.desk.refund import Refund, arrival_source
from console.desk.refund_only import decide_refund_only
from console.desk.return_policy import ReturnPolicyDecision
from console.services.filing import Draft, Wish, file_once
from console.services.parts import Desk
from console.services.return_scene import (
    Scene,
    find_scene,
    keep_decision,
    refund_of,
    return_facts,
)
from console.storage.policy import policy_book

_KIND = AfterSaleKind.REFUND_ONLY


@dataclass(frozen=True, slots=True, kw_only=True)
class KeptPreview:
    """What filing would do. `source` decides when the money arrives."""

    decision: ReturnPolicyDecision
    refund: Refund
    source: PaymentSource | None


async def check_refund_only(
    desk: Desk,
    conversation_id: str,
    order_no: str,
    line_id: str,
    reason: ReturnReason,
    *,
    quantity: int = 1,
    actor: Actor = BOT,
) -> ReturnPolicyDecision:
    """The policy's answer, stored with its inputs. Raises `NotFound`."""
    scene = await find_scene(desk, conversation_id, order_no, line_id, actor)

    def work(tx: Connection) -> ReturnPolicyDecision:
        facts = return_facts(tx, scene, reason, None, quantity, None, None)
        decision = decide_refund_only(facts, policy_book(tx), desk.clock.now())
        keep_decision(tx, desk, scene, decision, _KIND)
        return decision

    return await desk.database.write(work)


async def preview_refund_only(
    desk: Desk, conversation_id: str, request: ReturnRequest
) -> KeptPreview:
    """Nothing is written."""
    scene = await find_scene(desk, conversation_id, request.order_no, request.line_id, BOT)

    def query(tx: Connection) -> KeptPreview:
        decision, draft = _draft(tx, desk, scene, _kept(request))
        refund = draft.refund
        source = arrival_source(refund.total_fen, scene.order.payments)
        return KeptPreview(decision=decision, refund=refund, source=source)

    return await desk.database.read(query)


async def submit_refund_only(
    desk: Desk, conversation_id: str, request: ReturnRequest, *, key: str, actor: Actor = BOT
) -> AfterSaleRequest:
    """Paid at once when the policy says yes, for audit when a person has to look.

    Raises `ReturnRefused`, `NotFound`, `SameIdOtherContent`.
    """
    scene = await find_scene(desk, conversation_id, request.order_no, request.line_id, actor)
    kept = _kept(request)

    def decide(tx: Connection) -> tuple[ReturnPolicyDecision, Draft]:
        return _draft(tx, desk, scene, kept)

    return await file_once(desk, scene, Wish(_KIND, kept), decide, key=key)


def _kept(request: ReturnRequest) -> ReturnRequest:
    return replace(request, way=ReturnWay.KEEP, pickup_at=None, pickup_label="")


def _draft(
    tx: Connection, desk: Desk, scene: Scene, request: ReturnRequest
) -> tuple[ReturnPolicyDecision, Draft]:
    policies = policy_book(tx)
    facts = return_facts(
        tx, scene, request.reason, request.condition, request.quantity, len(request.photos), None
    )
    decision = decide_refund_only(facts, policies, desk.clock.now())
    refund = refund_of(tx, scene, request, policies)
    return decision, Draft(approved_as=AfterSaleState.REFUNDING, refund=refund)
