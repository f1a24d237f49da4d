"""Swapping a size: is it intact, which size, when the courier brings and takes, a clear yes."""

from __future__ import annotations

from typing import override

from actions.answers import Answers
from actions.consent import inform_button
from actions.form_stack import NEXT
from actions.request_form import RequestForm, request_from
from actions.submit_request import SubmitRequest, goods_back, say_new_goods
from actions.summary import Line
from actions.turn import Event, Turn, remember
from actions.variant_words import variant_named
from console.desk.after_sale import AfterSaleRequest, Condition, ReturnWay
from console.desk.goods import OutOfStock, Variant
from console.desk.meaning import Situation
from console.desk.order import Order, OrderLine
from console.desk.return_policy import ReturnPolicyDecision
from console.desk.size_swap import swap_refusal
from console.services.exchange import known_variants, replacement
from console.services.size_swap import (
    check_size_swap,
    may_swap_size,
    size_choices,
    submit_size_swap,
)

OWN_SLOTS = (
    "order_item_id",
    "quantity",
    "condition",
    "new_size",
    "slot_window",
    "swap_confirmed",
    "policy_result_id",
)


class SizeSwapForm(RequestForm):
    form_name = "size_swap_form"
    started_by = "request_size_swap"
    questions = ("condition", "new_size", "slot_window", "swap_confirmed")
    policy_before = "condition"
    policy_inputs = ("condition",)

    @override
    async def situation(self, turn: Turn, answers: Answers, order: Order) -> Situation:
        """Where no swap is offered, or not yet, it is an exchange."""
        about = await super().situation(turn, answers, order)
        item = answers["order_item_id"]
        may = await may_swap_size(turn.desk, turn.conversation_id, order, item)
        return Situation(about.order, has_bought=True, may_swap_size=may)

    @override
    async def read_own(self, turn: Turn, answers: Answers, asked: str | None) -> bool:
        if (chosen := turn.entity("new_size")) is not None:
            answers.put("new_size", str(chosen))
            return True
        known = answers["order_no"] and answers["order_item_id"]
        is_unasked = asked not in {None, "new_size"} and turn.entity("size") is None
        if not turn.text or not known or is_unasked:
            return False
        return await _read_size(turn, answers, is_asked=asked == "new_size")

    @override
    async def decide(self, turn: Turn, answers: Answers) -> ReturnPolicyDecision:
        return await check_size_swap(
            turn.desk,
            turn.conversation_id,
            answers["order_no"],
            answers["order_item_id"],
            Condition(answers["condition"]) if answers["condition"] else None,
            quantity=answers["quantity"],
        )

    @override
    async def is_settled(self, turn: Turn, answers: Answers, slot: str) -> bool:
        if slot == "new_size" and answers[slot] is not None:
            return await _chosen(turn, answers) is not None
        return await super().is_settled(turn, answers, slot)

    @override
    async def can_ask(self, turn: Turn, answers: Answers, slot: str) -> bool:
        if slot == "new_size" and not await _choices(turn, answers):
            turn.say("utter_swap_nothing_there")
            return False
        return await super().can_ask(turn, answers, slot)

    @override
    async def ask_own(self, turn: Turn, answers: Answers, slot: str, title: str) -> None:
        if slot != "new_size":
            await super().ask_own(turn, answers, slot, title)
            return
        offered = await _choices(turn, answers)
        buttons = [inform_button(_label(turn, one), new_size=one.variant) for one in offered]
        turn.say("utter_question_new_size", buttons, title=title)

    @override
    async def ask_consent(self, turn: Turn, answers: Answers, line: OrderLine) -> None:
        new = await _chosen(turn, answers)
        request = request_from(turn, answers.as_slots(), ReturnWay.SAME_VISIT)
        item = (str(answers["order_no"]), str(answers["order_item_id"]))
        _, old = await known_variants(turn.desk, turn.conversation_id, *item)
        own = [
            Line("before", _label(turn, old) if old else ""),
            Line("change", _label(turn, new) if new else ""),
            goods_back(turn, request),
        ]
        note = turn.words("尺码只能换一次。", "A size can be swapped once.")
        self.sum_up(turn, answers, line, own, note)


def _label(turn: Turn, variant: Variant) -> str:
    if not variant.pieces:
        return variant.label(turn.lang)
    name = variant.label(turn.lang)
    return turn.words(f"{name}（{variant.pieces} 片）", f"{name} ({variant.pieces} pieces)")


async def _choices(turn: Turn, answers: Answers) -> list[Variant]:
    item = (str(answers["order_no"]), str(answers["order_item_id"]))
    return await size_choices(turn.desk, turn.conversation_id, *item, int(answers["quantity"]))


async def _chosen(turn: Turn, answers: Answers) -> Variant | None:
    offered = await _choices(turn, answers)
    return next((one for one in offered if one.variant == answers["new_size"]), None)


async def _read_size(turn: Turn, answers: Answers, *, is_asked: bool) -> bool:
    """A size that cannot come is an answer as well: why not is said."""
    item = (str(answers["order_no"]), str(answers["order_item_id"]))
    every, old = await known_variants(turn.desk, turn.conversation_id, *item)
    others = [one for one in every if old is None or one.variant != old.variant]
    named = variant_named(turn.text, others, old, asked=False)
    if named is None and is_asked:
        named = variant_named(turn.text, await _choices(turn, answers), old, asked=True)
    if named is None:
        return False
    why = swap_refusal(named, old, int(answers["quantity"] or 1))
    if why:
        turn.say(f"utter_swap_{why}", size=named.label(turn.lang))
    answers.put("new_size", None if why else named.variant)
    return True


class SubmitSizeSwap(SubmitRequest):
    action_name = "action_submit_size_swap"
    consent = "swap_confirmed"
    own_slots = OWN_SLOTS

    @override
    async def file(self, turn: Turn) -> AfterSaleRequest:
        new = await _chosen(turn, Answers(turn.tracker.slots))
        if new is None:
            raise OutOfStock
        request = request_from(turn, turn.tracker.slots, ReturnWay.SAME_VISIT)
        return await submit_size_swap(
            turn.desk, turn.conversation_id, request, replacement(new), key=turn.key()
        )

    @override
    def sold_out(self, turn: Turn) -> list[Event]:
        turn.say("utter_exchange_out_of_stock")
        return remember(new_size=None, **{NEXT: "size_swap_form"})

    @override
    async def say_filed(self, turn: Turn, filed: AfterSaleRequest) -> None:
        say_new_goods(turn, filed, "utter_swap_submitted")
