"""Changing what was ordered before it is picked: another variant, more or fewer, a note."""

from __future__ import annotations

import json
import re
from collections.abc import Sequence
from typing import Any, override

from actions.address_words import is_question
from actions.consent import consent_buttons, inform_button, read_consent
from actions.form import Answers, Form
from actions.order import is_running
from actions.order_answer import ask_order, read_order, settle_order
from actions.order_choice import any_order
from actions.order_note import leave_order_note
from actions.own_goods import line_meant
from actions.strange_goods import WANTED
from actions.summary import Line, show_summary
from actions.turn import Button, DeskAction, Event, Turn, remember
from actions.variant_words import variant_named
from console.desk.card import line_title, order_title
from console.desk.goods import OutOfStock, Variant, variant_of
from console.desk.meaning import Situation
from console.desk.money import yuan
from console.desk.order import Order, OrderLine, OrderState
from console.desk.order_change import ItemDecision, ItemWay, may_leave_note
from console.services import order as orders_service
from console.services.order_change import (
    ItemWish,
    change_item,
    decide_item,
    variants_of,
)

OWN_SLOTS = ("item_field", "new_variant", "new_quantity", "order_note", "item_change_confirmed")
_FIELDS = (
    ("new_variant", "换颜色或规格", "Colour or variant"),
    ("new_quantity", "改数量", "The quantity"),
    ("order_note", "加备注", "Add a note"),
)
_WORDS = {
    "together": re.compile(
        r"合并|合成|一起(?:发|寄)|两(?:个|笔)?(?:订)?单.{0,4}一起|combine|merge|ship together",
        re.IGNORECASE,
    ),
    "order_note": re.compile(r"备注|留言|贺卡|写上|发顺丰|轻拿|note|remark|card", re.IGNORECASE),
    "new_quantity": re.compile(
        r"数量|(?:多|再|加|补|少|减)(?:买|拍|加|要|掉|去)?[一两二三四五\d]?[件个份盒瓶]|漏买"
        r"|quantity|one more|one less",
        re.IGNORECASE,
    ),
    "new_variant": re.compile(
        r"颜色|规格|尺码|型号|内存|款|[大小]号|[大小]一号|colou?r|size|variant|model", re.IGNORECASE
    ),
}
_OTHER_GOODS = frozenset({"request_exchange", "request_size_swap"})
_MORE = re.compile(
    r"(?:多|再|加|补|漏)(?:买|拍|加|要|了)?(?P<n>[一两二三四五\d]*)|(?P<one>one more)",
    re.IGNORECASE,
)
_LESS = re.compile(
    r"(?:少|减)(?:买|要|掉|去)?(?P<n>[一两二三四五\d]*)|(?P<one>one less)", re.IGNORECASE
)
_TO = re.compile(r"(?:改成|改为|变成|要|to)\s*(?P<n>\d{1,3}|[一两二三四五])")
_NUMBERS = {"一": 1, "两": 2, "二": 2, "三": 3, "四": 4, "五": 5}
_MOST_PIECES = 5
LONGEST = 120  # characters of a note


class ItemChangeForm(Form):
    form_name = "item_change_form"
    started_by = "change_order_item"
    orders = (is_running, any_order)
    names_goods = True
    other_goods = WANTED

    @override
    async def situation(self, turn: Turn, answers: Answers, order: Order) -> Situation:
        return Situation(order.state, has_bought=True)

    @override
    async def begin(self, turn: Turn, answers: Answers) -> None:
        answers.forget((*OWN_SLOTS, "order_item_id"))

    @override
    async def read(self, turn: Turn, answers: Answers, asked: str | None) -> bool:
        is_note = asked == "order_note"
        heard = [
            not is_note and await read_order(turn, answers, asked, self.orders),
            not is_note and await _read_line(turn, answers),
            _read_field(turn, answers, asked),
            await _read_variant(turn, answers, asked),
            await _read_quantity(turn, answers, asked),
            _read_note(turn, answers, asked),
            read_consent(turn, answers, asked, "item_change_confirmed"),
        ]
        return any(heard)

    @override
    async def next_slot(self, turn: Turn, answers: Answers) -> str | None:
        if answers["item_change_confirmed"] is False:
            return None
        if answers["item_field"] == "together":
            turn.say("utter_item_together")
            return None
        settled = await settle_order(turn, answers, self.orders, self.started_by, "utter_no_orders")
        if settled.order is None:
            return settled.ask
        if not may_leave_note(settled.order.state):
            _say_too_late(turn, settled.order)
            return None
        return await _missing(turn, answers, settled.order)

    @override
    async def ask(self, turn: Turn, answers: Answers, slot: str) -> None:
        if slot == "order_no":
            await ask_order(turn, answers, self.orders, self.started_by)
            return
        order = await _order(turn, answers)
        if order is None:
            return
        await _ask_of_order(turn, answers, slot, order)


