"""Where the verified customer's after-sale requests stand, and by when something happens."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime

from sqlalchemy import Connection

from console.desk.after_sale import AfterSaleRequest
from console.desk.after_sale_clock import clock_of, entered_at
from console.desk.after_sale_text import Spans
from console.desk.progress import RefundProgress
from console.services.parts import Desk
from console.services.policy_span import spans_of
from console.services.refund import of_request
from console.services.shop_call import answer_of, find_shopper
from console.storage import after_sale as rows
from console.storage.policy import policy_book


@dataclass(frozen=True, slots=True, kw_only=True)
class AfterSaleProgress:
    """`due_at`: of the clock that runs in the present state, if one does."""

    request: AfterSaleRequest
    progress: RefundProgress
    due_at: datetime | None
    spans: Spans

    def is_late(self, now: datetime) -> bool:
        return self.due_at is not None and now >= self.due_at


async def after_sale_progress(desk: Desk, conversation_id: str) -> list[AfterSaleProgress]:
    """Newest first; [] for a visitor."""
    shopper = await find_shopper(desk, conversation_id)
    if shopper is None:
        return []
    customer_no = shopper.customer_no
    orders = await answer_of(desk, desk.shop.orders_of(customer_no, limit=200))
    by_no = {order.order_no: order for order in orders}

    def query(tx: Connection) -> list[AfterSaleProgress]:
        policies = policy_book(tx)
        found = []
        for request in rows.requests_of(tx, customer_no):
            history = rows.steps_of(tx, request.rma_no)
            clock = clock_of(
                request.state, entered_at(request, history), policies, band=shopper.customer.band
            )
            found.append(
                AfterSaleProgress(
                    request=request,
                    progress=of_request(request, history, by_no),
                    due_at=clock.due_at if clock else None,
                    spans=spans_of(policies, shopper.customer.band, desk.clock.now()),
                )
            )
        return found

    return await desk.database.read(query)
