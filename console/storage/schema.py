"""Every table of the desk, gathered so that migrations and tests see all of them."""

from __future__ import annotations

from console.storage import (
    after_sale,
    after_sale_change,
    agent,
    audit,
    cancellation,
    case,
    consent,
    conversation,
    customer,
    event,
    guest_proof,
    handoff,
    item_alert,
    order_watch,
    policy,
    price_claim,
    promise,
    rating,
    shop,
    shop_goods,
    shop_orders,
    shop_window,
    trade_in,
    turn,
    upload,
    work_order,
)
from console.storage.columns import metadata

TABLES = (
    *(agent, audit, case, conversation, customer, event, handoff, promise, turn, upload),
    rating,
    trade_in,
    work_order,
    order_watch,
    *(
        after_sale,
        after_sale_change,
        cancellation,
        guest_proof,
        policy,
        price_claim,
        shop,
        shop_goods,
        shop_orders,
        shop_window,
    ),
    consent,
    item_alert,
)

__all__ = ["TABLES", "metadata"]
