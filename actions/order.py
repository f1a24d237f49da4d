"""Questions about an order: its state, its parcels, when it comes, and hurrying it."""

from __future__ import annotations

from typing import override

from actions.guest import show_to_guest
from actions.order_choice import (
    Choice,
    Fits,
    Outcome,
    any_order,
    ask_which,
    choose_order,
    explain,
)
from actions.order_correction import asks_for_others
from actions.strange_goods import strange_goods
from actions.tracking import promised, say_state, trace_text
from actions.turn import Button, DeskAction, Event, Turn, remember
from console.desk.card import order_card, parcel_trace_card
from console.desk.handoff import HandoffReason
from console.desk.order import SHIPPED, Order, OrderState
from console.desk.words import Words
from console.services.handoff import request_handoff

RUNNING = frozenset(
    {
        OrderState.UNPAID,
        OrderState.PAID,
        OrderState.PICKED,
        OrderState.IN_TRANSIT,
        OrderState.DELIVERING,
    }
)


def is_running(order: Order) -> bool:
    return order.state in RUNNING


def is_on_its_way(order: Order) -> bool:
    return order.state in SHIPPED


class OrderAnswer(DeskAction):
    """Finds the order that is meant and answers about it."""

    intent: str
    kinds: tuple[Fits, ...] = (is_running, any_order)

    @override
    async def act(self, turn: Turn) -> list[Event]:
        if not turn.is_verified:
            return await show_to_guest(turn, self.intent)
        if (strange := await strange_goods(turn)) is not None:
            return await self._not_bought(turn, strange)
        choice = await self._choose(turn)
        if choice.outcome is not Outcome.FOUND or choice.order is None:
            return await self._unclear(turn, choice)
        await self.answer(turn, choice.order)
        return turn.task_done(self.intent, choice.order.order_no)

    async def answer(self, turn: Turn, order: Order) -> None:
        raise NotImplementedError

    async def _choose(self, turn: Turn) -> Choice:
        number, known = turn.entity("order_no"), turn.slot("order_no")
        if number is None and asks_for_others(turn.text):
            others = await choose_order(turn, not_this=str(known) if known else None)
            if others.outcome is not Outcome.NONE:
                return others
        return await choose_order(turn, self.kinds, number=number, known=known, goods_decide=True)

    async def _not_bought(self, turn: Turn, strange: str) -> list[Event]:
        """No order is taken for goods that none contains; those that there are stand below."""
        turn.say("utter_goods_in_no_order", goods=strange)
        choice = await choose_order(turn.unsaid(), self.kinds)
        orders = [choice.order] if choice.order else choice.candidates
        if orders:
            await ask_which(turn, Choice(Outcome.SEVERAL, candidates=orders), self.intent)
        return turn.task_done(self.intent)

    async def _unclear(self, turn: Turn, choice: Choice) -> list[Event]:
        await explain(turn, choice, self.intent, "utter_no_orders")
        if choice.outcome is Outcome.UNKNOWN_NUMBER and not turn.is_in_form:
            return remember(order_no=None, last_task=self.intent)
        return turn.task_done(self.intent)


class ShowOrder(OrderAnswer):
    action_name = "action_show_order"
    intent = "query_order_status"

    @override
    async def answer(self, turn: Turn, order: Order) -> None:
        say_state(turn, order)
        turn.show(order_card(order, turn.lang), order.order_no, other_orders(turn))


class TrackParcels(OrderAnswer):
    action_name = "action_track_parcels"
    intent = "track_logistics"
    kinds = (is_on_its_way, is_running, any_order)

    @override
    async def answer(self, turn: Turn, order: Order) -> None:
        if not order.parcels:
            await _not_shipped(turn, order)
            return
        say_state(turn, order)
        text = trace_text(order, turn.lang)
        turn.show(parcel_trace_card(order, turn.lang), text, other_orders(turn))


class AnswerArrival(OrderAnswer):
    action_name = "action_answer_arrival"
    intent = "ask_arrival_time"

    @override
    async def answer(self, turn: Turn, order: Order) -> None:
        if order.state not in RUNNING or order.state is OrderState.UNPAID:
            say_state(turn, order)
            turn.show(order_card(order, turn.lang), order.order_no)
        elif is_late(turn, order):
            turn.say("utter_arrival_late", promised=promised(turn, order))
            turn.show(parcel_trace_card(order, turn.lang), trace_text(order, turn.lang))
        elif order.state is OrderState.DELIVERING:
            turn.say("utter_arrives_today")
        else:
            turn.say("utter_arrives_by", promised=promised(turn, order))


class AnswerUrge(OrderAnswer):
    """On time: the promised day. Late: a person chases it, without being asked."""

    action_name = "action_answer_urge"
    intent = "urge_delivery"

    @override
    async def answer(self, turn: Turn, order: Order) -> None:
        if order.state not in RUNNING or order.state is OrderState.UNPAID:
            say_state(turn, order)
        elif is_late(turn, order):
            turn.say("utter_urge_late", promised=promised(turn, order))
            await request_handoff(
                turn.desk,
                turn.conversation_id,
                HandoffReason.POLICY,
                wish=Words("催促已超时的订单", "Chase an order that is late"),
                key=turn.key(),
            )
        else:
            turn.say("utter_urge_on_time", promised=promised(turn, order))


def other_orders(turn: Turn) -> list[Button]:
    """The order was guessed from what fits; one tap corrects the guess."""
    if turn.entity("order_no") is not None:
        return []
    title = turn.words("看其他订单", "Another order")
    return [{"title": title, "payload": '/correct_info{"field": "order_no"}'}]


async def _not_shipped(turn: Turn, order: Order) -> None:
    if order.state in {OrderState.PAID, OrderState.PICKED}:
        turn.say("utter_not_shipped_yet", promised=promised(turn, order))
    else:
        say_state(turn, order)
    turn.show(order_card(order, turn.lang), order.order_no)


def is_late(turn: Turn, order: Order) -> bool:
    times = [parcel.promised_at for parcel in order.parcels if parcel.promised_at]
    latest = max(times) if times else order.promised_at
    return is_running(order) and latest is not None and turn.desk.clock.now() > latest
