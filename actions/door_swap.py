"""A new one at the door instead of a repair: what is wrong, when, a clear yes; and the offer."""

from __future__ import annotations

import re
from typing import override

from actions.answers import Answers
from actions.request_form import RequestForm, note_of, request_from
from actions.submit_request import SubmitRequest, goods_back
from actions.summary import Line
from actions.turn import Event, Turn, remember
from console.desk.after_sale import AfterSaleRequest, ReturnWay
from console.desk.order import OrderLine
from console.desk.return_policy import ReturnPolicyDecision
from console.services.door_exchange import check_door_exchange, submit_door_exchange

OWN_SLOTS = (
    "order_item_id",
    "quantity",
    "fault_text",
    "photos",
    "slot_window",
    "door_offer",
    "door_swap_confirmed",
    "policy_result_id",
)
_TAKES = re.compile(r"上门|换新|第一|好|可以|door|new one|yes|first", re.IGNORECASE)
_KEEPS = re.compile(r"不(?:用|要|换)|还是|修|换货|第二|repair|exchange|no\b|second", re.IGNORECASE)


class DoorSwapForm(RequestForm):
    form_name = "door_swap_form"
    started_by = "request_replace_instead_of_repair"
    questions = ("fault_text", "slot_window", "door_swap_confirmed")
    policy_before = "fault_text"
    policy_inputs = ("fault_text",)
    asks_quantity = False

    @override
    async def decide(self, turn: Turn, answers: Answers) -> ReturnPolicyDecision:
        return await check_door_exchange(
            turn.desk,
            turn.conversation_id,
            answers["order_no"],
            answers["order_item_id"],
            str(answers["fault_text"] or ""),
        )

    @override
    async def ask_consent(self, turn: Turn, answers: Answers, line: OrderLine) -> None:
        request = request_from(turn, answers.as_slots(), ReturnWay.SAME_VISIT)
        own = [
            goods_back(turn, request),
            Line("to_pay", amount_fen=0),
        ]
        note = turn.words(
            "请备好旧的和配件。", "Please have the old one ready with its accessories."
        )
        self.sum_up(turn, answers, line, own, note)


async def offer_at_door(turn: Turn, answers: Answers) -> bool:
    """Whether the new one at the door has to be offered before anything else is done."""
    if answers["door_offer"] is not None:
        return False
    decision = await check_door_exchange(
        turn.desk,
        turn.conversation_id,
        answers["order_no"],
        answers["order_item_id"],
        note_of(answers.as_slots()),
        is_kept=False,
    )
    return decision.is_allowed


def read_door_offer(turn: Turn, answers: Answers, asked: str | None) -> bool:
    said = turn.entity("door_offer")
    if said is None and asked == "door_offer":
        if _KEEPS.search(turn.text) or turn.intent == "deny":
            said = "no"
        elif _TAKES.search(turn.text) or turn.intent == "affirm":
            said = "door"
    if said is not None:
        answers.put("door_offer", str(said))
    return said is not None


class SubmitDoorSwap(SubmitRequest):
    action_name = "action_submit_door_swap"
    consent = "door_swap_confirmed"
    own_slots = OWN_SLOTS

    @override
    async def file(self, turn: Turn) -> AfterSaleRequest:
        request = request_from(turn, turn.tracker.slots, ReturnWay.SAME_VISIT)
        return await submit_door_exchange(turn.desk, turn.conversation_id, request, key=turn.key())

    @override
    def sold_out(self, turn: Turn) -> list[Event]:
        turn.say("utter_refused_door_out_of_stock")
        return remember(policy_result_id=None)

    @override
    async def say_filed(self, turn: Turn, filed: AfterSaleRequest) -> None:
        when = filed.request.pickup_label
        turn.say("utter_door_swap_submitted", rma_no=filed.rma_no, when=when)
