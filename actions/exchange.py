"""Exchanging goods: why, in which state, for which variant, how they come back, a clear yes."""

from __future__ import annotations

from typing import override

from actions.answers import Answers
from actions.closed_list import read_reason
from actions.consent import inform_button
from actions.door_swap import offer_at_door, read_door_offer
from actions.form_stack import NEXT
from actions.request_form import RequestForm, request_from
from actions.strange_goods import WANTED
from actions.submit_request import SubmitRequest, goods_back, say_new_goods
from actions.summary import Line
from actions.turn import Event, Turn, remember
from actions.variant_words import variant_named, wants_another_size
from console.desk.after_sale import AfterSaleRequest, Condition, ReturnReason, ReturnWay
from console.desk.goods import OutOfStock, Variant
from console.desk.meaning import Situation
from console.desk.order import Order, OrderLine
from console.desk.return_policy import ReturnPolicyDecision
from console.services.exchange import (
    check_exchange,
    exchange_choices,
    known_variants,
    replacement,
    submit_exchange,
)
from console.services.size_swap import may_swap_size

OWN_SLOTS = (
    "order_item_id",
    "quantity",
    "reason",
    "fault_text",
    "condition",
    "photos",
    "new_variant",
    "return_way",
    "slot_window",
    "door_offer",
    "exchange_confirmed",
    "policy_result_id",
)


class ExchangeForm(RequestForm):
    form_name = "exchange_form"
    other_goods = WANTED
    started_by = "request_exchange"
    questions = (
        "reason", "door_offer", "condition", "photos", "new_variant", "return_way",
        "slot_window", "exchange_confirmed",
    )  # fmt: skip
    policy_before = "condition"
    policy_inputs = ("reason", "condition")
    refusals = {  # noqa: RUF012  # a class variable of the base
        "window_over": "utter_exchange_window_over",
        "used": "utter_exchange_used",
    }

    @override
    async def situation(self, turn: Turn, answers: Answers, order: Order) -> Situation:
        """Only the size is to change, and the item allows a swap."""
        about = await super().situation(turn, answers, order)
        told = {ReturnReason.WRONG_SIZE, ReturnReason.OUTGROWN}
        is_size = read_reason(turn.text) in told or wants_another_size(turn.text)
        item = answers["order_item_id"]
        may = is_size and await may_swap_size(turn.desk, turn.conversation_id, order, item)
        return Situation(about.order, has_bought=True, may_swap_size=may)

    @override
    async def next_slot(self, turn: Turn, answers: Answers) -> str | None:
        if answers["door_offer"] == "door":
            return None  # another form goes on, see SubmitExchange
        return await super().next_slot(turn, answers)

    @override
    async def read_own(self, turn: Turn, answers: Answers, asked: str | None) -> bool:
        heard = read_door_offer(turn, answers, asked)
        if answers["reason"] is None and wants_another_size(turn.text):
            answers.put("reason", str(ReturnReason.WRONG_SIZE))
        return await _read_variant(turn, answers, asked) or heard

    @override
    async def decide(self, turn: Turn, answers: Answers) -> ReturnPolicyDecision:
        return await check_exchange(
            turn.desk,
            turn.conversation_id,
            answers["order_no"],
            answers["order_item_id"],
            ReturnReason(answers["reason"]),
            Condition(answers["condition"]) if answers["condition"] else None,
            quantity=answers["quantity"],
        )

    @override
    async def is_settled(self, turn: Turn, answers: Answers, slot: str) -> bool:
        if slot == "door_offer":
            is_fault = answers["reason"] == ReturnReason.QUALITY_FAULT
            return not is_fault or not await offer_at_door(turn, answers)
        if slot == "new_variant" and answers[slot] is not None:
            return await _chosen(turn, answers) is not None
        return await super().is_settled(turn, answers, slot)

    @override
    async def can_ask(self, turn: Turn, answers: Answers, slot: str) -> bool:
        if slot == "new_variant" and not await _choices(turn, answers):
            turn.say("utter_exchange_nothing_there")
            return False
        return await super().can_ask(turn, answers, slot)

    @override
    async def ask_own(self, turn: Turn, answers: Answers, slot: str, title: str) -> None:
        if slot == "new_variant":
            buttons = [
                inform_button(_label(turn, one), new_variant=one.variant)
                for one in await _choices(turn, answers)
            ]
            turn.say("utter_question_new_variant", buttons, title=title)
        elif slot == "reason":
            turn.say("utter_question_exchange_reason", title=title)
        else:
            await super().ask_own(turn, answers, slot, title)

    @override
    async def ask_consent(self, turn: Turn, answers: Answers, line: OrderLine) -> None:
        new = await _chosen(turn, answers)
        request = request_from(turn, answers.as_slots(), ReturnWay(answers["return_way"]))
        item = (str(answers["order_no"]), str(answers["order_item_id"]))
        _, old = await known_variants(turn.desk, turn.conversation_id, *item)
        own = [
            Line("before", _label(turn, old) if old else ""),
            Line("change", _label(turn, new) if new else ""),
            goods_back(turn, request),
        ]
        hold = await turn.span("exchange.hold_hours")
        note = turn.words(f"新的给您留 {hold}。", f"The new one is kept for you for {hold}.")
        self.sum_up(turn, answers, line, own, note)


