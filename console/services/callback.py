"""Callbacks: a work order that the agents see and close, promised until the end of its window."""

from __future__ import annotations

from console.desk.callback import callback_visits
from console.desk.masking import mask_phone
from console.desk.time_window import TimeWindow, Visits
from console.desk.work_order import WorkOrder, WorkOrderKind, WorkOrderRequest
from console.services.parts import Desk
from console.services.shop_call import answer_of, find_shopper
from console.services.work_order import open_work_order, work_orders_of
from console.storage.policy import policy_book


async def known_phone(desk: Desk, conversation_id: str) -> str | None:
    """The one in the verified customer's account."""
    shopper = await find_shopper(desk, conversation_id)
    if shopper is None:
        return None
    customer = await answer_of(desk, desk.shop.customer(shopper.customer_no))
    return customer.phone if customer else None


async def visits_for_calls(desk: Desk) -> Visits:
    now = desk.clock.now()
    return await desk.database.read(lambda tx: callback_visits(policy_book(tx), now))


async def standing_callback(desk: Desk, conversation_id: str) -> WorkOrder | None:
    """The one that is promised already."""
    every = await work_orders_of(desk, conversation_id)
    calls = (one for one in every if one.kind is WorkOrderKind.CALLBACK and one.is_open)
    return next(calls, None)


async def request_callback(
    desk: Desk, conversation_id: str, phone: str, window: TimeWindow, about: str, *, key: str
) -> WorkOrder:
    """Promised until the end of the window; the full number is in the details alone."""
    request = WorkOrderRequest(
        kind=WorkOrderKind.CALLBACK,
        text=f"回电 {mask_phone(phone)}，{window.label('zh')}。{about}".strip(),
        details={
            "phone": phone,
            "window_start": window.start.isoformat(),
            "window_end": window.end.isoformat(),
        },
        answer_within=window.end - desk.clock.now(),
    )
    return await open_work_order(desk, conversation_id, request, key=key)
