"""Signed for, but not received: the carrier has to prove the delivery."""

from __future__ import annotations

from collections.abc import Sequence

from sqlalchemy import Connection

from console.desk.errors import DeskError, NotFound
from console.desk.event import BOT
from console.desk.lost_parcel import LostDecision, LostOutcome, decide_lost
from console.desk.order import Order, Parcel
from console.desk.policy import PolicyDecision
from console.desk.work_order import WorkOrder, WorkOrderKind, WorkOrderRequest
from console.services.parts import Desk
from console.services.shop_call import Shopper, own_order
from console.services.work_order import open_work_order
from console.storage.policy import policy_book, record_decision


class NotCheckable(DeskError):
    """The rules say no; `decision` says why."""

    code = "not_checkable"
    status = 409

    def __init__(self, decision: LostDecision) -> None:
        super().__init__(rule_id=decision.rule_id, outcome=decision.outcome)
        self.decision = decision


async def lost_decisions(
    desk: Desk, conversation_id: str, order_no: str
) -> list[tuple[Parcel, LostDecision]]:
    """What the rules say about each parcel of the order. Raises `NotFound`."""
    _, order = await own_order(desk, conversation_id, order_no)
    now = desk.clock.now()
    policies = await desk.database.read(policy_book)
    return [(parcel, decide_lost(parcel, policies, now)) for parcel in order.parcels]


async def report_not_received(
    desk: Desk,
    conversation_id: str,
    order_no: str,
    waybill_no: str,
    words: str,
    *,
    has_asked_around: bool,
    photos: Sequence[str] = (),
    key: str,
) -> WorkOrder:
    """The check, with its promise. Raises `NotFound`, and `NotCheckable` by the rules."""
    shopper, order = await own_order(desk, conversation_id, order_no)
    parcel = next((one for one in order.parcels if one.waybill_no == waybill_no), None)
    if parcel is None:
        raise NotFound("parcel")
    decision = await desk.database.write(
        lambda tx: _decide(tx, desk, conversation_id, shopper, order, parcel)
    )
    if decision.outcome is not LostOutcome.CHECK:
        raise NotCheckable(decision)
    details = {
        "waybill_no": waybill_no,
        "signed_at": parcel.signed_at.isoformat() if parcel.signed_at else None,
        "has_asked_around": has_asked_around,
        "photos": list(photos),
        "settle_by": (desk.clock.now() + decision.settle_within).isoformat(),
        "wanted": "proof of delivery",
    }
    request = WorkOrderRequest(
        kind=WorkOrderKind.LOST_PARCEL,
        text=words,
        order_no=order_no,
        line_id=parcel.line_ids[0],
        details=details,
        answer_within=decision.answer_within,
    )
    return await open_work_order(desk, conversation_id, request, key=key)


def _decide(
    tx: Connection,
    desk: Desk,
    conversation_id: str,
    shopper: Shopper,
    order: Order,
    parcel: Parcel,
) -> LostDecision:
    now = desk.clock.now()
    decision = decide_lost(parcel, policy_book(tx), now)
    kept = PolicyDecision(
        subject="signed_not_received",
        outcome=decision.outcome,
        rule_id=decision.rule_id,
        order_no=order.order_no,
        inputs={
            "now": now.isoformat(),
            "waybill_no": parcel.waybill_no,
            "signed_at": parcel.signed_at.isoformat() if parcel.signed_at else None,
        },
    )
    record_decision(
        tx, kept, conversation_id=conversation_id, customer_no=shopper.customer_no,
        actor=BOT, at=now,
    )  # fmt: skip
    return decision
