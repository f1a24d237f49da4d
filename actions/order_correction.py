"""The other order: "not this one, the one before", inside any form and outside."""

from __future__ import annotations

import re
from collections.abc import Sequence

from actions.answers import Answers
from actions.order_choice import Fits, goods_words, naming_goods
from actions.turn import Turn
from console.desk.order import Order
from console.services import order as orders_service

ANOTHER_ORDER = re.compile(
    r"(?:另|换|别的|其他|其它|错).{0,4}(?:一?个|一)?(?:订单|单)|不是这(?:个|一)?(?:订)?单"
    r"|\b(?:other|another|different|wrong) order\b|not (?:this|that) order",
    re.IGNORECASE,
)
# "The one before": the next older one. Only with the word for an order: "last time" means nothing.
_BEFORE = re.compile(
    r"(?:上|前|再前)(?:面)?(?:一?个|一|那)?(?:订单|单)|之前(?:的)?那(?:一?个|一)?(?:订单|单)"
    r"|\b(?:previous|earlier|older) (?:order|one)\b|\border before\b|\bone before\b",
    re.IGNORECASE,
)
_NEWEST = re.compile(
    r"(?:最近|最新|刚(?:刚)?(?:买|下|拍)的?|最后)(?:的)?(?:那)?(?:一?个|一)?(?:订单|单)"
    r"|\b(?:latest|newest|most recent|last) order\b",
    re.IGNORECASE,
)


async def read_another_order(turn: Turn, answers: Answers, kinds: Sequence[Fits]) -> bool:
    """The order of the form is put right; False when the message says nothing of that.

    Another one is rejected here and chosen by the form, which asks when several are left.
    """
    text, known = turn.text, answers["order_no"]
    if not text or not known or not turn.is_verified or turn.entity("order_no") is not None:
        return False
    if not any(pattern.search(text) for pattern in (ANOTHER_ORDER, _BEFORE, _NEWEST)):
        return False
    orders = await _fitting(turn, kinds)
    meant = _meant(turn.text, goods_words(turn), str(known), orders)
    if meant is None and not ANOTHER_ORDER.search(text):
        return False
    answers.put("order_no", meant.order_no if meant else None)
    answers.put("rejected_order_no", known)
    return True


async def _fitting(turn: Turn, kinds: Sequence[Fits]) -> list[Order]:
    every = await orders_service.orders_of(turn.desk, turn.conversation_id)
    return [order for order in every if any(fits(order) for fits in kinds)]


def _meant(text: str, goods: str, known: str, newest_first: Sequence[Order]) -> Order | None:
    others = [order for order in newest_first if order.order_no != known]
    if _NEWEST.search(text):
        return next(iter(newest_first), None)
    if _BEFORE.search(text):
        at = next((n for n, one in enumerate(newest_first) if one.order_no == known), -1)
        return next(iter(newest_first[at + 1 : at + 2]), None)
    named = naming_goods(goods, others)
    return named[0] if len(named) == 1 else None