def _label(turn: Turn, variant: Variant) -> str:
    return variant.label(turn.lang) or turn.words("同款", "the same one")


async def _choices(turn: Turn, answers: Answers) -> list[Variant]:
    return await exchange_choices(
        turn.desk,
        turn.conversation_id,
        answers["order_no"],
        answers["order_item_id"],
        int(answers["quantity"] or 1),
        answers["reason"],
    )


async def _chosen(turn: Turn, answers: Answers) -> Variant | None:
    """What was picked, as long as it can still come."""
    offered = await _choices(turn, answers)
    return next((one for one in offered if one.variant == answers["new_variant"]), None)


async def _read_variant(turn: Turn, answers: Answers, asked: str | None) -> bool:
    if (chosen := turn.entity("new_variant")) is not None:
        answers.put("new_variant", str(chosen))
        return True
    known = all(answers[name] for name in ("order_no", "order_item_id", "reason"))
    if not turn.text or not known or (asked is not None and asked != "new_variant"):
        return False
    item = (str(answers["order_no"]), str(answers["order_item_id"]))
    _, old = await known_variants(turn.desk, turn.conversation_id, *item)
    offered = await _choices(turn, answers)
    named = variant_named(turn.text, offered, old, asked=asked == "new_variant")
    if named is not None:
        answers.put("new_variant", named.variant)
    return named is not None


class SubmitExchange(SubmitRequest):
    """A new one at the door takes over when the customer chose that."""

    action_name = "action_submit_exchange"
    consent = "exchange_confirmed"
    own_slots = OWN_SLOTS

    @override
    async def act(self, turn: Turn) -> list[Event]:
        if turn.slot("door_offer") == "door":
            return remember(exchange_confirmed=None, **{NEXT: "door_swap_form"})
        return await super().act(turn)

    @override
    async def file(self, turn: Turn) -> AfterSaleRequest:
        new = await _chosen(turn, Answers(turn.tracker.slots))
        if new is None:
            raise OutOfStock
        request = request_from(turn, turn.tracker.slots, ReturnWay(turn.slot("return_way")))
        return await submit_exchange(
            turn.desk, turn.conversation_id, request, replacement(new), key=turn.key()
        )

    @override
    def sold_out(self, turn: Turn) -> list[Event]:
        turn.say("utter_exchange_out_of_stock")
        return remember(new_variant=None, **{NEXT: "exchange_form"})

    @override
    async def say_filed(self, turn: Turn, filed: AfterSaleRequest) -> None:
        say_new_goods(turn, filed, "utter_exchange_submitted")
