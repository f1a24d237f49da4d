"""Hurrying a request on file: who has it, by when, and one push upstream when that helps."""

from __future__ import annotations

from typing import Any, override

from actions.handoff import hand_over
from actions.request_choice import (
    Fits,
    any_request,
    choose_request,
    explain_request,
    is_running,
    title_of,
)
from actions.turn import DeskAction, Event, Turn, remember
from console.desk.after_sale import RUNNING, AfterSaleRequest
from console.desk.after_sale_clock import CUSTOMERS
from console.desk.after_sale_text import happening_text
from console.desk.handoff import HandoffReason
from console.desk.wording import local_time
from console.desk.words import Words
from console.services.after_sale_progress import AfterSaleProgress, after_sale_progress
from console.services.after_sale_urge import Urge, urge_after_sale

TASK = "urge_after_sale"


def is_with_us(request: AfterSaleRequest) -> bool:
    """Somebody of ours can be hurried; the customer's own turn cannot."""
    return request.state in RUNNING and request.state not in CUSTOMERS


_KINDS: tuple[Fits, ...] = (is_with_us, is_running, any_request)


class UrgeAfterSale(DeskAction):
    action_name = "action_urge_after_sale"

    @override
    async def act(self, turn: Turn) -> list[Event]:
        choice = await choose_request(turn, _KINDS, known=turn.slot("rma_no"))
        if choice.request is None:
            explain_request(turn, choice, TASK, "utter_no_after_sale_request")
            return turn.task_done(TASK)
        every = await after_sale_progress(turn.desk, turn.conversation_id)
        one = next(one for one in every if one.request.rma_no == choice.request.rma_no)
        await _answer(turn, one)
        known = remember(rma_no=choice.request.rma_no)
        return [*turn.task_done(TASK), *([] if turn.is_in_form else known)]


async def _answer(turn: Turn, one: AfterSaleProgress) -> None:
    if not is_with_us(one.request):
        turn.say("utter_after_sale_state", **_state(turn, one))
        return
    urge = await urge_after_sale(
        turn.desk, turn.conversation_id, one.request.rma_no, key=turn.key()
    )
    await _say(turn, one, urge)
    if one.is_late(turn.desk.clock.now()):
        turn.say("utter_after_sale_is_late")
        wish = Words(f"售后单 {one.request.rma_no} 超时", f"{one.request.rma_no} is late")
        await hand_over(turn, HandoffReason.POLICY, wish=wish, policy="after_sale.late")


def _state(turn: Turn, one: AfterSaleProgress) -> dict[str, Any]:
    return {
        "title": title_of(turn, one.request),
        "rma_no": one.request.rma_no,
        "happening": happening_text(one.request.state, one.due_at, one.spans, turn.lang),
    }


async def _say(turn: Turn, one: AfterSaleProgress, urge: Urge) -> None:
    due = urge.order.due_at if urge.order else None
    values: dict[str, Any] = {
        **_state(turn, one),
        "at": local_time(turn.lang, urge.at),
        "due": local_time(turn.lang, due) if due else "",
        "result": urge.result,
    }
    if urge.is_new:
        turn.say("utter_after_sale_urged", **values)
    elif urge.result:
        turn.say("utter_after_sale_urged_answered", **values)
    else:
        once_in = await turn.span("after_sale.urge_hours")
        turn.say("utter_after_sale_urged_before", urge=once_in, **values)
