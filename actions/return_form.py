"""The return form: order, item, reason, then the policy at once, then only what it still needs.

Whatever the customer says in passing is taken along, and anything may be corrected at any point.
Filing happens in `return_request.py`, after a clear yes.
"""

from __future__ import annotations

from typing import override

from actions.answers import Answers
from actions.item_form import ItemForm
from actions.return_answer import (
    read_accessories,
    read_closed_lists,
    read_field,
    read_photos,
    read_pickup,
    read_yes_or_no,
    tidy,
)
from actions.return_decision import policy_agrees, say_why_not_yet
from actions.return_question import ask_for
from actions.return_words import OWN_SLOTS
from actions.turn import Turn
from console.desk.after_sale import NEEDS_PHOTOS, Condition, ReturnReason, ReturnWay
from console.desk.order import Order, OrderLine
from console.desk.return_policy import may_lack_parts


class ReturnForm(ItemForm):
    form_name = "return_form"
    started_by = "request_return"
    item_question = "utter_question_order_item_id"
    quantity_question = "utter_question_quantity"

    @override
    async def begin(self, turn: Turn, answers: Answers) -> None:
        if answers["rma_no"] is not None:
            answers.forget(OWN_SLOTS)  # the last return was filed; this is another one

    @override
    async def read(self, turn: Turn, answers: Answers, asked: str | None) -> bool:
        answers.forget(("return_confirmed",))
        tidy(turn, answers)
        heard = [
            await self.read_goods(turn, answers, asked),
            _read_choices(turn, answers, asked),
            read_pickup(turn, answers, asked),
            read_photos(turn, answers),
            read_field(turn, answers),
        ]
        return any(heard) or read_yes_or_no(turn, answers, asked)

    @override
    async def next_slot(self, turn: Turn, answers: Answers) -> str | None:
        tidy(turn, answers)
        missing = await self.next_of_goods(turn, answers)
        if answers["return_confirmed"] is not True:
            return missing
        if missing == "return_confirmed":
            return None
        answers.put("return_confirmed", None)  # as when the pickup time passed before the yes
        return missing

    @override
    async def say_why_not_yet(self, turn: Turn, answers: Answers, order: Order) -> None:
        await say_why_not_yet(turn, answers, order)

    @override
    async def next_of_line(
        self, turn: Turn, answers: Answers, order: Order, line: OrderLine
    ) -> str | None:
        if answers["reason"] is None:
            return "reason"
        if not await policy_agrees(turn, answers):
            return None
        return _still_open(answers, order, line)

    @override
    async def ask_of_line(self, turn: Turn, answers: Answers, slot: str, line: OrderLine) -> None:
        await ask_for(turn, answers, slot, line)


def _read_choices(turn: Turn, answers: Answers, asked: str | None) -> bool:
    """Asked for accessories, "one is missing" is that answer and no new reason."""
    heard = read_accessories(turn, answers, asked)
    if heard and asked == "accessories_complete":
        return True
    return read_closed_lists(turn, answers, asked) or heard


def _still_open(answers: Answers, order: Order, line: OrderLine) -> str:
    """After the policy said yes; the last question is always the summary."""
    if answers["condition"] is None:
        return "condition"
    reason, condition = ReturnReason(answers["reason"]), Condition(answers["condition"])
    is_worth_asking = may_lack_parts(order, line, reason, condition)
    if answers["accessories_complete"] is None and is_worth_asking:
        return "accessories_complete"
    if reason in NEEDS_PHOTOS and not answers["photos"]:
        return "photos"
    if answers["return_way"] is None:
        return "return_way"
    if answers["return_way"] == ReturnWay.PICKUP and answers["slot_window"] is None:
        return "slot_window"
    return "return_confirmed"
