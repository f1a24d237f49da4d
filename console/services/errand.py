"""What the shop has to do for an after-sale request: send, pay, fetch. Each is asked for once.

Couriers are booked in `after_sale_pickup.py`.

The key of each errand is the request's number, so that a repeat finds what was done.
"""

from __future__ import annotations

from collections.abc import Awaitable, Callable

from sqlalchemy import Connection

from console.desk.after_sale import AfterSaleKind, AfterSaleRequest, AfterSaleState, ReturnWay
from console.desk.errors import ShopDown
from console.desk.event import SYSTEM
from console.desk.goods import OutOfStock
from console.gateways.shop import RefundKind
from console.services.after_sale_pickup import book_pickup
from console.services.parts import Desk
from console.services.shop_call import answer_of
from console.storage import after_sale as rows

_S, _W = AfterSaleState, ReturnWay


async def run_errands(desk: Desk, filed: AfterSaleRequest) -> bool:
    """`False` when the shop did not answer or has nothing to send; it is asked again later."""
    errands: tuple[tuple[bool, Callable[[Desk, AfterSaleRequest], Awaitable[None]]], ...] = (
        (is_to_be_sent(filed), _send),
        (is_to_be_paid(filed), _pay),
    )
    try:
        for is_wanted, errand in errands:
            if is_wanted:
                await errand(desk, filed)
    except (ShopDown, OutOfStock):
        return False
    await book_pickup(desk, filed.rma_no)
    return True


def is_to_be_sent(filed: AfterSaleRequest) -> bool:
    """At once: what waits for the old goods is sent by the warehouse that receives them."""
    is_unsent = filed.state is _S.EXCHANGING and filed.shipment_no is None
    return is_unsent and filed.request.way in (_W.PICKUP, _W.KEEP, _W.SELF_SHIP)


def is_to_be_paid(filed: AfterSaleRequest) -> bool:
    """A return comes here only after its goods were inspected (after_sale_step.py)."""
    return filed.state is _S.REFUNDING and filed.refund_no is None


async def _send(desk: Desk, filed: AfterSaleRequest) -> None:
    asked, new = filed.request, filed.replacement
    what = asked.part if new is None else f"{new.product_id}/{new.variant}"
    call = desk.shop.send_again(
        filed.customer_no, asked.order_no, filed.rma_no, what, asked.quantity,
        key=f"send:{filed.rma_no}",
    )  # fmt: skip
    shipment_no = await answer_of(desk, call)
    await desk.database.write(lambda tx: rows.set_shipment(tx, filed.rma_no, shipment_no))


async def _pay(desk: Desk, filed: AfterSaleRequest) -> None:
    call = desk.shop.refund(
        filed.customer_no, filed.request.order_no, filed.refund.total_fen, RefundKind.RETURN,
        key=f"refund:{filed.rma_no}",
    )  # fmt: skip
    refund_no = (await answer_of(desk, call)).refund_no
    if filed.kind is AfterSaleKind.RETURN:
        await _take_back(desk, filed)

    def work(tx: Connection) -> None:
        rows.set_refund(tx, filed.rma_no, refund_no)
        at = desk.clock.now()
        if rows.move(tx, filed.rma_no, old=_S.REFUNDING, new=_S.DONE, at=at):
            rows.insert_step(
                tx, filed.rma_no, _S.DONE, at, actor_kind=SYSTEM.kind, actor_id=SYSTEM.id
            )

    await desk.database.write(work)


async def _take_back(desk: Desk, filed: AfterSaleRequest) -> None:
    """The shop counts the units as returned, so that nobody returns them twice."""
    asked = filed.request
    call = desk.shop.take_back(
        filed.customer_no, asked.order_no, asked.line_id, asked.quantity,
        freight=filed.has_freight_back, key=f"back:{filed.rma_no}",
    )  # fmt: skip
    await answer_of(desk, call)


async def finish_pending_requests(desk: Desk) -> int:
    """Runs the errands that a crash or a silent shop left out; returns how many."""
    waiting = await desk.database.read(_unfinished)
    return sum([await run_errands(desk, filed) for filed in waiting])


def _unfinished(tx: Connection) -> list[AfterSaleRequest]:
    return [*rows.without_shipment(tx), *rows.without_refund(tx)]