async def _order(turn: Turn, answers: Answers) -> Order | None:
    number = answers["order_no"]
    if not number or not turn.is_verified:
        return None
    return await orders_service.find_order(turn.desk, turn.conversation_id, str(number))


async def _line(turn: Turn, answers: Answers) -> OrderLine | None:
    order = await _order(turn, answers)
    if order is None:
        return None
    named = order.line(str(answers["order_item_id"])) if answers["order_item_id"] else None
    return named or (order.lines[0] if len(order.lines) == 1 else None)


async def _missing(turn: Turn, answers: Answers, order: Order) -> str | None:
    field = answers["item_field"]
    if field is None:
        return "item_field"
    if field == "order_note":
        slot = "order_note" if answers["order_note"] is None else "item_change_confirmed"
        return slot if answers[slot] is None else None
    line = await _line(turn, answers)
    if line is None:
        return "order_item_id"
    answers.put("order_item_id", line.line_id)
    if field == "new_variant" and len(await variants_of(turn.desk, line.product_id)) < 2:
        turn.say("utter_item_one_variant", title=line_title(line, turn.lang))
        return None
    if answers[str(field)] is None:
        return str(field)
    if not await _can_be_had(turn, answers, order, line):
        return None
    return "item_change_confirmed" if answers["item_change_confirmed"] is None else None


async def _can_be_had(turn: Turn, answers: Answers, order: Order, line: OrderLine) -> bool:
    """False when the rules say no; the customer hears why, and what can be done instead."""
    decision = await _decision(turn, answers, order, line)
    if decision.way in {ItemWay.CHANGE, ItemWay.CHANGE_AND_REFUND}:
        return True
    _say_refused(turn, order, decision)
    return False


def _wish(answers: Answers | dict[str, Any], line: OrderLine) -> ItemWish:
    variant, quantity = answers["new_variant"], answers["new_quantity"]
    return ItemWish(
        line_id=line.line_id,
        variant=str(variant) if variant is not None else line.variant,
        quantity=int(quantity) if quantity is not None else line.quantity,
    )


async def _decision(turn: Turn, answers: Answers, order: Order, line: OrderLine) -> ItemDecision:
    wish = _wish(answers, line)
    return await decide_item(turn.desk, turn.conversation_id, order.order_no, wish)


def _say_refused(turn: Turn, order: Order, decision: ItemDecision) -> None:
    buttons = [_cancel(turn, order)] if decision.way is ItemWay.PAY_MORE else []
    turn.say(f"utter_item_{decision.way}", buttons, amount=yuan(abs(decision.difference_fen)))


def _cancel(turn: Turn, order: Order) -> Button:
    title = turn.words("取消重拍", "Cancel and order again")
    return {"title": title, "payload": f"/cancel_order{json.dumps({'order_no': order.order_no})}"}


def _say_too_late(turn: Turn, order: Order) -> None:
    if order.state is OrderState.SIGNED:
        payload = f"/request_exchange{json.dumps({'order_no': order.order_no})}"
        title = turn.words("申请换货", "Exchange it")
        turn.say("utter_item_signed", [{"title": title, "payload": payload}])
    elif order.state in {OrderState.CANCELLED, OrderState.CANCELLING}:
        turn.say(f"utter_status_{order.state}")
    else:
        turn.say("utter_item_too_late", [_cancel(turn, order)], amount="")


