"""Hurrying a request: at most one push upstream in twelve hours, and the last one is shown.

A push is a work order with a promised answer, so that somebody owns it.
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime, timedelta

from sqlalchemy import Connection

from console.desk.after_sale import AfterSaleRequest, AfterSaleState
from console.desk.after_sale_change import Change
from console.desk.after_sale_clock import may_be_urged
from console.desk.work_order import WorkOrder, WorkOrderKind, WorkOrderRequest
from console.services.after_sale_change import Wish, carry_out
from console.services.own_after_sale import own_request
from console.services.parts import Desk
from console.services.work_order import open_work_order, work_orders_of
from console.storage import after_sale_change as change_rows
from console.storage.after_sale_change import ChangeRow
from console.storage.policy import policy_book

_WHO = {
    AfterSaleState.SUBMITTED: "审核",
    AfterSaleState.DISPUTED: "审核",
    AfterSaleState.NEED_INFO: "审核",
    AfterSaleState.IN_RETURN: "仓库收货",
    AfterSaleState.RECEIVED: "仓库验货",
    AfterSaleState.REFUNDING: "财务退款",
}


@dataclass(frozen=True, slots=True, kw_only=True)
class Urge:
    """`is_new`: pushed just now; otherwise `at` is when the last push went out."""

    request: AfterSaleRequest
    is_new: bool
    at: datetime
    order: WorkOrder | None

    @property
    def result(self) -> str:
        """What came back; empty while nobody has answered."""
        if self.order is None or self.order.is_open:
            return ""
        return str(self.order.details.get("result") or "")


async def urge_after_sale(desk: Desk, conversation_id: str, rma_no: str, *, key: str) -> Urge:
    """Raises `ChangeRefused` for a request that is over, and `NotFound`."""
    now = desk.clock.now()
    request, last, may, within = await desk.database.read(
        lambda tx: _look(tx, conversation_id, rma_no, now)
    )
    if last is not None and (not may or last.key == key):
        order = await _order_of(desk, conversation_id, last)
        return Urge(request=request, is_new=last.key == key, at=last.at, order=order)
    wish = WorkOrderRequest(
        kind=WorkOrderKind.AUDIT,
        text=f"客户催办：售后单 {rma_no}（{_WHO.get(request.state, '处理')}）",
        order_no=request.request.order_no,
        line_id=request.request.line_id,
        details={"rma_no": rma_no, "state": request.state, "urged": True},
        answer_within=within,
    )
    order = await open_work_order(desk, conversation_id, wish, key=f"urge:{key}")
    details = {"work_order_no": order.work_order_no}
    changed = await carry_out(
        desk,
        conversation_id,
        Wish(rma_no=rma_no, change=Change.URGED, key=key, details=details),
        lambda tx, one: None,
    )
    return Urge(request=changed, is_new=True, at=now, order=order)


def _look(
    tx: Connection, conversation_id: str, rma_no: str, now: datetime
) -> tuple[AfterSaleRequest, ChangeRow | None, bool, timedelta]:
    _, request = own_request(tx, conversation_id, rma_no)
    policies = policy_book(tx)
    last = next(iter(change_rows.changes_of(tx, rma_no, Change.URGED)), None)
    within = timedelta(hours=policies.number("after_sale.urge_answer_hours", now))
    return request, last, may_be_urged(last.at if last else None, policies, now), within


async def _order_of(desk: Desk, conversation_id: str, last: ChangeRow) -> WorkOrder | None:
    number = last.details.get("work_order_no")
    every = await work_orders_of(desk, conversation_id)
    return next((one for one in every if one.work_order_no == number), None)
