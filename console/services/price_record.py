"""What price protection has paid, holds for review or refused: the customer's own record."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime, timedelta

from console.desk.order import PaymentSource
from console.desk.refund import slowest_source
from console.desk.work_order import WorkOrder, WorkOrderKind, WorkOrderRequest
from console.services.audit_time import review_hours
from console.services.parts import Desk
from console.services.price_item import PriceCheck
from console.services.shop_call import answer_of, find_shopper
from console.services.work_order import open_work_order
from console.storage import price_claim as rows
from console.storage.price_claim import ClaimState


@dataclass(frozen=True, slots=True, kw_only=True)
class PriceRecord:
    """One claim. `source`: where the money goes last, once the shop has begun to pay."""

    order_no: str
    title: str
    title_en: str
    claim_fen: int
    state: ClaimState
    at: datetime
    source: PaymentSource | None = None


async def price_records(
    desk: Desk, conversation_id: str, order_no: str | None = None
) -> list[PriceRecord]:
    """Newest first; of one order or of all; [] for a visitor."""
    shopper = await find_shopper(desk, conversation_id)
    if shopper is None:
        return []
    customer_no = shopper.customer_no
    claims = await desk.database.read(lambda tx: rows.claims_of_customer(tx, customer_no))
    orders = await answer_of(desk, desk.shop.orders_of(customer_no, limit=200))
    refunds = await answer_of(desk, desk.shop.refunds_of(customer_no))
    lines = {line.line_id: line for order in orders for line in order.lines}
    sources = {one.refund_no: slowest_source(one.parts) for one in refunds}
    return [
        PriceRecord(
            order_no=claim.order_no,
            title=lines[claim.line_id].title,
            title_en=lines[claim.line_id].title_en,
            claim_fen=claim.claim_fen,
            state=claim.state,
            at=claim.settled_at or claim.created_at,
            source=sources.get(claim.refund_no) if claim.refund_no else None,
        )
        for claim in claims
        if claim.line_id in lines and (order_no is None or claim.order_no == order_no)
    ]


async def ask_for_review(
    desk: Desk, conversation_id: str, check: PriceCheck, order_no: str | None, *, key: str
) -> WorkOrder:
    """A person looks at what the rules refused, item by item, and answers in time."""
    hours = await review_hours(desk, conversation_id)
    refused = [f"{item.title}：{item.code}（{item.rule_id}）" for item in check.items]
    request = WorkOrderRequest(
        kind=WorkOrderKind.AUDIT,
        text="客户要求复核价保：" + "；".join(refused)[:1500],
        order_no=order_no,
        details={"subject": "price_claim", "items": len(check.items)},
        answer_within=timedelta(hours=hours),
    )
    return await open_work_order(desk, conversation_id, request, key=key)
