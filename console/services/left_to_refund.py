"""What an order line still has to give back: no money by hand goes above it."""

from __future__ import annotations

from sqlalchemy import Connection

from console.desk.after_sale import AfterSaleRequest, AfterSaleState
from console.desk.errors import NotFound
from console.desk.order import Order
from console.desk.refund import RefundTooHigh, left_to_refund
from console.services.parts import Desk
from console.services.shop_call import answer_of
from console.storage import after_sale as rows
from console.storage import price_claim as claim_rows
from console.storage.price_claim import ClaimState


async def order_behind(desk: Desk, customer_no: str, order_no: str) -> Order:
    """As the shop has it now. Raises `NotFound`, `ShopDown`."""
    order = await answer_of(desk, desk.shop.find_order(customer_no, order_no))
    if order is None:
        raise NotFound("order")
    return order


def check_left(
    tx: Connection, order: Order, line_id: str, amount_fen: int, but: AfterSaleRequest | None = None
) -> None:
    """Under the lock on the customer's money. `but`: the request that is about to be paid.

    Raises `RefundTooHigh` with what is left.
    """
    limit_fen = left_fen(tx, order, line_id, but)
    if amount_fen > limit_fen:
        raise RefundTooHigh(limit_fen=limit_fen)


def left_fen(
    tx: Connection, order: Order, line_id: str, but: AfterSaleRequest | None = None
) -> int:
    """As above; 0 for a line that the order does not have."""
    line = order.line(line_id)
    if line is None:
        return 0
    filed = rows.requests_on_orders(tx, [order.order_no])
    given = [one for one in filed if _is_given(one) and (but is None or one.rma_no != but.rma_no)]
    mine = [one for one in given if one.request.line_id == line_id]
    return left_to_refund(
        order,
        line,
        freight_fen=order.freight_fen if but is not None and but.has_freight_back else 0,
        given_on_line_fen=_claimed_fen(tx, line_id) + sum(_without_freight(one) for one in mine),
        on_its_way_fen=_pending_fen(tx, order)
        + sum(one.refund.total_fen for one in given if one.refund_no is None),
    )


def _is_given(one: AfterSaleRequest) -> bool:
    """Paid, or handed to the shop to be paid; goods that were sent back are done without."""
    return one.refund_no is not None or one.state is AfterSaleState.REFUNDING


def _without_freight(one: AfterSaleRequest) -> int:
    freight = sum(line.amount_fen for line in one.refund.lines if line.key == "freight")
    return max(0, one.refund.total_fen - freight)


def _claimed_fen(tx: Connection, line_id: str) -> int:
    """Price claims on the line but those that nobody has agreed to yet."""
    waiting = claim_rows.claims_on_lines(tx, [line_id], ClaimState.AUDIT)
    claimed = claim_rows.claimed_by_line(tx, [line_id]).get(line_id, 0)
    return claimed - sum(claim.claim_fen for claim in waiting)


def _pending_fen(tx: Connection, order: Order) -> int:
    lines = [line.line_id for line in order.lines]
    return sum(one.claim_fen for one in claim_rows.claims_on_lines(tx, lines, ClaimState.PENDING))
