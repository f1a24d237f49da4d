"""Something does not work: the shop's own steps one by one, then a repair that knows of them.

`guide`: the guide that runs and the step that was told last. What was tried stays with the case.
"""

from __future__ import annotations

import json
import re
from typing import Any, override

from actions.handoff import hand_over
from actions.product_choice import Outcome, ask_which_product, choose_product, title_of
from actions.report_words import LONGEST
from actions.return_words import open_lines
from actions.turn import Button, DeskAction, Event, Turn, remember
from console.desk.goods import Guide, named_by
from console.desk.handoff import HandoffReason
from console.desk.product import Product
from console.desk.words import Words
from console.services.context import record_attempt
from console.services.goods import guides_of
from console.services.order import orders_of
from console.services.product import product as find_product
from console.services.product import products_of

INTENT = "ask_troubleshooting"
OFFER_REPAIR = "offer_repair"  # as `last_task`: a yes means a repair
_DANGER = re.compile(
    r"冒烟|着火|起火|漏电|电到|触电|烧焦|焦味|爆炸|鼓包|smok|on fire|burning|electric shock|explod|swollen",
    re.IGNORECASE,
)
_WORKS = re.compile(
    r"^(?!.*(?:不|没)).*(?:好了|可以了|行了|解决)|works now|fixed|solved", re.IGNORECASE
)


_HELPED = Words("解决了", "solved it")
_FAILED = Words("没用", "did not help")


class Troubleshoot(DeskAction):
    action_name = "action_troubleshoot"

    @override
    async def act(self, turn: Turn) -> list[Event]:
        if _DANGER.search(turn.text):
            turn.say("utter_guide_danger")
            await hand_over(turn, HandoffReason.POLICY, policy="guide.danger")
            return _closed()
        result = turn.entity("guide_result")
        if result is not None and _running(turn) is not None:
            return await go_on(turn, works=result == "works")
        return await _begin(turn)


async def go_on(turn: Turn, *, works: bool) -> list[Event]:
    """After a step was tried: it helped, or the next one, or a repair."""
    running = _running(turn)
    found = await _guide(turn, running) if running else None
    if running is None or found is None:
        turn.say("utter_what_about_it")
        return _closed()
    at = int(running["step"])
    step = found.steps_in(turn.lang)[at]
    what = Words(found.steps_in("zh")[at], found.steps_in("en")[at])
    await record_attempt(turn.desk, turn.conversation_id, what, _HELPED if works else _FAILED)
    if works:
        turn.say("utter_guide_solved")
        return _closed()
    tried = [*running["tried"], step]
    if at + 1 < len(found.steps):
        return _tell(turn, found, at + 1, tried)
    turn.say("utter_guide_exhausted")
    known: dict[str, Any] = {"tried_steps": turn.words("；", "; ").join(tried)[:LONGEST]}
    if not turn.is_in_form:
        known |= {"last_task": OFFER_REPAIR, "fault_text": running["said"], "rma_no": None}
        known |= await _own_item(turn, found.product_id)
    return [*_closed(), *remember(**known)]


async def _own_item(turn: Turn, product_id: str) -> dict[str, str | None]:
    """What is to be repaired, so that nobody has to pick it; nothing when it was bought twice."""
    orders = await orders_of(turn.desk, turn.conversation_id) if turn.is_verified else []
    mine = [
        (order.order_no, line.line_id)
        for order in orders
        for line in open_lines(order)
        if line.product_id == product_id
    ]
    order_no, line_id = mine[0] if len(mine) == 1 else (None, None)
    return {"order_no": order_no, "order_item_id": line_id}


def says_it_works(text: str) -> bool:
    return _WORKS.search(text) is not None


async def _begin(turn: Turn) -> list[Event]:
    known = turn.slot("product_id")
    choice = await choose_product(turn, known=str(known) if known else None)
    goods = [choice.product] if choice.product else choice.candidates or await _bought(turn)
    said = _question(turn)
    fitting = [
        (one, guide)
        for one in goods
        if (guide := named_by(said, await guides_of(turn.desk, one.product_id))) is not None
    ]
    if len(fitting) == 1:
        product, guide = fitting[0]
        turn.say("utter_guide_begins", title=title_of(turn, product), fault=guide.label(turn.lang))
        return _tell(turn, guide, 0, [])
    if choice.product is None and choice.outcome is not Outcome.SEVERAL and not goods:
        kept = [] if turn.is_in_form else remember(fault_text=said[:LONGEST] or None)
        return [*await ask_which_product(turn, choice, INTENT), *turn.task_done(INTENT), *kept]
    title = title_of(turn, goods[0]) if len(goods) == 1 else turn.words("您买的商品", "your item")
    turn.say("utter_guide_unknown", title=title)
    if turn.is_in_form:
        return []
    told = {"fault_text": said[:LONGEST] or None, "tried_steps": None, "rma_no": None}
    item = await _own_item(turn, goods[0].product_id) if len(goods) == 1 else {}
    return remember(last_task=OFFER_REPAIR, **told, **item)


def _question(turn: Turn) -> str:
    """With what was said before "which one" was asked."""
    pending = turn.slot("product_question")
    is_mine = isinstance(pending, dict) and pending.get("intent") == INTENT
    before = str(turn.slot("fault_text") or "") if is_mine else ""
    return f"{before} {turn.text}".strip()


async def _bought(turn: Turn) -> list[Product]:
    """What the customer has at home, of the order that is known or of all."""
    orders = await orders_of(turn.desk, turn.conversation_id) if turn.is_verified else []
    known = [one for one in orders if one.order_no == turn.slot("order_no")]
    lines = [line for order in known or orders for line in open_lines(order)]
    return await products_of(turn.desk, [line.product_id for line in lines])


def _tell(turn: Turn, guide: Guide, at: int, tried: list[str]) -> list[Event]:
    running = turn.slot("guide") or {}
    said = str(running.get("said") or _question(turn))[:LONGEST]
    steps = guide.steps_in(turn.lang)
    turn.say("utter_guide_step", _buttons(turn), number=at + 1, count=len(steps), step=steps[at])
    now = {
        "id": guide.guide_id, "product_id": guide.product_id, "step": at, "tried": tried,
        "said": said,
    }  # fmt: skip
    return [*remember(guide=now, product_question=None), *turn.task_done(INTENT)]


def _buttons(turn: Turn) -> list[Button]:
    labels = {
        "works": turn.words("好了", "It works now"),
        "fails": turn.words("还是不行", "Still not"),
    }
    return [
        {"title": title, "payload": f"/{INTENT}{json.dumps({'guide_result': result})}"}
        for result, title in labels.items()
    ]


def _running(turn: Turn) -> dict[str, Any] | None:
    running = turn.slot("guide")
    return running if isinstance(running, dict) else None


async def _guide(turn: Turn, running: dict[str, Any]) -> Guide | None:
    if await find_product(turn.desk, running["product_id"]) is None:
        return None
    known = await guides_of(turn.desk, running["product_id"])
    return next((one for one in known if one.guide_id == running["id"]), None)


def _closed() -> list[Event]:
    return remember(guide=None)
