"""One real card of each kind, from the demo shop."""

from __future__ import annotations

from datetime import timedelta
from typing import Any

from console.desk.after_sale import Condition, ReturnReason, ReturnRequest, ReturnWay
from console.desk.summary import Line, summary_card
from console.desk.work_order import WorkOrderKind, WorkOrderRequest
from console.services.after_sale import preview_return, refund_progress, submit_return
from console.services.cards import (
    order_card,
    order_list_card,
    parcel_trace_card,
    price_claim_card,
    product_list_card,
    refund_progress_card,
    return_summary_card,
    work_orders_card,
)
from console.services.order import orders_of
from console.services.price_protection import check_price_protection
from console.services.product import search_products
from console.services.work_order import open_work_order
from tests.docs.world import World

WISH = ReturnRequest(
    order_no="620026075183",
    line_id="620026075183-1",
    quantity=1,
    reason=ReturnReason.PET_REFUSES,
    condition=Condition.UNOPENED,
    way=ReturnWay.PICKUP,
)


async def card_samples(world: World) -> list[dict[str, Any]]:
    await world.customer_opens_the_widget()
    desk, conversation = world.desk, world.values["conversation_id"]
    orders = await orders_of(desk, conversation)
    wanted = await preview_return(desk, conversation, WISH)
    filed = await submit_return(desk, conversation, WISH, key="return-5f2c8d")
    wish = WorkOrderRequest(
        kind=WorkOrderKind.AUDIT, text="复核价保", answer_within=timedelta(hours=24)
    )
    review = await open_work_order(desk, conversation, wish, key="review-5f2c8d")
    lines = [
        Line("order_item_id", wanted.title),
        Line("refund", amount_fen=wanted.refund.total_fen),
    ]
    return [
        order_card(orders[0], "zh"),
        order_list_card(orders[:2], "zh"),
        parcel_trace_card(orders[0], "zh"),
        product_list_card(await search_products(desk, "耳机"), "zh"),
        price_claim_card(await check_price_protection(desk, conversation), "zh"),
        return_summary_card(filed, "zh"),
        return_summary_card(wanted, "zh"),
        summary_card("换货", lines, "zh", "新的给您留 24 小时。"),
        refund_progress_card((await refund_progress(desk, conversation))[0], "zh"),
        work_orders_card([review], "zh"),
    ]
