"""Where goods go back to, how, and who pays: for the request on file, else the rules."""

from __future__ import annotations

from typing import Any, override

from actions.order_choice import Outcome
from actions.request_choice import any_request, choose_request, explain_request, title_of
from actions.schedule_pickup import waits_for_goods
from actions.turn import Button, DeskAction, Event, Turn, remember
from console.desk.after_sale import AfterSaleState, ReturnWay, fault_party
from console.desk.return_text import freight_note
from console.desk.wording import local_time
from console.services.return_place import ReturnPlace, return_place

TASK = "ask_return_address"


class AnswerReturnAddress(DeskAction):
    action_name = "action_answer_return_address"

    @override
    async def act(self, turn: Turn) -> list[Event]:
        choice = await choose_request(
            turn, (waits_for_goods, any_request), known=turn.slot("rma_no")
        )
        if choice.outcome in {Outcome.NONE, Outcome.NOT_SIGNED_IN}:
            turn.say("utter_return_address_rules")
            return turn.task_done(TASK)
        if choice.request is None:
            explain_request(turn, choice, TASK, "utter_return_address_rules")
            return turn.task_done(TASK)
        place = await return_place(turn.desk, turn.conversation_id, choice.request.rma_no)
        _tell(turn, place)
        known = remember(rma_no=choice.request.rma_no)
        return [*turn.task_done(TASK), *([] if turn.is_in_form else known)]


def _tell(turn: Turn, place: ReturnPlace) -> None:
    request = place.request
    values: dict[str, Any] = {
        "title": title_of(turn, request),
        "rma_no": request.rma_no,
        "freight": freight_note(
            request.request.way, fault_party(request.request.reason), request.refund, turn.lang
        ),
    }
    if request.state is not AfterSaleState.AWAITING_RETURN:
        turn.say(_ELSEWHERE.get(request.state, "utter_return_address_sent"), **values)
        return
    due = local_time(turn.lang, place.due_at) if place.due_at else ""
    if place.address is None:
        turn.say("utter_return_by_courier_only", [_button(turn)], due=due, **values)
    elif request.request.way is ReturnWay.PICKUP:
        turn.say("utter_return_is_fetched", due=due, when=request.request.pickup_label, **values)
    else:
        where = f"{place.address.address}，{place.address.receiver}，{place.address.phone}"
        turn.say("utter_return_address", due=due, address=where, **values)


_ELSEWHERE = {
    AfterSaleState.SUBMITTED: "utter_return_address_after_review",
    AfterSaleState.NEED_INFO: "utter_return_address_after_review",
    AfterSaleState.APPROVED: "utter_return_address_after_review",
    AfterSaleState.CANCELLED: "utter_request_closed",
    AfterSaleState.EXPIRED: "utter_request_closed",
    AfterSaleState.REJECTED: "utter_request_closed",
    AfterSaleState.DONE: "utter_request_closed",
}


def _button(turn: Turn) -> Button:
    return {"title": turn.words("约上门取件", "Book a courier"), "payload": "/schedule_pickup"}
