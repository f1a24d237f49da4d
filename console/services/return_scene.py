"""The goods a return is about, what the policy says of them, and what would be refunded."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass, replace

from sqlalchemy import Connection

from console.desk.after_sale import (
    AfterSaleKind,
    AfterSaleRequest,
    Condition,
    Fault,
    ReturnReason,
    ReturnRequest,
    ReturnWay,
    fault_party,
)
from console.desk.errors import NotFound
from console.desk.event import Actor
from console.desk.order import Order, OrderLine
from console.desk.policy import PolicyBook, PolicyDecision, Subject
from console.desk.refund import Deductions, Refund, refund_of_return
from console.desk.return_policy import ReturnFacts, ReturnPolicyDecision, decide_return
from console.services.parts import Desk
from console.services.shop_call import Shopper, own_order
from console.storage import after_sale as rows
from console.storage import price_claim as claim_rows
from console.storage.policy import record_decision


@dataclass(frozen=True, slots=True)
class Scene:
    """`instead_of`: the request that is being changed; it is looked at as if it were not there."""

    conversation_id: str
    shopper: Shopper
    order: Order
    line: OrderLine
    actor: Actor
    instead_of: str = ""


async def find_scene(
    desk: Desk, conversation_id: str, order_no: str, line_id: str, actor: Actor
) -> Scene:
    shopper, order = await own_order(desk, conversation_id, order_no)
    line = order.line(line_id)
    if line is None:
        raise NotFound("order")
    return Scene(conversation_id, shopper, order, line, actor)


def return_facts(
    tx: Connection,
    scene: Scene,
    reason: ReturnReason,
    condition: Condition | None,
    quantity: int,
    photos: int | None,
    accessories_complete: bool | None,
) -> ReturnFacts:
    return ReturnFacts(
        order=scene.order,
        line=scene.line,
        reason=reason,
        quantity=quantity,
        condition=condition,
        photos=photos,
        accessories_complete=accessories_complete,
        returning_quantity=_going_back(_others(tx, scene)).get(scene.line.line_id, 0),
    )


def _others(tx: Connection, scene: Scene) -> list[AfterSaleRequest]:
    found = rows.requests_on_orders(tx, [scene.order.order_no])
    return [one for one in found if one.rma_no != scene.instead_of]


def _going_back(requests: Iterable[AfterSaleRequest]) -> dict[str, int]:
    """Units by line in requests that the shop does not count as returned yet."""
    units: dict[str, int] = {}
    for request in (one for one in requests if one.takes_units):
        line_id = request.request.line_id
        units[line_id] = units.get(line_id, 0) + request.request.quantity
    return units


def decide(
    tx: Connection, desk: Desk, scene: Scene, request: ReturnRequest, policies: PolicyBook
) -> ReturnPolicyDecision:
    facts = return_facts(
        tx, scene, request.reason, request.condition, request.quantity, len(request.photos),
        request.accessories_complete,
    )  # fmt: skip
    return decide_return(facts, policies, desk.clock.now())


def refund_of(tx: Connection, scene: Scene, request: ReturnRequest, policies: PolicyBook) -> Refund:
    """By the order as it will be once the requests that are running have come back."""
    order = _as_if_returned(scene.order, _others(tx, scene))
    line = order.line(scene.line.line_id) or scene.line
    if not 1 <= request.quantity <= line.quantity_left:
        return Refund(lines=())
    return refund_of_return(
        order,
        line,
        request.quantity,
        is_customers_fault=fault_party(request.reason) is Fault.CUSTOMER,
        deductions=Deductions(
            claimed_fen=_open_claims_fen(tx, scene),
            parts_refunded_fen=_parts_refunded_fen(tx, scene),
        ),
        return_freight_fen=return_freight(scene, request, policies),
    )


def _as_if_returned(order: Order, requests: list[AfterSaleRequest]) -> Order:
    units = _going_back(requests)
    lines = (
        replace(line, returned_quantity=line.returned_quantity + units.get(line.line_id, 0))
        for line in order.lines
    )
    is_freight_back = order.is_freight_refunded or any(one.has_freight_back for one in requests)
    return replace(order, lines=tuple(lines), is_freight_refunded=is_freight_back)


def _open_claims_fen(tx: Connection, scene: Scene) -> int:
    """Price claims paid on the line, less what other refunds took off and what still waits."""
    line_id = scene.line.line_id
    claimed = claim_rows.claimed_by_line(tx, [line_id]).get(line_id, 0)
    waiting = claim_rows.claims_on_lines(tx, [line_id], claim_rows.ClaimState.AUDIT)
    mine = [one for one in _others(tx, scene) if one.request.line_id == line_id]
    deducted = sum(one.deducted_fen for one in mine)
    return claimed - sum(claim.claim_fen for claim in waiting) - deducted


def _parts_refunded_fen(tx: Connection, scene: Scene) -> int:
    """Paid for parts that were missing, less what other returns of the line took off for them."""
    mine = [one for one in _others(tx, scene) if one.request.line_id == scene.line.line_id]
    paid = sum(one.refund.total_fen for one in mine if one.request.part)
    taken = (line for one in mine for line in one.refund.lines if line.key == "parts_refunded")
    return paid + sum(line.amount_fen for line in taken)


def return_freight(scene: Scene, request: ReturnRequest, policies: PolicyBook) -> int:
    """What the courier collects; who ships alone pays the carrier and not us."""
    at, subject = scene.order.placed_at, Subject.of_line(scene.order, scene.line)
    is_free = policies.is_on("return.freight_is_free", at, subject)
    if is_free or request.way is ReturnWay.SELF_SHIP:
        return 0
    return policies.number("return.pickup_fee_fen", at, subject)


def keep_decision(
    tx: Connection,
    desk: Desk,
    scene: Scene,
    decision: ReturnPolicyDecision,
    subject: str = AfterSaleKind.RETURN,
) -> None:
    kept = PolicyDecision(
        subject=subject,
        outcome=decision.outcome,
        rule_id=decision.rule_id,
        order_no=scene.order.order_no,
        line_id=scene.line.line_id,
        inputs=decision.inputs,
    )
    record_decision(
        tx, kept, conversation_id=scene.conversation_id, customer_no=scene.shopper.customer_no,
        actor=scene.actor, at=desk.clock.now(),
    )  # fmt: skip