async def _read_line(turn: Turn, answers: Answers) -> bool:
    if (line_id := turn.entity("order_item_id")) is not None:
        answers.put("order_item_id", str(line_id))
        return True
    order = await _order(turn, answers)
    if order is None or not turn.text or answers["order_item_id"] is not None:
        return False
    asked = answers["requested_slot"]
    line = await line_meant(turn, order.lines, asked=str(asked) if asked else None)
    if line is not None:
        answers.put("order_item_id", line.line_id)
    return line is not None


def _read_field(turn: Turn, answers: Answers, asked: str | None) -> bool:
    said = turn.entity("item_field")
    if said is None and asked is None and turn.intent in _OTHER_GOODS:
        said = "new_variant"  # it began as an exchange; the order has not been shipped
    if said is None and asked in {None, "item_field"}:
        said = next((name for name, words in _WORDS.items() if words.search(turn.text)), None)
    if said is not None:
        answers.put("item_field", str(said))
    return said is not None


async def _read_variant(turn: Turn, answers: Answers, asked: str | None) -> bool:
    if (chosen := turn.entity("new_variant")) is not None:
        answers.put("new_variant", str(chosen))
        return True
    line = await _line(turn, answers)
    if line is None or not turn.text or asked not in {None, "new_variant", "order_no"}:
        return False
    offered = await variants_of(turn.desk, line.product_id)
    old = variant_of(offered, line.variant)
    others = [one for one in offered if one.variant != line.variant]
    named = variant_named(turn.text, others, old, asked=asked == "new_variant")
    if named is not None:
        answers.put("new_variant", named.variant)
        answers.put("item_field", "new_variant")
    return named is not None


async def _read_quantity(turn: Turn, answers: Answers, asked: str | None) -> bool:
    if answers["item_field"] != "new_quantity" or asked not in {None, "item_field", "new_quantity"}:
        return False
    line = await _line(turn, answers)
    present = line.quantity if line else 1
    count = _quantity_in(turn, present, asked)
    if count is None or count < 1:
        return False
    answers.put("new_quantity", count)
    return True


def _quantity_in(turn: Turn, present: int, asked: str | None) -> int | None:
    said = turn.entity("new_quantity")
    if said is not None:
        return int(said)
    if found := _TO.search(turn.text):
        return _number(found["n"])
    for words, sign in ((_MORE, 1), (_LESS, -1)):
        if found := words.search(turn.text):
            return present + sign * (_number(found["n"] or "") or 1)
    if asked == "new_quantity":
        value = turn.entity("quantity")
        return int(value) if isinstance(value, int) else _number(turn.text.strip())
    return None


def _number(text: str) -> int | None:
    return int(text) if text.isdigit() else _NUMBERS.get(text)


def _read_note(turn: Turn, answers: Answers, asked: str | None) -> bool:
    """In the first message only a note with something in it: "note: no chili"."""
    if answers["item_field"] != "order_note" or not turn.text:
        return False
    is_answer = asked == "order_note" and not is_question(turn)
    if is_answer or (asked is None and len(turn.text) > 6):
        answers.put("order_note", turn.text[:LONGEST])
        return True
    return False


async def _ask_of_order(turn: Turn, answers: Answers, slot: str, order: Order) -> None:
    if slot == "item_field":
        buttons = [inform_button(turn.words(zh, en), item_field=name) for name, zh, en in _FIELDS]
        turn.say("utter_question_item_field", buttons)
    elif slot == "order_item_id":
        buttons = [
            inform_button(line_title(one, turn.lang), order_item_id=one.line_id)
            for one in order.lines
        ]
        turn.say("utter_question_which_item", buttons)
    elif slot == "order_note":
        turn.say("utter_question_item_note")
    elif slot == "item_change_confirmed":
        await _ask_to_confirm(turn, answers, order)
    else:
        await _ask_of_line(turn, answers, slot)


