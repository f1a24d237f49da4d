"""Asking for a repair: what, since when, what was tried; a new one at the door if that is possible;
then what it costs, when the courier comes, and a clear yes."""

from __future__ import annotations

import re
from typing import override

from actions.answers import Answers
from actions.door_swap import offer_at_door, read_door_offer
from actions.form_stack import NEXT
from actions.request_form import RequestForm, note_of, request_from
from actions.submit_request import SubmitRequest, goods_back
from actions.summary import Line
from actions.turn import Event, Turn, remember
from console.desk.after_sale import AfterSaleRequest, ReturnWay
from console.desk.money import yuan
from console.desk.order import OrderLine
from console.desk.repair import RepairDecision
from console.desk.return_policy import ReturnPolicyDecision
from console.services.repair import check_repair, line_of_serial, submit_repair

OWN_SLOTS = (
    "order_item_id",
    "quantity",
    "fault_text",
    "fault_since",
    "tried_steps",
    "photos",
    "slot_window",
    "door_offer",
    "repair_confirmed",
    "policy_result_id",
)
SERIAL = re.compile(r"(?<![A-Z0-9])SN[0-9A-Z]{6,12}(?![A-Z0-9])", re.IGNORECASE)


class RepairForm(RequestForm):
    form_name = "repair_form"
    started_by = "request_repair"
    questions = (
        "fault_text", "door_offer", "fault_since", "tried_steps", "slot_window",
        "repair_confirmed",
    )  # fmt: skip
    policy_before = "fault_since"
    policy_inputs = ("fault_text",)
    asks_quantity = False

    @override
    async def read_own(self, turn: Turn, answers: Answers, asked: str | None) -> bool:
        heard = await read_serial(turn, answers)
        return read_door_offer(turn, answers, asked) or heard

    @override
    async def decide(self, turn: Turn, answers: Answers) -> ReturnPolicyDecision:
        found = await check_repair(
            turn.desk,
            turn.conversation_id,
            answers["order_no"],
            answers["order_item_id"],
            note_of(answers.as_slots()),
        )
        return found.decision

    @override
    async def is_settled(self, turn: Turn, answers: Answers, slot: str) -> bool:
        if slot == "door_offer":
            return not await offer_at_door(turn, answers)
        return await super().is_settled(turn, answers, slot)

    @override
    async def next_slot(self, turn: Turn, answers: Answers) -> str | None:
        if answers["door_offer"] == "door":
            return None  # another form goes on, see SubmitRepair
        return await super().next_slot(turn, answers)

    @override
    async def ask_consent(self, turn: Turn, answers: Answers, line: OrderLine) -> None:
        fault = note_of(answers.as_slots())
        found = await check_repair(
            turn.desk, turn.conversation_id, answers["order_no"], line.line_id, fault
        )
        request = request_from(turn, answers.as_slots(), ReturnWay.PICKUP)
        own = [
            goods_back(turn, request),
            Line("to_pay", amount_fen=found.fee_fen),
        ]
        self.sum_up(turn, answers, line, own, _cost(turn, found))


def _cost(turn: Turn, found: RepairDecision) -> str:
    if found.is_free:
        return turn.words("在保修期内，免费维修。", "Under warranty, so the repair is free.")
    why = turn.words("保修期已过", "The warranty is over")
    if found.misuse:
        why = turn.words(
            "进液、摔坏或自行拆修不在保修范围内",
            "Liquid, a fall or a repair by others is not covered",
        )
    then = turn.words(
        "，需要换配件时会先告诉您价格。", "; you hear the price of any spare part first."
    )
    return f"{why}{then}"


async def read_serial(turn: Turn, answers: Answers) -> bool:
    """A serial number names order and item; a strange one is told like an unknown order."""
    found = SERIAL.search(turn.text)
    if found is None or not turn.is_verified:
        return False
    serial = found.group().upper()
    line = await line_of_serial(turn.desk, turn.conversation_id, serial)
    if line is None:
        turn.say("utter_serial_not_found", serial=serial)
        return True
    answers.put("order_no", line[0])
    answers.put("order_item_id", line[1])
    return True


class SubmitRepair(SubmitRequest):
    """A new one at the door takes over when the customer chose that."""

    action_name = "action_submit_repair"
    consent = "repair_confirmed"
    own_slots = OWN_SLOTS

    @override
    async def act(self, turn: Turn) -> list[Event]:
        if turn.slot("door_offer") == "door":
            return remember(repair_confirmed=None, **{NEXT: "door_swap_form"})
        return await super().act(turn)

    @override
    async def file(self, turn: Turn) -> AfterSaleRequest:
        request = request_from(turn, turn.tracker.slots, ReturnWay.PICKUP)
        return await submit_repair(turn.desk, turn.conversation_id, request, key=turn.key())

    @override
    async def say_filed(self, turn: Turn, filed: AfterSaleRequest) -> None:
        turn.say(
            "utter_repair_submitted_fee" if filed.fee_fen else "utter_repair_submitted",
            rma_no=filed.rma_no,
            when=filed.request.pickup_label,
            amount=yuan(filed.fee_fen),
        )
