"""Payments that fail or are taken twice, and the same goods ordered twice."""

from __future__ import annotations

import json
import re
from typing import override

from actions.handoff import hand_over
from actions.order import OrderAnswer
from actions.order_choice import Choice, Outcome, ask_which, choose_order, explain
from actions.turn import Button, DeskAction, Event, Turn
from console.desk.card import order_title
from console.desk.charge import PaymentFinding
from console.desk.handoff import HandoffReason
from console.desk.money import yuan
from console.desk.order import Order, OrderState
from console.desk.wording import local_time
from console.desk.words import Words
from console.services.order import orders_of
from console.services.payment import (
    PaymentNews,
    ask_person_about_charge,
    charged_twice,
    double_order,
    payment_news,
)

_CHARGED = re.compile(
    r"扣|付(?:了|重)|支付|刷|多付|收了.{0,4}(?:两|2)|charge|paid twice|payment|debit", re.IGNORECASE
)
_NOT_OURS = re.compile(r"充值|话费|点卡|流量|top.?up|recharge", re.IGNORECASE)


def is_unpaid(order: Order) -> bool:
    return order.state is OrderState.UNPAID


class ExplainPayment(OrderAnswer):
    action_name = "action_explain_payment"
    intent = "payment_problem"
    kinds = (is_unpaid,)

    @override
    async def act(self, turn: Turn) -> list[Event]:
        """Without an unpaid order there is still advice to give."""
        if not turn.is_verified or _NOT_OURS.search(turn.text):
            turn.say("utter_payment_not_ours" if turn.is_verified else "utter_payment_advice")
            return turn.task_done(self.intent)
        named = turn.entity("order_no") or turn.slot("order_no")
        every = await orders_of(turn.desk, turn.conversation_id)
        if not named and not any(is_unpaid(order) for order in every):
            turn.say("utter_payment_advice")
            return turn.task_done(self.intent)
        return await super().act(turn)

    @override
    async def answer(self, turn: Turn, order: Order) -> None:
        news = await payment_news(
            turn.desk, turn.conversation_id, order.order_no, turn.text, key=turn.key()
        )
        say_payment(turn, news)


def say_payment(turn: Turn, news: PaymentNews) -> None:
    check, opened = news.check, news.work_order
    response = f"utter_payment_{check.finding}"
    if check.finding is PaymentFinding.FAILED:
        response = f"utter_payment_failed_{check.failure or 'timeout'}"
    due = local_time(turn.lang, opened.due_at) if opened and opened.due_at else ""
    turn.say(
        response,
        order_no=news.order.order_no[-4:],
        title=order_title(news.order, turn.lang),
        amount=yuan(check.amount_fen),
        work_order_no=opened.work_order_no if opened else "",
        due=due,
    )


class ExplainDouble(DeskAction):
    """Charged twice is looked up in the books; ordered twice is cancelled with one tap."""

    action_name = "action_explain_double"
    intent = "duplicate_order_or_charge"

    @override
    async def act(self, turn: Turn) -> list[Event]:
        if not turn.is_verified:
            turn.say("utter_sign_in_for_money")
            return turn.task_done(self.intent)
        pair = await double_order(turn.desk, turn.conversation_id)
        if _CHARGED.search(turn.text) or turn.entity("order_no") is not None:
            return await self._charged(turn)
        if pair is None:
            return await self._no_pair(turn)
        _offer_to_cancel(turn, *pair)
        return turn.task_done(self.intent)

    async def _charged(self, turn: Turn) -> list[Event]:
        number = turn.entity("order_no")
        choice = await choose_order(turn, number=number) if number else None
        if choice is not None and choice.order is None:
            await explain(turn, choice, self.intent, "utter_no_orders")
            return turn.task_done(self.intent)
        order = choice.order if choice else await charged_twice(turn.desk, turn.conversation_id)
        if order is not None:
            news = await payment_news(
                turn.desk, turn.conversation_id, order.order_no, turn.text, key=turn.key()
            )
            say_payment(turn, news)
            return turn.task_done(self.intent, order.order_no)
        opened = await ask_person_about_charge(
            turn.desk, turn.conversation_id, turn.text, key=turn.key()
        )
        due = local_time(turn.lang, opened.due_at) if opened.due_at else ""
        turn.say("utter_charge_not_found", work_order_no=opened.work_order_no, due=due)
        return turn.task_done(self.intent)

    async def _no_pair(self, turn: Turn) -> list[Event]:
        running = [one for one in await _recent(turn) if one.state in _STOPPABLE]
        if len(running) > 1:
            turn.say("utter_no_double_order")
            await ask_which(turn, Choice(Outcome.SEVERAL, candidates=running), "cancel_order")
            return turn.task_done(self.intent)
        turn.say("utter_double_needs_person")
        wish = Words("重复下单", "Ordered twice")
        await hand_over(turn, HandoffReason.POLICY, wish=wish, policy="double_order_not_found")
        return turn.task_done(self.intent)


_STOPPABLE = frozenset({OrderState.UNPAID, OrderState.PAID, OrderState.PICKED})
_MOST = 5  # orders that are offered


async def _recent(turn: Turn) -> list[Order]:
    every = await orders_of(turn.desk, turn.conversation_id)
    return every[:_MOST]


def _offer_to_cancel(turn: Turn, earlier: Order, later: Order) -> None:
    is_early = later.state in _STOPPABLE
    buttons = [_cancel(turn, later), _cancel(turn, earlier)] if is_early else [_cancel(turn, later)]
    turn.say(
        "utter_double_order" if is_early else "utter_double_order_shipped",
        buttons,
        title=order_title(later, turn.lang),
        earlier=earlier.order_no[-4:],
        later=later.order_no[-4:],
    )


def _cancel(turn: Turn, order: Order) -> Button:
    ending = order.order_no[-4:]
    title = turn.words(f"取消尾号 {ending}", f"Cancel {ending}")
    payload = f"/cancel_order{json.dumps({'order_no': order.order_no})}"
    return {"title": title, "payload": payload}
