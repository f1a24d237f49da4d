"""Where the verified customer's refunds stand: returns, cancellations and price claims."""

from __future__ import annotations

from datetime import datetime

from sqlalchemy import Connection

from console.desk.after_sale import VOID, AfterSaleRequest, AfterSaleState
from console.desk.order import Order, OrderLine
from console.desk.progress import RefundProgress, request_steps, steps
from console.desk.refund import arrival_source, slowest_source
from console.gateways.shop import RefundState, ShopRefund
from console.services.parts import Desk
from console.services.shop_call import answer_of, find_shopper
from console.storage import after_sale as after_sale_rows
from console.storage.cancellation import Cancellation, CancellationState, cancellations_of
from console.storage.price_claim import lines_of_refunds

_REFUND_STEPS = ("accepted", "sent", "arrived")
_STOP_STEPS = ("asked", "stopped", "refunded")
_History = list[tuple[AfterSaleState, datetime]]


async def refund_progress(
    desk: Desk, conversation_id: str, order_no: str | None = None
) -> list[RefundProgress]:
    """Running ones first, then newest first; of one order or of all. [] for a visitor."""
    shopper = await find_shopper(desk, conversation_id)
    if shopper is None:
        return []
    customer_no = shopper.customer_no
    orders = await answer_of(desk, desk.shop.orders_of(customer_no, limit=200))
    refunds = await answer_of(desk, desk.shop.refunds_of(customer_no))
    filed, stopped, paid_for = await desk.database.read(lambda tx: _of_desk(tx, customer_no))
    by_no = {order.order_no: order for order in orders}
    found = [of_request(request, history, by_no) for request, history in filed]
    found += [_of_stop(one, by_no) for one in stopped if one.order_no in by_no]
    found += [
        _of_refund(one, by_no[one.order_no], paid_for.get(one.refund_no))
        for one in refunds
        if one.order_no in by_no
    ]
    mine = [one for one in found if order_no is None or one.order_no == order_no]
    return sorted(mine, key=lambda one: (one.is_running, one.started_at), reverse=True)


def _of_desk(
    tx: Connection, customer_no: str
) -> tuple[list[tuple[AfterSaleRequest, _History]], list[Cancellation], dict[str, str]]:
    """Returns, stops that still wait, and the line that each price claim was paid for.

    What the shop has begun to pay is told by the shop itself.
    """
    requests = after_sale_rows.requests_of(tx, customer_no)
    owed = [one for one in requests if one.pays_money_back and one.refund_no is None]
    filed = [(one, after_sale_rows.steps_of(tx, one.rma_no)) for one in owed]
    waiting = [
        one for one in cancellations_of(tx, customer_no) if one.state is CancellationState.ASKED
    ]
    return filed, waiting, lines_of_refunds(tx, customer_no)


def of_request(
    filed: AfterSaleRequest, history: _History, orders: dict[str, Order]
) -> RefundProgress:
    """How far a request on file is, whatever its kind."""
    order = orders.get(filed.request.order_no)
    return RefundProgress(
        rma_no=filed.rma_no,
        order_no=filed.request.order_no,
        title=filed.title,
        title_en=filed.title_en,
        amount_fen=filed.refund.total_fen,
        steps=request_steps(filed.kind, filed.state, history),
        started_at=filed.created_at,
        source=arrival_source(filed.refund.total_fen, order.payments) if order else None,
        ended=filed.state if filed.state in VOID else "",
        kind=filed.kind,
    )


def _of_stop(stop: Cancellation, orders: dict[str, Order]) -> RefundProgress:
    order = orders[stop.order_no]
    return RefundProgress(
        order_no=stop.order_no,
        title=order.lines[0].title,
        title_en=order.lines[0].title_en,
        amount_fen=stop.refund_fen,
        steps=steps(_STOP_STEPS, (stop.created_at, None, None), 1),
        started_at=stop.created_at,
        source=arrival_source(stop.refund_fen, order.payments),
    )


def _of_refund(refund: ShopRefund, order: Order, line_id: str | None) -> RefundProgress:
    """A price claim goes by its own line, anything else by the first one of the order."""
    line: OrderLine = (order.line(line_id) if line_id else None) or order.lines[0]
    done = list(RefundState).index(refund.state) + 1
    times = (refund.created_at, refund.sent_at, refund.arrived_at)
    return RefundProgress(
        order_no=refund.order_no,
        title=line.title,
        title_en=line.title_en,
        amount_fen=refund.amount_fen,
        steps=steps(_REFUND_STEPS, times, done),
        started_at=refund.created_at,
        source=slowest_source(refund.parts),
    )
