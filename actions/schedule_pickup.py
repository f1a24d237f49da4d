"""A courier for goods that go back: on a request that exists and waits for its goods."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any, ClassVar, override

from actions.answers import Answers
from actions.appointment import Appointment, Subject
from actions.order_choice import Outcome
from actions.request_choice import (
    Fits,
    any_request,
    ask_which_request,
    choose_request,
    explain_request,
    read_request,
    title_of,
)
from actions.turn import Event, Turn, remember
from console.desk.after_sale import AfterSaleRequest, AfterSaleState, ReturnWay
from console.desk.after_sale_change import Change, decide_change
from console.desk.masking import mask_address
from console.desk.return_text import fee_text
from console.desk.time_window import TimeWindow
from console.desk.words import Words
from console.services.after_sale_change import ChangeRefused
from console.services.pickup_change import PickupTerms, change_pickup, pickup_terms

PICKUP_REFUSED = {
    "not_approved": "utter_pickup_not_approved",
    "sent_back": "utter_pickup_sent_back",
    "closed": "utter_request_closed",
}


def waits_for_goods(request: AfterSaleRequest) -> bool:
    return request.state is AfterSaleState.AWAITING_RETURN


def is_sent_by_parcel(request: AfterSaleRequest) -> bool:
    """Not handed over at the door against the new one."""
    return waits_for_goods(request) and request.request.way is not ReturnWay.SAME_VISIT


_KINDS: tuple[Fits, ...] = (waits_for_goods, any_request)


class PickupAppointment(Appointment):
    intent = "schedule_pickup"
    subject_slot = "rma_no"
    window_question = "utter_question_pickup_window"
    heading = Words("上门取件", "A pickup")
    told: ClassVar = {"order_item_id": "title", "where": "address", "to_pay": "fee"}

    @override
    async def read_subject(self, turn: Turn, answers: Answers, asked: str | None) -> bool:
        return await read_request(turn, answers, asked, _KINDS)

    @override
    async def find_subject(self, turn: Turn, answers: Answers) -> Subject:
        choice = await choose_request(turn, _KINDS, known=answers["rma_no"])
        if choice.outcome is Outcome.SEVERAL:
            return Subject.ASKED
        if choice.request is None:
            explain_request(turn, choice, self.intent, "utter_no_request_to_pick_up")
            return Subject.NOTHING
        decision = decide_change(choice.request.state, Change.PICKUP)
        if not decision.is_allowed:
            turn.say(PICKUP_REFUSED[decision.reason], rma_no=choice.request.rma_no)
            return Subject.NOTHING
        answers.put("rma_no", choice.request.rma_no)
        return Subject.FOUND

    @override
    async def ask_subject(self, turn: Turn, answers: Answers) -> None:
        ask_which_request(turn, await choose_request(turn, _KINDS), self.intent)

    @override
    async def words(self, turn: Turn, answers: Answers) -> dict[str, str]:
        terms = await pickup_terms(turn.desk, turn.conversation_id, answers["rma_no"])
        return {
            "title": title_of(turn, terms.request),
            "address": mask_address(terms.address),
            "booked": _booked(turn, terms),
            "fee": fee_text(terms.fee_fen, turn.lang),
        }

    @override
    async def book(self, turn: Turn, slots: Mapping[str, Any], window: TimeWindow) -> list[Event]:
        rma_no = str(slots["rma_no"])
        try:
            await change_pickup(
                turn.desk,
                turn.conversation_id,
                rma_no,
                key=turn.key(),
                at=window.start,
                label=window.label(turn.lang),
            )
        except ChangeRefused as refused:
            turn.say(PICKUP_REFUSED[refused.decision.reason], rma_no=rma_no)
            return []
        turn.say("utter_pickup_booked", when=window.label(turn.lang), rma_no=rma_no)
        return remember(rma_no=rma_no, last_task="query_after_sale_progress")


def _booked(turn: Turn, terms: PickupTerms) -> str:
    """What is booked so far, as a sentence of its own."""
    if not terms.label:
        return ""
    return turn.words(f"目前约的是 {terms.label}。", f"Booked so far: {terms.label}. ")
