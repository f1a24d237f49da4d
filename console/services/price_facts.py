"""What the shop and the desk know about bought lines before price protection is decided."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from sqlalchemy import Connection

from console.desk.after_sale import AfterSaleRequest
from console.desk.errors import NotFound
from console.desk.event import Actor
from console.desk.order import Order, OrderLine, OrderState
from console.desk.price_protection import ClaimFacts, Offer
from console.services.parts import Desk
from console.services.shop_call import Shopper, answer_of, find_shopper, own_order
from console.storage import after_sale as after_sale_rows
from console.storage import price_claim as rows
from console.storage.cancellation import orders_being_cancelled
from console.storage.price_claim import ClaimState


@dataclass(frozen=True, slots=True)
class Purchases:
    """Everything the shop said, gathered before the transaction."""

    conversation_id: str
    shopper: Shopper | None
    actor: Actor
    lines: tuple[tuple[Order, OrderLine], ...]
    offers: dict[tuple[str, str], Offer]

    @property
    def customer_no(self) -> str:
        return self.shopper.customer_no if self.shopper else ""

    def of_line(self, line_id: str) -> tuple[Order, OrderLine]:
        return next(pair for pair in self.lines if pair[1].line_id == line_id)


async def gather_purchases(
    desk: Desk,
    conversation_id: str,
    order_no: str | None,
    actor: Actor,
    line_ids: Sequence[str] | None = None,
) -> Purchases:
    shopper, orders = await _orders(desk, conversation_id, order_no)
    lines = tuple(
        (order, line)
        for order in orders
        for line in order.lines
        if line_ids is None or line.line_id in line_ids
    )
    if line_ids is not None and len(lines) != len(set(line_ids)):
        raise NotFound("order")
    wanted = sorted({(line.product_id, order.seller_id) for order, line in lines})
    offers = await answer_of(desk, desk.shop.offers(wanted)) if wanted else {}
    return Purchases(conversation_id, shopper, actor, lines, offers)


async def _orders(
    desk: Desk, conversation_id: str, order_no: str | None
) -> tuple[Shopper | None, list[Order]]:
    """One order as it is; of all orders those that somebody could claim on."""
    if order_no is not None:
        shopper, order = await own_order(desk, conversation_id, order_no)
        return shopper, [order]
    found = await find_shopper(desk, conversation_id)
    if found is None:
        return None, []
    orders = await answer_of(desk, desk.shop.orders_of(found.customer_no, limit=200))
    hopeless = (OrderState.UNPAID, OrderState.CANCELLED, OrderState.CANCELLING)
    return found, [order for order in orders if order.state not in hopeless]


def claim_facts(tx: Connection, bought: Purchases) -> list[ClaimFacts]:
    line_ids = [line.line_id for _, line in bought.lines]
    claimed = rows.claimed_by_line(tx, line_ids)
    deducted = deducted_by_line(tx, bought)
    in_audit = {one.line_id for one in rows.claims_on_lines(tx, line_ids, ClaimState.AUDIT)}
    going_back = _lines_going_back(tx, bought)
    return [
        ClaimFacts(
            order=order,
            line=line,
            offer=bought.offers.get((line.product_id, order.seller_id)),
            claimed_fen=claimed.get(line.line_id, 0) - deducted.get(line.line_id, 0),
            in_audit=line.line_id in in_audit,
            is_returning=line.line_id in going_back,
        )
        for order, line in bought.lines
    ]


def deducted_by_line(tx: Connection, bought: Purchases) -> dict[str, int]:
    """Claims that were taken off refunds belong to units that went back."""
    sums: dict[str, int] = {}
    for request in _requests(tx, bought):
        line_id = request.request.line_id
        sums[line_id] = sums.get(line_id, 0) + request.deducted_fen
    return sums


def _lines_going_back(tx: Connection, bought: Purchases) -> set[str]:
    """An exchange or a repair keeps its price; what goes back or was paid back does not."""
    refunded = (one for one in _requests(tx, bought) if one.takes_units and one.pays_money_back)
    stopped = orders_being_cancelled(tx, bought.customer_no)
    lines = {line.line_id for order, line in bought.lines if order.order_no in stopped}
    return lines | {request.request.line_id for request in refunded}


def _requests(tx: Connection, bought: Purchases) -> list[AfterSaleRequest]:
    return after_sale_rows.requests_on_orders(tx, {order.order_no for order, _ in bought.lines})
