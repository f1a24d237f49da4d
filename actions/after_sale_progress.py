"""Where a request on file stands: the card, whose turn it is, and what the customer can do now."""

from __future__ import annotations

from typing import override

from actions.order_choice import Outcome
from actions.request_choice import choose_request, explain_request, title_of
from actions.turn import Button, DeskAction, Event, Turn, remember
from console.desk.after_sale import AfterSaleState
from console.desk.after_sale_text import happening_text
from console.services.after_sale_progress import AfterSaleProgress, after_sale_progress
from console.services.cards import refund_progress_card

TASK = "query_after_sale_progress"
SHOWN = 3  # requests in one answer


class ShowAfterSale(DeskAction):
    """One request, or all that are running when none is named."""

    action_name = "action_show_after_sale"

    @override
    async def act(self, turn: Turn) -> list[Event]:
        choice = await choose_request(turn)
        every = await after_sale_progress(turn.desk, turn.conversation_id)
        wanted = {one.rma_no for one in choice.candidates}
        if choice.request is not None:
            wanted = {choice.request.rma_no}
        shown = [one for one in every if one.request.rma_no in wanted][:SHOWN]
        if not shown or choice.outcome not in {Outcome.FOUND, Outcome.SEVERAL}:
            explain_request(turn, choice, TASK, "utter_no_after_sale_request")
            return turn.task_done(TASK)
        for one in shown:
            show(turn, one)
        known = {"rma_no": shown[0].request.rma_no} if len(shown) == 1 else {}
        return [*turn.task_done(TASK), *([] if turn.is_in_form else remember(**known))]


def show(turn: Turn, one: AfterSaleProgress) -> None:
    request = one.request
    turn.say(
        "utter_after_sale_state",
        title=title_of(turn, request),
        rma_no=request.rma_no,
        happening=happening_text(request.state, one.due_at, one.spans, turn.lang),
    )
    turn.show(refund_progress_card(one.progress, turn.lang), request.rma_no, _next(turn, one))


_CAN_DO = {
    AfterSaleState.SUBMITTED: ("urge_after_sale", "cancel_after_sale"),
    AfterSaleState.NEED_INFO: ("cancel_after_sale",),
    AfterSaleState.AWAITING_RETURN: (
        "schedule_pickup",
        "provide_return_tracking",
        "ask_return_address",
        "cancel_after_sale",
    ),
    AfterSaleState.IN_RETURN: ("urge_after_sale",),
    AfterSaleState.RECEIVED: ("urge_after_sale",),
    AfterSaleState.REFUNDING: ("urge_after_sale",),
    AfterSaleState.INSPECTION_FAILED: ("request_human",),
    AfterSaleState.REJECTED: ("request_human",),
    AfterSaleState.DONE: ("dispute_refund_amount",),
}
_LABELS = {
    "urge_after_sale": ("催一下", "Hurry it up"),
    "cancel_after_sale": ("撤销申请", "Withdraw it"),
    "schedule_pickup": ("约上门取件", "Book a courier"),
    "provide_return_tracking": ("填寄回单号", "I have sent it"),
    "ask_return_address": ("寄到哪里", "Where to send it"),
    "dispute_refund_amount": ("金额有疑问", "The amount is wrong"),
    "request_human": ("转人工", "Talk to a person"),
}


def _next(turn: Turn, one: AfterSaleProgress) -> list[Button]:
    number = f'{{"rma_no": "{one.request.rma_no}"}}'
    return [
        {
            "title": turn.words(*_LABELS[name]),
            "payload": f"/{name}" if name == "request_human" else f"/{name}{number}",
        }
        for name in _CAN_DO.get(one.request.state, ())
    ]
