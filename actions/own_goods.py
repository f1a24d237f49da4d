"""Which of the customer's own goods a message names."""

from __future__ import annotations

from actions.return_words import open_lines
from actions.turn import Turn
from console.desk.order import Order, OrderLine
from console.desk.product_naming import named_products
from console.services import order as orders_service
from console.services.product import products_of


async def named_own_products(turn: Turn) -> set[str]:
    """Ids of products in orders of the verified customer; empty when none is named."""
    if not turn.text:
        return set()
    orders = await orders_service.orders_of(turn.desk, turn.conversation_id)
    ids = [line.product_id for order in orders for line in order.lines]
    goods = await products_of(turn.desk, ids) if ids else []
    return {one.product_id for one in named_products(goods, turn.text)}


async def named_lines(turn: Turn) -> list[tuple[Order, OrderLine]]:
    """What was delivered of the goods that the message names."""
    named = await named_own_products(turn)
    orders = await orders_service.orders_of(turn.desk, turn.conversation_id) if named else []
    return [
        (order, line) for order in orders for line in open_lines(order) if line.product_id in named
    ]
