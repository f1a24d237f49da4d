"""A new one at the door instead of a repair: what is wrong, when, a clear yes; and the offer."""

from __future__ import annotations

import re
from typing import override

from actions.answers import Answers
from actions.request_form import RequestForm, note_of, request_from
from actions.return_decision import say_no
from actions.turn import DeskAction, Event, Turn, remember
from console.desk.after_sale import ReturnWay
from console.desk.card import line_title
from console.desk.goods import OutOfStock
from console.desk.order import OrderLine
from console.desk.return_policy import ReturnPolicyDecision
from console.services.door_exchange import check_door_exchange, submit_door_exchange
from console.services.filing import ReturnRefused

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
        turn.say(
            "utter_question_door_swap_confirmed",
            self.consent_buttons(turn),
            title=line_title(line, turn.lang),
            fault=answers["fault_text"],
            when=request.pickup_label,
        )


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


class SubmitDoorSwap(DeskAction):
    """Runs when the form is over; without a yes nothing happens."""

    action_name = "action_submit_door_swap"

    @override
    async def act(self, turn: Turn) -> list[Event]:
        if turn.slot("door_swap_confirmed") is not True:
            return remember(door_swap_confirmed=None)
        request = request_from(turn, turn.tracker.slots, ReturnWay.SAME_VISIT)
        try:
            filed = await submit_door_exchange(
                turn.desk, turn.conversation_id, request, key=turn.key()
            )
        except OutOfStock:
            turn.say("utter_refused_door_out_of_stock")
            return remember(door_swap_confirmed=None, policy_result_id=None)
        except ReturnRefused as refused:
            await say_no(turn, Answers(turn.tracker.slots), refused.decision)
            return remember(door_swap_confirmed=None, policy_result_id=None)
        turn.say("utter_door_swap_submitted", rma_no=filed.rma_no, when=filed.request.pickup_label)
        done = dict.fromkeys(OWN_SLOTS)
        task = "query_after_sale_progress"
        return remember(**{**done, "rma_no": filed.rma_no, "last_task": task})
