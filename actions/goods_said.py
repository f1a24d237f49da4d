"""What a message calls goods by: names of the catalogue, and kinds that the engine knows."""

from __future__ import annotations

from collections.abc import Iterable

from actions.turn import Turn
from console.desk.order import OrderLine
from console.desk.product_naming import Called, goods_called


async def goods_said(turn: Turn, lines: Iterable[OrderLine]) -> Called:
    """Goods of these lines that the message names, and names of others."""
    bought = {line.product_id: line for line in lines}
    every = await turn.catalogue() if turn.text else []
    goods = [one for one in every if one.product_id in bought]
    gone = bought.keys() - {one.product_id for one in goods}
    old = [f"{bought[one].title} {bought[one].title_en}" for one in sorted(gone)]
    return goods_called(goods, turn.text, turn.said_as("product", "category"), every, old)
