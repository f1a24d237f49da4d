"""The other order: "not this one, the one before", inside any form and outside."""

from __future__ import annotations

import re
from collections.abc import Sequence

from actions.answers import Answers
from actions.order_choice import Fits, orders_called
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
# "The other ones too": all but the one that was just talked about.
_OTHERS = re.compile(
    r"(?:其[他它余]|别的|另外|剩下|余下)的?[那这]?[几些两]?[个笔张]?(?:订?单|的?[呢也都])"
    r"|\bothers\b|\bother (?:orders?|ones?)\b|\bthe rest\b",
    re.IGNORECASE,
)


def asks_for_others(text: str) -> bool:
    return _OTHERS.search(text) is not None


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
    meant = await _meant(turn, str(known), orders)
    if meant is None and not ANOTHER_ORDER.search(text):
        return False
    answers.put("order_no", meant.order_no if meant else None)
    answers.put("rejected_order_no", known)
    return True


async def _fitting(turn: Turn, kinds: Sequence[Fits]) -> list[Order]:
    every = await orders_service.orders_of(turn.desk, turn.conversation_id)
    return [order for order in every if any(fits(order) for fits in kinds)]


async def _meant(turn: Turn, known: str, newest_first: Sequence[Order]) -> Order | None:
    text = turn.text
    others = [order for order in newest_first if order.order_no != known]
    if _NEWEST.search(text):
        return next(iter(newest_first), None)
    if _BEFORE.search(text):
        at = next((n for n, one in enumerate(newest_first) if one.order_no == known), -1)
        return next(iter(newest_first[at + 1 : at + 2]), None)
    named = await orders_called(turn, others)
    return named[0] if len(named) == 1 else None
