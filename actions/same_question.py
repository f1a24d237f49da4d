"""Questions that sound alike: the order, or that there is none, decides which one is answered.

"How long does it take" is asked before buying and while waiting; "can it be cheaper" before buying
and after (console/desk/meaning.py).
"""

from __future__ import annotations

import re
from typing import override

from actions.delivery import AnswerDeliveryTime
from actions.order import AnswerArrival, is_running
from actions.order_choice import Outcome, any_order, choose_order
from actions.price import AnswerBargain
from actions.price_protection import ClaimPriceProtection
from actions.product_choice import named_goods
from actions.turn import Event, Turn
from console.desk.meaning import Situation, meaning
from console.desk.order import Order, OrderState
from console.services import order as orders_service
from console.services.product import catalogue

NOT_PAID = frozenset({OrderState.UNPAID, OrderState.CANCELLED, OrderState.CANCELLING})
# An order that is still to come, whatever else is on its way.
YET_TO_ORDER = re.compile(
    r"(现在|今天|今晚|明天|要是|如果)(下单|拍|买)|(if|when) i (order|buy)|"
    r"\b(order|buy)(ing)? (it |one |this )?(now|today|tonight)",
    re.IGNORECASE,
)


class WhenIfOrdered(AnswerDeliveryTime):
    """Before buying, unless the customer waits for an order and names nothing else."""

    @override
    async def act(self, turn: Turn) -> list[Event]:
        choice = await choose_order(turn, (is_running,), known=turn.slot("order_no"))
        state = choice.order.state if choice.order else _of_several(choice.candidates)
        situation = Situation(state, about_product=await _asks_about_goods(turn))
        if meaning(self.intent, situation) == self.intent:
            return await super().act(turn)
        return await AnswerArrival(turn.desk).act(turn)


class WhenItComes(AnswerArrival):
    """Who has ordered nothing is told how long an order would take."""

    @override
    async def act(self, turn: Turn) -> list[Event]:
        if turn.is_verified and turn.entity("order_no") is None:
            choice = await choose_order(turn, (any_order,), known=turn.slot("order_no"))
            if choice.outcome is Outcome.NONE and meaning(self.intent, Situation()) != self.intent:
                return await AnswerDeliveryTime(turn.desk).act(turn)
        return await super().act(turn)


class CheaperBeforeOrAfter(AnswerBargain):
    """A better price for what was bought already is a price claim."""

    @override
    async def act(self, turn: Turn) -> list[Event]:
        in_view = turn.slot("product_id") is not None or turn.entity("product_id") is not None
        situation = Situation(has_bought=await _has_bought(turn), about_product=in_view)
        if meaning(self.intent, situation) == self.intent:
            return await super().act(turn)
        return await ClaimPriceProtection(turn.desk).act(turn)


def _of_several(orders: list[Order]) -> OrderState | None:
    """Several are on their way: the picker asks which; until then the newest speaks for all."""
    return orders[0].state if orders else None


async def _asks_about_goods(turn: Turn) -> bool:
    """An order to come, a region, a product that is named and not on its way, or one in view."""
    if turn.entity("region") or YET_TO_ORDER.search(turn.text):
        return True
    named = named_goods(turn, await catalogue(turn.desk))
    if not named:
        return turn.slot("product_id") is not None
    orders = await orders_service.orders_of(turn.desk, turn.conversation_id)
    coming = {line.product_id for order in orders if is_running(order) for line in order.lines}
    return not coming & {one.product_id for one in named}


async def _has_bought(turn: Turn) -> bool:
    """What the sentence names, or the order that is talked about."""
    orders = await orders_service.orders_of(turn.desk, turn.conversation_id)
    paid = [one for one in orders if one.state not in NOT_PAID]
    named = {one.product_id for one in named_goods(turn, await catalogue(turn.desk))}
    if named:
        return any(line.product_id in named for order in paid for line in order.lines)
    return any(order.order_no == turn.slot("order_no") for order in paid)
