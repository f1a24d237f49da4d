"""Where the goods of a request go, and until when."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime

from console.desk.after_sale import AfterSaleRequest
from console.desk.errors import NotFound
from console.gateways.shop import ReturnAddress
from console.services.after_sale_progress import after_sale_progress
from console.services.parts import Desk
from console.services.shop_call import answer_of, own_order


@dataclass(frozen=True, slots=True, kw_only=True)
class ReturnPlace:
    """`address`: none where a courier is the only way; `due_at`: while the goods are awaited."""

    request: AfterSaleRequest
    address: ReturnAddress | None
    due_at: datetime | None


async def return_place(desk: Desk, conversation_id: str, rma_no: str) -> ReturnPlace:
    """Raises `NotFound` for a request that is not this customer's."""
    every = await after_sale_progress(desk, conversation_id)
    mine = next((one for one in every if one.request.rma_no == rma_no), None)
    if mine is None:
        raise NotFound("after-sale request")
    _, order = await own_order(desk, conversation_id, mine.request.request.order_no)
    address = await answer_of(desk, desk.shop.return_address(order.seller_id))
    return ReturnPlace(request=mine.request, address=address, due_at=mine.due_at)
