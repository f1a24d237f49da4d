"""The verified customer's own after-sale requests; somebody else's read as not existing."""

from __future__ import annotations

import re

from sqlalchemy import Connection

from console.desk.after_sale import AfterSaleRequest
from console.desk.errors import NotFound
from console.services.parts import Desk
from console.services.shop_call import Shopper, find_shopper, shopper_of
from console.storage import after_sale as rows


async def requests_of(desk: Desk, conversation_id: str) -> list[AfterSaleRequest]:
    """Newest first; none for a visitor."""
    shopper = await find_shopper(desk, conversation_id)
    if shopper is None:
        return []
    customer_no = shopper.customer_no
    return await desk.database.read(lambda tx: rows.requests_of(tx, customer_no))


def own_request(
    tx: Connection, conversation_id: str, rma_no: str
) -> tuple[Shopper, AfterSaleRequest]:
    """Inside a unit of work. Raises `NotFound` alike for a visitor, a foreign and no request."""
    shopper = shopper_of(tx, conversation_id)
    found = rows.find_request(tx, rma_no)
    if shopper is None or found is None or found.customer_no != shopper.customer_no:
        raise NotFound("after-sale request")
    return shopper, found


def plain_rma_no(written: str) -> str:
    """ "rma-1234 5678" as the desk writes it."""
    return re.sub(r"[\s-]", "", written).upper()
