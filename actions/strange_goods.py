"""Goods that the customer names and that none of the orders contains.

They are told, and the orders there are stand below: no form and no question about an order takes
them for those of the only order that fits. What came instead, what is wanted in exchange and what
should have been in the box are other things than the goods that were bought.
"""

from __future__ import annotations

import re
from collections.abc import Sequence

from actions.answers import Answers
from actions.closed_list import read_ordinal
from actions.goods_said import goods_said
from actions.order_choice import naming_goods
from actions.own_goods import named_own_products
from actions.turn import Turn
from console.desk.order import Order
from console.desk.product import Product
from console.desk.product_naming import names_of
from console.services import order as orders_service
from console.services.goods import parts_of

STRANGE_GOODS = "strange_goods"
SHORTEST_EN = 5  # letters; shorter words of titles ("case", "seat") mean too much else
# Words that stand right before goods which are not the ones that were bought.
CAME_INSTEAD = re.compile(
    r"(?:[发寄送收来给拿]|里面|打开|却是|居然是|竟然是)[^，。！？,.!?买拍订]{0,8}$"
    r"|\b(?:sent|send|got|get|received?|came|arrived|delivered|gave|instead|inside|it(?:'s| is| was)"
    r"|there (?:is|was|were))\b(?:(?!\b(?:my|bought|ordered|wrong)\b)[^.,;!?]){0,30}$",
    re.IGNORECASE,
)
WANTED = re.compile(
    r"(?:换成|换为|换作|改成|改为|想要|换[一个双件台只副])[^，。！？,.!?]{0,6}$"
    r"|\b(?:for|to|into|want|like|get)\b(?:(?!\b(?:my|bought|ordered|exchange|swap|change|replace)\b)"
    r"[^.,;!?]){0,20}$",
    re.IGNORECASE,
)
# Where something was seen, and what is to be bought next, is not what was bought.
_SEEN_ON = re.compile(
    r"(?<!现)[在用从][^，。！？,.!?]{0,4}$"
    r"|\b(?:see|saw|seen|read|look(?:ed|ing)?|check(?:ed|ing)?|writ(?:e|ing))\b[^.,;!?]{0,20}"
    r"\b(?:on|from)\s+(?:my|an?|the|our)?\s*$",
    re.IGNORECASE,
)
_AS_A_PLACE = re.compile(r"^[上里看查]|^[^\u4e00-\u9fff]")
_TO_BUY = re.compile(
    r"(?:想|要|打算|准备|去)(?:再|重新)?买(?:[一个台件双部款只]|别的)*$"
    r"|\b(?:buy|get|have|order)\s+(?:an?|another|some)\s+(?:new\s+)?$",
    re.IGNORECASE,
)
# "I received the running shoes in the wrong size" is about running shoes that were bought.
_IN_ANOTHER = re.compile(
    r"^[^，。！？,.!?]{0,4}(?:颜色|尺码|码数?|型号|规格|款式?)"
    r"|^[^.,;!?]{0,20}\b(?:colou?r|size|model|variant)\b",
    re.IGNORECASE,
)
_GIVEN_AWAY = re.compile(
    r"(?:赠品?|送)的?[^，。！？,.!?发来到]{0,3}$|\b(?:free|gift)\b[^.,;!?]{0,12}$"
)


def asks_for_strange(answers: Answers) -> bool:
    """Until one of the orders there are is chosen."""
    return answers[STRANGE_GOODS] is not None and answers["order_no"] is None


async def note_strange_goods(turn: Turn, answers: Answers, other: re.Pattern[str] | None) -> None:
    """As a form begins. Goods that are named outweigh the order that was talked about before.

    `other`: words before goods that this form is not about.
    """
    strange = await strange_goods(turn, other)
    if strange is not None:
        answers.put(STRANGE_GOODS, strange)
        answers.forget(("order_no", "order_item_id"))


async def strange_goods(turn: Turn, other: re.Pattern[str] | None = None) -> str | None:
    """Goods that the message names and that no order of the customer contains.

    As they were said. Only kinds of goods and words made of a title count: "for my mother" names
    no breast pump.
    """
    if not turn.text or not turn.is_verified or turn.entity("order_no") is not None:
        return None
    if not (await goods_said(turn, ())).strange:
        return None  # no goods are named, so nobody needs to look into the orders
    orders = await orders_service.orders_of(turn.desk, turn.conversation_id)
    called = await goods_said(turn, [line for order in orders for line in order.lines])
    if called.goods or naming_goods(called.rest, orders):
        return None
    kinds = {word.casefold() for word in turn.said_as("product", "category")}
    every = await turn.catalogue()
    said = [
        name
        for name in called.strange
        if (name in kinds or any(_is_title_word(name, one) for one in every))
        and not _is_other(name, turn.text, other)
    ]
    parts = await _parts_of(turn, orders) if said else set()
    return next((name for name in said if name not in parts), None)


async def picks_one(turn: Turn) -> bool:
    """Named, pointed at, or agreed to; any other words are about the goods that nobody bought."""
    is_pointed_at = turn.entity("order_no") is not None or read_ordinal(turn.text) is not None
    return is_pointed_at or turn.intent == "affirm" or bool(await named_own_products(turn))


def _is_title_word(name: str, product: Product) -> bool:
    if name not in names_of(product):
        return False
    if name.isascii():
        return len(name) >= SHORTEST_EN and name in product.title_en.casefold()
    return set(name) <= set(product.title.casefold())


def _is_other(name: str, text: str, other: re.Pattern[str] | None) -> bool:
    before, _, after = text.casefold().partition(name)
    if _GIVEN_AWAY.search(before) or _TO_BUY.search(before):
        return True
    if _SEEN_ON.search(before) and _AS_A_PLACE.search(after):
        return True
    is_it = other is not None and other.search(before) is not None
    return is_it and not _IN_ANOTHER.search(after)


async def _parts_of(turn: Turn, orders: Sequence[Order]) -> set[str]:
    """What comes in the box with the goods of the orders, as customers call it."""
    products = {line.product_id for order in orders for line in order.lines}
    parts = [part for one in sorted(products) for part in await parts_of(turn.desk, one)]
    return {word.casefold() for part in parts for word in (part.name, part.name_en, *part.words)}
