"""The return form: order, item, reason, then the policy at once, then only what it still needs.

Whatever the customer says in passing is taken along, and anything may be corrected at any point.
Filing happens in `return_request.py`, after a clear yes.
"""

from __future__ import annotations

from typing import Any, override

from actions.answers import Answers
from actions.form import Form
from actions.order import is_running
from actions.order_answer import choose, read_order
from actions.order_choice import Outcome, ask_which, explain
from actions.return_answer import (
    read_accessories,
    read_closed_lists,
    read_field,
    read_item,
    read_photos,
    read_pickup,
    read_yes_or_no,
    tidy,
)
from actions.return_decision import policy_agrees, say_why_not_yet
from actions.return_question import ask_for
from actions.return_words import BELOW, OWN_SLOTS, is_returnable, open_lines, slots_below
from actions.turn import Turn
from console.desk.after_sale import NEEDS_PHOTOS, Condition, ReturnReason, ReturnWay
from console.desk.meaning import Situation
from console.desk.order import Order, OrderLine, OrderState
from console.desk.return_policy import may_lack_parts


class ReturnForm(Form):
    form_name = "return_form"
    started_by = "request_return"
    orders = (is_returnable, is_running)
    below = BELOW

    @override
    async def read(self, turn: Turn, answers: Answers, asked: str | None) -> bool:
        if asked is None and answers["rma_no"] is not None:
            answers.forget(OWN_SLOTS)  # the last return was filed; this is another one
        answers.forget(("return_confirmed",))
        tidy(turn, answers)
        heard = [
            await self._read_order(turn, answers, asked),
            await read_item(turn, answers, asked),
            _read_choices(turn, answers, asked),
            read_pickup(turn, answers, asked),
            read_photos(turn, answers),
            read_field(turn, answers),
        ]
        return any(heard) or read_yes_or_no(turn, answers, asked)

    async def _read_order(self, turn: Turn, answers: Answers, asked: str | None) -> bool:
        before = turn.slot("order_no")
        heard = await read_order(turn, answers, asked, self.orders)
        if heard and before and not str(answers["order_no"]).endswith(str(before)):
            answers.forget(slots_below("order_no"))
        return heard

    @override
    async def situation(self, turn: Turn, answers: Answers, order: Order) -> Situation:
        """What has come of an order can go back, also while the rest is on its way."""
        came = any(order.signed_at(line.line_id) for line in order.lines)
        return Situation(OrderState.SIGNED if came else order.state, has_bought=True)

    @override
    async def next_slot(self, turn: Turn, answers: Answers) -> str | None:
        tidy(turn, answers)
        missing = await self._missing(turn, answers)
        if answers["return_confirmed"] is not True:
            return missing
        if missing == "return_confirmed":
            return None
        answers.put("return_confirmed", None)  # as when the pickup time passed before the yes
        return missing

    async def _missing(self, turn: Turn, answers: Answers) -> str | None:
        choice = await choose(turn, answers, self.orders)
        if choice.outcome is Outcome.SEVERAL:
            return "order_no"
        if choice.order is None:
            await explain(turn, choice, self.started_by, "utter_nothing_to_return")
            return None
        answers.put("order_no", choice.order.order_no)
        answers.put("rejected_order_no", None)
        return await _next_of_order(turn, answers, choice.order)

    @override
    async def ask(self, turn: Turn, answers: Answers, slot: str) -> None:
        if slot == "order_no":
            await ask_which(turn, await choose(turn, answers, self.orders), self.started_by)
        else:
            await ask_for(turn, answers, slot)


def _read_choices(turn: Turn, answers: Answers, asked: str | None) -> bool:
    """Asked for accessories, "one is missing" is that answer and no new reason."""
    heard = read_accessories(turn, answers, asked)
    if heard and asked == "accessories_complete":
        return True
    return read_closed_lists(turn, answers, asked) or heard


async def _next_of_order(turn: Turn, answers: Answers, order: Order) -> str | None:
    lines = open_lines(order)
    if not lines:
        await say_why_not_yet(turn, answers, order)
        return None
    line = next((one for one in lines if one.line_id == answers["order_item_id"]), None)
    if line is None and answers["order_item_id"] is not None:
        answers.forget_old(("order_item_id", "reason", "fault_text", *slots_below("order_item_id")))
    if line is None and len(lines) > 1:
        return "order_item_id"
    line = line or lines[0]
    answers.put("order_item_id", line.line_id)
    if line.quantity_left <= 1:
        answers.put("quantity", 1)
    if not _is_quantity(answers["quantity"]):
        return "quantity"
    if answers["reason"] is None:
        return "reason"
    if not await policy_agrees(turn, answers):
        return None
    return _still_open(answers, order, line)


def _is_quantity(value: Any) -> bool:
    return isinstance(value, int) and value >= 1


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
