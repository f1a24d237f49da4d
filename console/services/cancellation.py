"""What became of a cancellation, and chasing whoever did not answer in time."""

from __future__ import annotations

from dataclasses import dataclass, replace
from datetime import datetime, timedelta

from sqlalchemy import Connection

from console.desk.cancellation import CancelWay, answer_due
from console.desk.order import Order, PaymentSource
from console.desk.refund import arrival_source
from console.desk.work_order import WorkOrder, WorkOrderKind, WorkOrderRequest
from console.services.parts import Desk
from console.services.shop_call import own_order
from console.services.work_order import open_work_order
from console.storage import cancellation as rows
from console.storage.cancellation import Cancellation, CancellationState
from console.storage.policy import policy_book


@dataclass(frozen=True, slots=True)
class CancellationNews:
    """`cancellation`: the newest of this order, if the customer asked for one here.

    `answer_by`: of warehouse or carrier; `source` decides when the refund arrives.
    """

    order: Order
    cancellation: Cancellation | None
    source: PaymentSource | None = None
    answer_by: datetime | None = None
    chased: WorkOrder | None = None


async def cancellation_news(
    desk: Desk, conversation_id: str, order_no: str, *, key: str
) -> CancellationNews:
    """An answer that is overdue is chased by a work order, once. Raises `NotFound`."""
    shopper, order = await own_order(desk, conversation_id, order_no)
    now = desk.clock.now()

    def look(tx: Connection) -> tuple[Cancellation | None, datetime | None, timedelta]:
        mine = rows.cancellations_of(tx, shopper.customer_no)
        newest = next((one for one in mine if one.order_no == order_no), None)
        policies = policy_book(tx)
        due = answer_due(newest.way, newest.created_at, policies, now) if newest else None
        return newest, due, timedelta(hours=policies.number("cancellation.chase_hours", now))

    newest, due, chase_within = await desk.database.read(look)
    if newest is None:
        return CancellationNews(order, None)
    news = CancellationNews(order, newest, _source(order, newest), due)
    is_waiting = newest.state is CancellationState.ASKED
    if not is_waiting or due is None or now < due:
        return news
    request = _chase(newest, chase_within)
    return replace(news, chased=await open_work_order(desk, conversation_id, request, key=key))


def _source(order: Order, cancellation: Cancellation) -> PaymentSource | None:
    untouched = [replace(payment, refunded_fen=0) for payment in order.payments]
    return arrival_source(cancellation.refund_fen, untouched)


def _chase(cancellation: Cancellation, within: timedelta) -> WorkOrderRequest:
    asked_carrier = cancellation.way is CancelWay.INTERCEPT
    return WorkOrderRequest(
        kind=WorkOrderKind.CARRIER_CHECK if asked_carrier else WorkOrderKind.OTHER,
        text=f"{cancellation.way}: {cancellation.order_no}",
        order_no=cancellation.order_no,
        details={"asked_at": cancellation.created_at.isoformat(), "reason": cancellation.reason},
        answer_within=within,
    )
