"""Which of the customer's own goods a message names, and which are nobody's here."""

from __future__ import annotations

from actions.order_choice import goods_words, naming_goods
from actions.return_words import open_lines
from actions.turn import Turn
from console.desk.order import Order, OrderLine
from console.desk.product import Product
from console.desk.product_naming import named_products, names_of, names_said
from console.services import order as orders_service
from console.services.product import catalogue, products_of


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


SHORTEST_EN = 5  # letters; shorter words of titles ("case", "seat") mean too much else


async def strange_goods(turn: Turn) -> str | None:
    """Goods of the shop that the message names and that no order of the customer contains.

    As they were said. Only words made of a title count: "for my mother" names no breast pump.
    """
    if not turn.text or await named_own_products(turn):
        return None
    orders = await orders_service.orders_of(turn.desk, turn.conversation_id)
    if naming_goods(goods_words(turn), orders):
        return None
    every = await catalogue(turn.desk)
    said = names_said(every, turn.text)
    return next((name for name in said if any(_is_title_word(name, one) for one in every)), None)


def _is_title_word(name: str, product: Product) -> bool:
    if name not in names_of(product):
        return False
    if name.isascii():
        return len(name) >= SHORTEST_EN and name in product.title_en.casefold()
    return set(name) <= set(product.title.casefold())
