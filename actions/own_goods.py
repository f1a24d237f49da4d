"""Which of the customer's own goods a message names."""

from __future__ import annotations

from collections.abc import Sequence

from actions.goods_said import goods_said
from actions.return_words import line_named, open_lines
from actions.turn import Turn
from console.desk.order import Order, OrderLine
from console.services import order as orders_service


async def named_own_products(turn: Turn) -> set[str]:
    """Ids of products in orders of the verified customer; empty when none is named."""
    if not turn.text:
        return set()
    orders = await orders_service.orders_of(turn.desk, turn.conversation_id)
    said = await goods_said(turn, [line for order in orders for line in order.lines])
    return {one.product_id for one in said.goods}


async def named_lines(turn: Turn) -> list[tuple[Order, OrderLine]]:
    """What was delivered of the goods that the message names."""
    named = await named_own_products(turn)
    orders = await orders_service.orders_of(turn.desk, turn.conversation_id) if named else []
    return [
        (order, line) for order in orders for line in open_lines(order) if line.product_id in named
    ]


async def line_meant(
    turn: Turn, lines: Sequence[OrderLine], *, asked: str | None
) -> OrderLine | None:
    """By what it is, else by words that no other line shares; "my phone" is not its case."""
    said = await goods_said(turn, lines)
    named = {one.product_id for one in said.goods}
    meant = [line for line in lines if line.product_id in named]
    if len(meant) == 1:
        return meant[0]
    return line_named(said.rest, meant or lines, asked=asked)


async def named_to_come(turn: Turn, order: Order) -> OrderLine | None:
    """Goods of the order that the message names and that are not with the customer yet, if it
    names none that are."""
    said = await goods_said(turn, order.lines)
    named = {one.product_id for one in said.goods}
    lines = [line for line in order.lines if line.product_id in named]
    if any(order.signed_at(line.line_id) is not None for line in lines):
        return None
    return lines[0] if lines else None