async def _ask_of_line(turn: Turn, answers: Answers, slot: str) -> None:
    line = await _line(turn, answers)
    if line is None:
        return
    title = line_title(line, turn.lang)
    if slot == "new_variant":
        every = await variants_of(turn.desk, line.product_id)
        buttons = [_offer(turn, one) for one in every if one.variant != line.variant and one.stock]
        turn.say(
            "utter_question_item_variant",
            buttons,
            title=title,
            present=line.variant_label(turn.lang),
        )
        return
    buttons = [inform_button(str(n), new_quantity=n) for n in range(1, _MOST_PIECES + 1)]
    turn.say("utter_question_item_quantity", buttons, title=title, present=line.quantity)


def _offer(turn: Turn, variant: Variant) -> Button:
    label = f"{variant.label(turn.lang)} ¥{yuan(variant.price_fen)}"
    return inform_button(label, new_variant=variant.variant)


async def _ask_to_confirm(turn: Turn, answers: Answers, order: Order) -> None:
    buttons = consent_buttons(
        "item_change_confirmed",
        turn.words("确认修改", "Change it"),
        turn.words("先不改", "Leave it"),
    )
    heading = turn.words("修改订单", "A change of the order")
    show_summary(turn, heading, await _summary(turn, answers, order), buttons)


async def _summary(turn: Turn, answers: Answers, order: Order) -> list[Line]:
    number = Line("order_no", order.order_no)
    line = await _line(turn, answers)
    if answers["item_field"] == "order_note" or line is None:
        title = Line("order_item_id", order_title(order, turn.lang))
        return [number, title, Line("order_note", str(answers["order_note"]))]
    wish = _wish(answers, line)
    decision = await _decision(turn, answers, order, line)
    every = await variants_of(turn.desk, line.product_id)
    return [
        number,
        Line("order_item_id", line_title(line, turn.lang)),
        Line("before", f"{_shown(turn, every, line.variant)} ×{line.quantity}".strip()),
        Line("after", f"{_shown(turn, every, wish.variant)} ×{wish.quantity}".strip()),
        Line("price", _money(turn, order, decision)),
    ]


def _shown(turn: Turn, every: Sequence[Variant], name: str) -> str:
    found = next((one for one in every if one.variant == name), None)
    return found.label(turn.lang) if found else name


def _money(turn: Turn, order: Order, decision: ItemDecision) -> str:
    amount = yuan(abs(decision.difference_fen))
    if decision.difference_fen == 0:
        return turn.words("价格不变", "The price stays the same")
    if order.state is OrderState.UNPAID:
        sign = "+" if decision.difference_fen > 0 else "-"
        return turn.words(f"应付金额 {sign}{amount} 元", f"To pay: {sign}¥{amount}")
    return turn.words(f"差价 {amount} 元原路退回", f"¥{amount} goes back the way it was paid")


class SubmitItemChange(DeskAction):
    """Runs when the form is over; without a yes nothing is changed."""

    action_name = "action_submit_item_change"

    @override
    async def act(self, turn: Turn) -> list[Event]:
        confirmed, order_no = turn.slot("item_change_confirmed"), turn.slot("order_no")
        cleared = remember(**dict.fromkeys(OWN_SLOTS))
        if confirmed is False:
            turn.say("utter_address_kept")
        answers = Answers(turn.tracker.slots)
        order = await _order(turn, answers)
        if confirmed is not True or not order_no or order is None:
            return cleared
        if turn.slot("item_field") == "order_note":
            await leave_order_note(turn, order.order_no)
        else:
            await _change(turn, answers, order)
        return [*cleared, *remember(last_task="confirm_order_info")]


async def _change(turn: Turn, answers: Answers, order: Order) -> None:
    line = await _line(turn, answers)
    if line is None:
        return
    wish = _wish(answers, line)
    try:
        decision = await change_item(
            turn.desk, turn.conversation_id, order.order_no, wish, key=turn.key()
        )
    except OutOfStock:  # the last one went between the question and the yes
        turn.say("utter_item_sold_out", amount="")
        return
    if decision.way in {ItemWay.CHANGE, ItemWay.NO_CHANGE}:
        turn.say("utter_item_changed")
    elif decision.way is ItemWay.CHANGE_AND_REFUND:
        turn.say("utter_item_changed_and_refunded", amount=yuan(-decision.difference_fen))
    else:
        _say_refused(turn, order, decision)
