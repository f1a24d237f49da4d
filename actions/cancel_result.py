"""Whether an order was cancelled, and who cancelled one that the customer did not cancel."""

from __future__ import annotations

import json
from typing import override

from actions.handoff import hand_over
from actions.order import OrderAnswer, is_running
from actions.order_choice import any_order
from actions.tracking import say_state
from actions.turn import Button, Turn
from console.desk.card import order_card, product_list_card
from console.desk.handoff import HandoffReason
from console.desk.money import yuan
from console.desk.order import Order, OrderState
from console.desk.reason_text import arrival_text
from console.desk.wording import local_time
from console.desk.words import Words
from console.services.cancellation import CancellationNews, cancellation_news
from console.services.product import products_of
from console.services.refund import refund_progress
from console.storage.cancellation import Cancellation, CancellationState

_ENDED = frozenset({OrderState.CANCELLED, OrderState.CANCELLING})


def is_stopped(order: Order) -> bool:
    return order.state in _ENDED


class AnswerCancelResult(OrderAnswer):
    action_name = "action_answer_cancel_result"
    intent = "query_cancel_result"
    kinds = (is_stopped, is_running, any_order)

    @override
    async def answer(self, turn: Turn, order: Order) -> None:
        news = await cancellation_news(
            turn.desk, turn.conversation_id, order.order_no, key=turn.key()
        )
        if news.cancellation is None:
            _never_asked_here(turn, order)
        else:
            _tell(turn, news, news.cancellation)


def _never_asked_here(turn: Turn, order: Order) -> None:
    if order.state in _ENDED:
        say_state(turn, order)
        return
    buttons = [cancel_button(turn, order)] if is_running(order) else []
    turn.say("utter_cancel_result_none", buttons)
    turn.show(order_card(order, turn.lang), order.order_no)


def cancel_button(turn: Turn, order: Order) -> Button:
    payload = f"/cancel_order{json.dumps({'order_no': order.order_no})}"
    return {"title": turn.words("申请取消", "Ask to cancel"), "payload": payload}


def _tell(turn: Turn, news: CancellationNews, cancellation: Cancellation) -> None:
    amount, arrival = yuan(cancellation.refund_fen), arrival_text(news.source, turn.lang)
    match cancellation.state:
        case CancellationState.TOO_LATE:
            turn.say("utter_cancel_too_late")
        case CancellationState.STOPPING:
            turn.say("utter_cancel_result_stopping")
        case CancellationState.ASKED:
            _waiting(turn, news)
        case _ if cancellation.refund_fen == 0:
            turn.say("utter_cancel_result_unpaid")
        case _:
            turn.say("utter_cancel_result_done", amount=amount, arrival=arrival)


def _waiting(turn: Turn, news: CancellationNews) -> None:
    if news.chased is not None:
        due = news.chased.due_at
        turn.say(
            "utter_cancel_result_chased",
            work_order_no=news.chased.work_order_no,
            due=local_time(turn.lang, due) if due else "",
        )
        return
    by = local_time(turn.lang, news.answer_by) if news.answer_by else ""
    turn.say("utter_cancel_result_asked", by=by)


class ExplainCancelled(OrderAnswer):
    """Their own wish, never paid, or a reason that only a person can find out."""

    action_name = "action_explain_cancelled"
    intent = "order_cancelled_unexpectedly"
    kinds = (is_stopped, any_order)

    @override
    async def answer(self, turn: Turn, order: Order) -> None:
        if order.state not in _ENDED:
            turn.say("utter_not_cancelled")
            say_state(turn, order)
            turn.show(order_card(order, turn.lang), order.order_no)
            return
        news = await cancellation_news(
            turn.desk, turn.conversation_id, order.order_no, key=turn.key()
        )
        if news.cancellation is not None:
            asked = local_time(turn.lang, news.cancellation.created_at)
            turn.say("utter_cancelled_on_request", asked=asked)
        elif order.paid_at is None:
            turn.say("utter_cancelled_unpaid", placed=local_time(turn.lang, order.placed_at))
        else:
            await _by_the_shop(turn, order)
        await _offer_again(turn, order)


async def _by_the_shop(turn: Turn, order: Order) -> None:
    """The data say when and what goes back, but not why."""
    refunds = await refund_progress(turn.desk, turn.conversation_id, order.order_no)
    when = local_time(turn.lang, order.cancelled_at) if order.cancelled_at else "-"
    if refunds:
        amount = yuan(sum(one.amount_fen for one in refunds))
        turn.say("utter_cancelled_by_shop", when=when, amount=amount)
    else:
        turn.say("utter_cancelled_without_refund", when=when)
    wish = Words("订单被取消，想知道原因", "Why the order was cancelled")
    await hand_over(turn, HandoffReason.POLICY, wish=wish, policy="cancelled_without_reason")


async def _offer_again(turn: Turn, order: Order) -> None:
    """A cancelled order cannot be brought back; what can still be bought is shown."""
    found = await products_of(turn.desk, [line.product_id for line in order.lines])
    in_stock = [product for product in found if product.stock > 0]
    if in_stock:
        text = "\n".join(product.title for product in in_stock)
        turn.say("utter_order_again")
        turn.show(product_list_card(in_stock, turn.lang), text)
