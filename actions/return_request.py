"""Filing a return after the yes, answering policy questions, and showing where refunds stand."""

from __future__ import annotations

from typing import override

from actions.answers import Answers
from actions.return_decision import say_no
from actions.return_question import request_of
from actions.return_words import OWN_SLOTS, open_lines
from actions.turn import DeskAction, Event, Turn, remember
from console.desk.after_sale import AfterSaleRequest, AfterSaleState, ReturnReason, ReturnWay
from console.desk.card import line_title
from console.desk.event import BOT
from console.desk.money import yuan
from console.desk.order import Order
from console.desk.progress import RefundProgress
from console.desk.reason_text import step_label
from console.services import order as orders_service
from console.services.after_sale import ReturnRefused, check_return, refund_progress, submit_return
from console.services.audit_time import audit_hours
from console.services.cards import refund_progress_card, return_summary_card
from console.services.return_terms import terms_of_product

SHOWN = 3  # refunds in one answer


class SubmitReturn(DeskAction):
    """Runs when the form is over; without a yes nothing happens."""

    action_name = "action_submit_return"

    @override
    async def act(self, turn: Turn) -> list[Event]:
        if turn.slot("return_confirmed") is not True:
            return remember(return_confirmed=None)
        request = request_of(turn, turn.tracker.slots)
        try:
            filed = await submit_return(
                turn.desk, turn.conversation_id, request, key=turn.key(), actor=BOT
            )
        except ReturnRefused as refused:
            await say_no(turn, Answers(turn.tracker.slots), refused.decision)
            return remember(return_confirmed=None, reason=None, policy_result_id=None)
        await _say_filed(turn, filed)
        done = dict.fromkeys(OWN_SLOTS)
        return remember(**{**done, "rma_no": filed.rma_no, "last_task": "query_refund_progress"})


async def _say_filed(turn: Turn, filed: AfterSaleRequest) -> None:
    in_audit = filed.state is AfterSaleState.SUBMITTED
    turn.say(
        "utter_return_in_audit" if in_audit else "utter_return_submitted",
        rma_no=filed.rma_no,
        amount=yuan(filed.refund.total_fen),
        next=await _next_step(turn, filed),
        refund=await turn.span("after_sale.refund_hours"),
        hours=await audit_hours(turn.desk, turn.conversation_id),
    )
    turn.show(return_summary_card(filed, turn.lang), filed.rma_no)


async def _next_step(turn: Turn, filed: AfterSaleRequest) -> str:
    if filed.request.way is ReturnWay.PICKUP and filed.request.pickup_label:
        when = filed.request.pickup_label
        return turn.words(f"快递员 {when} 上门取件。", f"The courier comes on {when}. ")
    within = await turn.span("after_sale.send_back_hours")
    return turn.words(
        f"请在 {within}内寄出，并写上这个单号。",
        f"Please send it within {within} with this number inside. ",
    )


class AnswerReturnPolicy(DeskAction):
    """The rules in short; for an order that is known also what holds for it."""

    action_name = "action_answer_return_policy"

    @override
    async def act(self, turn: Turn) -> list[Event]:
        turn.say("utter_return_policy", [], **await terms_of_product(turn.desk, None, turn.lang))
        order = await _known_order(turn)
        if order is not None:
            await _say_whether_it_may_go_back(turn, order)
        return turn.task_done("ask_return_policy")


async def _known_order(turn: Turn) -> Order | None:
    number = turn.entity("order_no") or turn.slot("order_no")
    if not number or not turn.is_verified:
        return None
    return await orders_service.find_order(turn.desk, turn.conversation_id, str(number))


async def _say_whether_it_may_go_back(turn: Turn, order: Order) -> None:
    """Only a clear yes about a single item; anything else is for the form to find out."""
    lines = open_lines(order)
    if len(lines) != 1:
        return
    line = lines[0]
    decision = await check_return(
        turn.desk,
        turn.conversation_id,
        order.order_no,
        line.line_id,
        ReturnReason.NO_LONGER_WANTED,
    )
    if decision.is_allowed:
        turn.say("utter_return_possible", title=line_title(line, turn.lang))


class ShowRefunds(DeskAction):
    """Running refunds first; of the order that is named, or of all."""

    action_name = "action_show_refunds"

    @override
    async def act(self, turn: Turn) -> list[Event]:
        if not turn.is_verified:
            turn.say("utter_sign_in_for_money")
            return turn.task_done("query_refund_progress")
        progress = await self._progress(turn)
        if not progress:
            turn.say("utter_no_refunds")
            return turn.task_done("query_refund_progress")
        turn.say("utter_refund_progress")
        for one in progress[:SHOWN]:
            turn.show(refund_progress_card(one, turn.lang), _plain(turn, one))
        return turn.task_done("query_refund_progress")

    async def _progress(self, turn: Turn) -> list[RefundProgress]:
        """What is known about an order narrows the answer only if it has a refund."""
        every = await refund_progress(turn.desk, turn.conversation_id)
        named, known = turn.entity("order_no"), turn.slot("order_no")
        for number in (named, known):
            mine = [one for one in every if number and one.order_no.endswith(str(number))]
            if mine or (number and number == named):
                return mine
        return every


def _plain(turn: Turn, one: RefundProgress) -> str:
    current = next((step for step in one.steps if step.is_current), one.steps[-1])
    title = turn.words(one.title, one.title_en or one.title)
    label = step_label(current.key, turn.lang, is_done=current.is_done)
    return f"{title} ¥{yuan(one.amount_fen)} {label}"
