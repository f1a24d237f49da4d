"""A time for the courier of an order: before it is signed for, in the windows that there are."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any, ClassVar, override

from actions.appointment import Appointment, Subject
from actions.form import Answers
from actions.order import is_running
from actions.order_answer import choose, read_order
from actions.order_choice import Outcome, any_order, ask_which, explain
from actions.tracking import promised, say_state
from actions.turn import Event, Turn, remember
from console.desk.card import order_title
from console.desk.order import Order
from console.desk.order_change import may_book_delivery
from console.desk.time_window import TimeWindow
from console.desk.words import Words
from console.gateways.shop_orders import ChangeState
from console.services import order as orders_service
from console.services.order_change import book_delivery


def takes_a_time(order: Order) -> bool:
    return may_book_delivery(order.state)


_KINDS = (takes_a_time, is_running, any_order)


class DeliveryAppointment(Appointment):
    intent = "schedule_delivery"
    subject_slot = "order_no"
    window_question = "utter_question_delivery_window"
    heading = Words("约时间送货", "A delivery time")
    told: ClassVar = {"order_item_id": "title", "promised": "promised"}

    @override
    async def read_subject(self, turn: Turn, answers: Answers, asked: str | None) -> bool:
        return await read_order(turn, answers, asked, _KINDS)

    @override
    async def find_subject(self, turn: Turn, answers: Answers) -> Subject:
        choice = await choose(turn, answers, _KINDS)
        if choice.outcome is Outcome.SEVERAL:
            return Subject.ASKED
        if choice.order is None:
            await explain(turn, choice, self.intent, "utter_no_orders")
            return Subject.NOTHING
        answers.put("order_no", choice.order.order_no)
        if not takes_a_time(choice.order):
            say_state(turn, choice.order)
            return Subject.NOTHING
        return Subject.FOUND

    @override
    async def ask_subject(self, turn: Turn, answers: Answers) -> None:
        await ask_which(turn, await choose(turn, answers, _KINDS), self.intent)

    @override
    async def words(self, turn: Turn, answers: Answers) -> dict[str, str]:
        order = await orders_service.find_order(
            turn.desk, turn.conversation_id, str(answers["order_no"])
        )
        if order is None:
            return {"title": "", "promised": ""}
        return {"title": order_title(order, turn.lang), "promised": promised(turn, order)}

    @override
    async def book(self, turn: Turn, slots: Mapping[str, Any], window: TimeWindow) -> list[Event]:
        order_no = str(slots["order_no"])
        state = await book_delivery(
            turn.desk,
            turn.conversation_id,
            order_no,
            window.start,
            window.label("zh"),
            key=turn.key(),
        )
        if state is ChangeState.DONE:
            turn.say("utter_delivery_booked", when=window.label(turn.lang))
        else:
            turn.say("utter_address_too_late")
        return remember(order_no=order_no, last_task="ask_arrival_time")
