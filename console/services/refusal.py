"""Refused parcels: how soon they are refunded, and finding the one that was refused already."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import timedelta

from console.desk.work_order import WorkOrder, WorkOrderKind, WorkOrderRequest
from console.services.parts import Desk
from console.services.work_order import open_work_order
from console.storage.policy import policy_book


@dataclass(frozen=True, slots=True)
class RefusalTerms:
    """`refund_hours`: after the parcel is back; `answer_hours`: where it is."""

    refund_hours: int
    answer_hours: int


async def refusal_terms(desk: Desk) -> RefusalTerms:
    policies, now = await desk.database.read(policy_book), desk.clock.now()
    return RefusalTerms(
        refund_hours=policies.number("refusal.refund_hours", now),
        answer_hours=policies.number("refusal.answer_hours", now),
    )


async def follow_up_refusal(
    desk: Desk, conversation_id: str, order_no: str, words: str, *, key: str
) -> WorkOrder:
    """The carrier says where the parcel is; the refund follows from that. Raises `NotFound`."""
    terms = await refusal_terms(desk)
    request = WorkOrderRequest(
        kind=WorkOrderKind.CARRIER_CHECK,
        text=words,
        order_no=order_no,
        details={"wanted": "return of a refused parcel, then the refund"},
        answer_within=timedelta(hours=terms.answer_hours),
    )
    return await open_work_order(desk, conversation_id, request, key=key)
