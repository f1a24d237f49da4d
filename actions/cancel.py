"""Cancelling an order: which one, why, and a clear yes before anything happens."""

from __future__ import annotations

from typing import override

from actions.answers import Answers
from actions.closed_list import read_reason
from actions.consent import consent_buttons
from actions.form import Form, says_no, says_yes
from actions.order import is_running
from actions.order_answer import ask_order, choose, read_order, say_no_order
from actions.order_choice import Outcome
from actions.return_words import is_returnable
from actions.summary import Line, show_summary
from actions.turn import DeskAction, Event, Turn, remember
from console.desk.cancellation import CancelWay, decide_cancellation
from console.desk.card import order_title
from console.desk.fact_label import shown_value
from console.desk.money import yuan
from console.desk.reason_text import arrival_text
from console.desk.words import Words
from console.services import order as orders_service
from console.services.order import CancelResult
from console.storage.cancellation import CancellationState

OWN_SLOTS = ("cancel_reason", "cancel_confirmed")
_ANY_REASON = frozenset({"inform", "nlu_fallback", "deny"})  # "no" to why: it is theirs to keep
_CAN_BE_STOPPED = frozenset(
    {CancelWay.CANCEL, CancelWay.CANCEL_AND_REFUND, CancelWay.ASK_WAREHOUSE}
)


class CancelForm(Form):
    form_name = "cancel_form"
    started_by = "cancel_order"
    orders = (is_running, is_returnable)
    names_goods = True

    @override
    async def begin(self, turn: Turn, answers: Answers) -> None:
        answers.forget(OWN_SLOTS)

    @override
    async def read(self, turn: Turn, answers: Answers, asked: str | None) -> bool:
        return any(
            [
                await read_order(turn, answers, asked, self.orders),
                _read_reason(turn, answers, asked),
                _read_consent(turn, answers, asked),
            ]
        )

    @override
    async def next_slot(self, turn: Turn, answers: Answers) -> str | None:
        if answers["cancel_confirmed"] is False:
            return None
        choice = await choose(turn, answers, self.orders)
        if choice.outcome is Outcome.SEVERAL:
            return "order_no"
        if choice.order is None:
            await say_no_order(turn, answers, choice, self.started_by, "utter_nothing_to_cancel")
            return None
        answers.put("order_no", choice.order.order_no)
        way = decide_cancellation(choice.order.state).way
        if way in {CancelWay.RETURN, CancelWay.ALREADY}:
            turn.say(
                "utter_cancel_needs_return" if way is CancelWay.RETURN else "utter_cancel_already"
            )
            return None
        missing = (slot for slot in OWN_SLOTS if answers[slot] is None)
        return next(missing, None)

    @override
    async def ask(self, turn: Turn, answers: Answers, slot: str) -> None:
        if slot == "order_no":
            await ask_order(turn, answers, self.orders, self.started_by)
        elif slot == "cancel_reason":
            turn.say("utter_question_cancel_reason")
        else:
            await _ask_for_consent(turn, answers)


def _read_reason(turn: Turn, answers: Answers, asked: str | None) -> bool:
    """In the message that starts the form only the words of a reason count, never the wish."""
    reason = turn.entity("cancel_reason") or read_reason(turn.text)
    if reason is None and asked == "cancel_reason" and turn.intent in _ANY_REASON:
        reason = "other"  # nothing depends on it: any words will do
    if reason is not None:
        answers.put("cancel_reason", reason)
    return reason is not None


def _read_consent(turn: Turn, answers: Answers, asked: str | None) -> bool:
    if asked != "cancel_confirmed":
        return False
    if says_yes(turn):
        answers.put("cancel_confirmed", True)
        return True
    if says_no(turn):
        answers.put("cancel_confirmed", False)
        return True
    return False


async def _ask_for_consent(turn: Turn, answers: Answers) -> None:
    order = await orders_service.find_order(turn.desk, turn.conversation_id, answers["order_no"])
    if order is None:
        return
    way = decide_cancellation(order.state).way
    refund = await orders_service.refund_of_cancelling(
        turn.desk, turn.conversation_id, order.order_no
    )
    reason = shown_value("cancel_reason", answers["cancel_reason"], turn.lang)
    lines = [
        Line("order_no", order.order_no),
        Line("order_item_id", order_title(order, turn.lang)),
        Line("cancel_reason", reason),
        Line("refund", amount_fen=refund if way is CancelWay.CANCEL_AND_REFUND else None),
    ]
    words = _STOPPED if way in _CAN_BE_STOPPED else _INTERCEPTED
    heading, note, yes, no = (one.of(turn.lang) for one in words)
    show_summary(turn, heading, lines, consent_buttons("confirmed", yes, no), note)


_STOPPED = (
    Words("取消订单", "Cancel the order"),
    Words(
        "取消后不能恢复，赠品和优惠会一起取消。",
        "It cannot be undone; gifts and discounts go with it.",
    ),
    Words("确认取消", "Yes, cancel it"),
    Words("先不取消", "Keep it"),
)
_INTERCEPTED = (
    Words("拦截快递", "Stop the parcel"),
    Words(
        "已经在路上。我可以请快递拦截，但不能保证拦得住；没拦住的话，您拒收就行，退款一样。",
        "It is on its way. I can ask the courier to stop it, without a guarantee; if that fails, "
        "refuse it at the door and you are refunded all the same.",
    ),
    Words("帮我拦截", "Try to stop it"),
    Words("先不用", "Leave it"),
)


class SubmitCancel(DeskAction):
    """Runs when the form is over; without a yes nothing happens."""

    action_name = "action_submit_cancel"

    @override
    async def act(self, turn: Turn) -> list[Event]:
        confirmed, order_no = turn.slot("cancel_confirmed"), turn.slot("order_no")
        if confirmed is False:
            turn.say("utter_cancel_kept")
        if confirmed is not True or not order_no:
            return remember(cancel_confirmed=None)
        reason = str(turn.slot("cancel_reason") or "other")
        result = await orders_service.cancel_order(
            turn.desk, turn.conversation_id, str(order_no), reason, turn.key()
        )
        await _say_result(turn, result)
        return remember(
            cancel_confirmed=None, cancel_reason=None, last_task="query_refund_progress"
        )


_RESULTS = {
    CancelWay.CANCEL: "utter_cancelled",
    CancelWay.CANCEL_AND_REFUND: "utter_cancelled_and_refunded",
    CancelWay.ASK_WAREHOUSE: "utter_cancel_asked_warehouse",
    CancelWay.INTERCEPT: "utter_cancel_intercepting",
    CancelWay.RETURN: "utter_cancel_needs_return",
    CancelWay.ALREADY: "utter_cancel_already",
}


async def _say_result(turn: Turn, result: CancelResult) -> None:
    """The shop may have moved on between the question and the yes."""
    if result.state is CancellationState.TOO_LATE:
        turn.say("utter_cancel_too_late")
        return
    turn.say(
        _RESULTS[result.way],
        amount=yuan(result.refund_fen),
        arrival=arrival_text(result.source, turn.lang),
        answer=await turn.span("cancellation.warehouse_minutes"),
    )
