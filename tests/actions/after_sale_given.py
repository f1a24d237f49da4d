"""Returns that customers of the demo shop have filed before a test begins."""

from __future__ import annotations

from dataclasses import replace
from typing import Any

from console.desk.after_sale import (
    AfterSaleRequest,
    AfterSaleState,
    Condition,
    ReturnReason,
    ReturnRequest,
    ReturnWay,
)
from console.services.after_sale import submit_return
from console.storage.after_sale import find_request
from tests.actions.conftest import Conversation

BLENDER_ORDER = "620026082034"  # of customer 88009: blender 300.00, kettle 100.00, signed yesterday
BLENDER = ReturnRequest(
    order_no=BLENDER_ORDER,
    line_id=f"{BLENDER_ORDER}-1",
    quantity=1,
    reason=ReturnReason.NO_LONGER_WANTED,
    condition=Condition.UNOPENED,
    way=ReturnWay.SELF_SHIP,
)
KETTLE = replace(BLENDER, line_id=f"{BLENDER_ORDER}-2")
GRAVE = replace(BLENDER, reason=ReturnReason.SUSPECTED_FAKE, photos=("up_1",))  # goes to audit


async def has_filed(
    customer: Conversation, request: ReturnRequest = BLENDER, **changes: Any
) -> AfterSaleRequest:
    wish = replace(request, **changes)
    key = f"given:{wish.line_id}"
    return await submit_return(customer.desk, customer.id, wish, key=key)


async def now(customer: Conversation, rma_no: str) -> AfterSaleRequest:
    found = await customer.desk.database.read(lambda tx: find_request(tx, rma_no))
    assert found is not None
    return found


async def state(customer: Conversation, rma_no: str) -> AfterSaleState:
    return (await now(customer, rma_no)).state
