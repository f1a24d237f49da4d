"""Other goods than those of the form: "not this one", "no, the charger".

What was said below the goods falls with them; the reason stays.
"""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence

from actions.answers import Answers
from actions.goods_said import goods_said
from actions.order_choice import Fits
from actions.own_goods import line_meant
from actions.return_words import ANOTHER_ITEM, open_lines
from actions.turn import Turn
from console.desk.order import Order
from console.services import order as orders_service

_Below = Mapping[str, Sequence[str]]
_SAYS_NO = re.compile(
    r"不是|不对|错了|其实|\b(?:no|nope|not|sorry|actually|i mean|i meant)\b", re.IGNORECASE
)
# Around the names of goods these say no more than that others were meant. Each is taken out once:
# a repeated group of them would be tried in every way.
_ONLY_NO = re.compile(
    r"不是|不对|[说搞弄选]错了?|错了|而?是|应该|其实|我[说指要退]的?|[那这个件款双台条的哦啊吧呀]|才对"
    r"|\b(?:no|nope|not|sorry|oh|wait|actually|i meant?|it'?s|it is|but|the|my|that|this|ones?)\b",
    re.IGNORECASE,
)


async def read_another_item(
    turn: Turn, answers: Answers, fits: Sequence[Fits], below: _Below
) -> bool:
    """Puts order and item right as far as the words say; False when they say nothing of that."""
    if not turn.text or not answers["order_no"] or not answers["order_item_id"]:
        return False
    every = await orders_service.orders_of(turn.desk, turn.conversation_id)
    order = next((one for one in every if one.order_no == answers["order_no"]), None)
    if order is None:
        return False
    fitting = [one for one in every if any(fit(one) for fit in fits)]
    named = await _goods_instead(turn, order, str(answers["order_item_id"]), every)
    if named:
        return _take_named(
            answers, order, [one for one in fitting if _has(one, named)], named, below
        )
    if ANOTHER_ITEM.search(turn.text):
        return await _take_other(turn, answers, order, fitting, below)
    return False


async def _goods_instead(turn: Turn, order: Order, item: str, every: Sequence[Order]) -> set[str]:
    """Products that were bought and are named beside a no, and nothing more is said."""
    if not _SAYS_NO.search(turn.text):
        return set()
    said = await goods_said(turn, [line for one in every for line in one.lines])
    if re.search(r"\w", _ONLY_NO.sub(" ", said.other_words)):
        return set()
    line = order.line(item)
    return {one.product_id for one in said.goods} - {line.product_id if line else ""}


def _take_named(
    answers: Answers, order: Order, holding: Sequence[Order], named: set[str], below: _Below
) -> bool:
    if not holding:
        return False
    if order not in holding:
        _take_back(answers, "order_no", below)
        answers.put("rejected_order_no", order.order_no)
        if len(holding) > 1:
            return True  # which of them is asked
        answers.put("order_no", holding[0].order_no)
    _take_back(answers, "order_item_id", below)
    meant = order if order in holding else holding[0]
    lines = [line for line in open_lines(meant) if line.product_id in named]
    answers.put("order_item_id", lines[0].line_id if len(lines) == 1 else None)
    return True


async def _take_other(
    turn: Turn, answers: Answers, order: Order, fitting: Sequence[Order], below: _Below
) -> bool:
    """Another item of the order; where it has no other, another order, if there is one."""
    others = [one for one in open_lines(order) if one.line_id != answers["order_item_id"]]
    if others:
        _take_back(answers, "order_item_id", below)
        line = others[0] if len(others) == 1 else await line_meant(turn, others, asked=None)
        answers.put("order_item_id", line.line_id if line else None)
        return True
    if all(one is order for one in fitting):
        return False
    _take_back(answers, "order_no", below)
    answers.put("rejected_order_no", order.order_no)
    return True


def _take_back(answers: Answers, name: str, below: _Below) -> None:
    answers.forget((name, *below.get(name, ())))


def _has(order: Order, product_ids: set[str]) -> bool:
    return any(line.product_id in product_ids for line in order.lines)
