"""Couriers for goods that go back: booked and called off with the shop, as often as it takes."""

from __future__ import annotations

from sqlalchemy import Connection

from console.desk.after_sale import COURIER_COMES, FETCHED, AfterSaleRequest
from console.desk.after_sale_change import Pickup, pickup_key
from console.desk.errors import ShopDown
from console.services.parts import Desk
from console.services.shop_call import answer_of
from console.storage import after_sale as rows
from console.storage import after_sale_change as change_rows


async def book_pickup(desk: Desk, rma_no: str) -> bool:
    """`False` when there is nothing to fetch (yet) or the shop did not answer."""
    filed, pickup = await desk.database.read(lambda tx: _known(tx, rma_no))
    is_wanted = pickup.way in FETCHED and filed.state in COURIER_COMES
    if not is_wanted or pickup.pickup_no is not None:
        return False
    call = desk.shop.book_pickup(
        filed.customer_no, filed.request.order_no, rma_no, pickup.at,
        key=pickup_key(rma_no, pickup.number), address=pickup.address,
    )  # fmt: skip
    try:
        pickup_no = await answer_of(desk, call)
    except ShopDown:
        return False  # finish_pending_pickups asks again
    await desk.database.write(
        lambda tx: change_rows.set_pickup_no(tx, rma_no, pickup.number, pickup_no)
    )
    return True


async def call_off_pickup(desk: Desk, rma_no: str) -> bool:
    """`False` when no courier was booked or the shop did not answer."""
    filed, pickup = await desk.database.read(lambda tx: _known(tx, rma_no))
    if pickup.pickup_no is None:
        return False
    call = desk.shop.cancel_pickup(
        filed.customer_no, filed.request.order_no, pickup.pickup_no,
        key=f"{pickup_key(rma_no, pickup.number)}:off",
    )  # fmt: skip
    try:
        await answer_of(desk, call)
    except ShopDown:
        return False  # finish_pending_pickups asks again
    await desk.database.write(lambda tx: change_rows.set_pickup_no(tx, rma_no, pickup.number, None))
    return True


async def finish_pending_pickups(desk: Desk) -> int:
    """Books and calls off what a crash or a silent shop left out; returns how many."""
    wanted = await desk.database.read(change_rows.to_be_picked_up)
    unwanted = await desk.database.read(change_rows.to_be_called_off)
    booked = [await book_pickup(desk, rma_no) for rma_no in wanted]
    return sum(booked) + sum([await call_off_pickup(desk, rma_no) for rma_no in unwanted])


def _known(tx: Connection, rma_no: str) -> tuple[AfterSaleRequest, Pickup]:
    filed = rows.find_request(tx, rma_no)
    if filed is None:
        raise LookupError(rma_no)
    return filed, change_rows.pickup_of(tx, rma_no)
