"""A parcel that does not move: looked at by the rules, and asked about with the carrier."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime, timedelta

from sqlalchemy import Connection

from console.desk.event import BOT
from console.desk.order import Order
from console.desk.policy import PolicyDecision
from console.desk.tracking import Movement, Tracking, gravest, judge_parcel
from console.desk.work_order import WorkOrder, WorkOrderKind, WorkOrderRequest
from console.services.parts import Desk
from console.services.shop_call import Shopper, own_order
from console.services.work_order import open_work_order
from console.storage.policy import policy_book, record_decision

# What the carrier is asked for, by how the parcel stands.
ASKED_ABOUT = {
    Movement.STALLED: WorkOrderKind.CARRIER_CHECK,
    Movement.LOST: WorkOrderKind.LOST_PARCEL,
}


@dataclass(frozen=True, slots=True)
class TrackingCheck:
    """`tracking`: of the parcel in the worst way; `None` before anything was shipped."""

    order: Order
    tracking: Tracking | None
    work_order: WorkOrder | None = None


async def check_tracking(
    desk: Desk, conversation_id: str, order_no: str, words: str, *, is_astray: bool, key: str
) -> TrackingCheck:
    """Asks the carrier where the rules say so, or at once when the parcel went the wrong way.

    `words`: the customer's own. Raises `NotFound`.
    """
    shopper, order = await own_order(desk, conversation_id, order_no)
    looked_at = await desk.database.write(
        lambda tx: _judge(tx, desk, conversation_id, shopper, order)
    )
    if looked_at is None:
        return TrackingCheck(order, None)
    tracking, answer_within = looked_at
    kind = ASKED_ABOUT.get(tracking.movement)
    if kind is None and is_astray and tracking.movement is Movement.MOVING:
        kind = WorkOrderKind.CARRIER_CHECK
    if kind is None:
        return TrackingCheck(order, tracking)
    request = carrier_request(kind, order, tracking, words, answer_within)
    opened = await open_work_order(desk, conversation_id, request, key=key)
    return TrackingCheck(order, tracking, opened)


def _judge(
    tx: Connection, desk: Desk, conversation_id: str, shopper: Shopper, order: Order
) -> tuple[Tracking, timedelta] | None:
    now, policies = desk.clock.now(), policy_book(tx)
    judged = [judge_parcel(one, order.receiver_address, policies, now) for one in order.parcels]
    tracking = gravest(judged)
    if tracking is None:
        return None
    decision = tracking_decision(order, tracking, now)
    record_decision(
        tx, decision, conversation_id=conversation_id, customer_no=shopper.customer_no,
        actor=BOT, at=now,
    )  # fmt: skip
    return tracking, timedelta(hours=policies.number("tracking.answer_hours", now))


def tracking_decision(order: Order, tracking: Tracking, now: datetime) -> PolicyDecision:
    scanned_at = tracking.last_scan_at
    return PolicyDecision(
        subject="tracking",
        outcome=tracking.movement,
        rule_id=tracking.rule_id,
        order_no=order.order_no,
        inputs={
            "now": now.isoformat(),
            "waybill_no": tracking.parcel.waybill_no,
            "last_scan_at": scanned_at.isoformat() if scanned_at else None,
        },
    )


def carrier_request(
    kind: WorkOrderKind, order: Order, tracking: Tracking, words: str, answer_within: timedelta
) -> WorkOrderRequest:
    parcel, scanned_at = tracking.parcel, tracking.last_scan_at
    return WorkOrderRequest(
        kind=kind,
        text=words or f"{parcel.carrier} {parcel.waybill_no}",
        order_no=order.order_no,
        line_id=parcel.line_ids[0],
        details={
            "waybill_no": parcel.waybill_no,
            "carrier": parcel.carrier,
            "last_scan_at": scanned_at.isoformat() if scanned_at else None,
            "rule_id": tracking.rule_id,
        },
        answer_within=answer_within,
    )
