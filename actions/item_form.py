"""Forms about goods of an order: which order, which item, how many; the rest is their own.

The order is chosen by its state, the item only where there are several, pieces only when more than
one was bought.
"""

from __future__ import annotations

from abc import abstractmethod
from collections.abc import Mapping, Sequence
from dataclasses import replace
from typing import Any, ClassVar, override

from actions.answers import Answers
from actions.consent import inform_button
from actions.form import Form
from actions.item_correction import read_another_item
from actions.order import is_running
from actions.order_answer import ask_order, choose, read_order, say_no_order
from actions.order_choice import Outcome
from actions.own_goods import line_meant, named_own_products, named_to_come
from actions.return_answer import ALL, read_item
from actions.return_words import BELOW, is_returnable, open_lines
from actions.strange_goods import asks_for_strange
from actions.turn import Turn
from console.desk.card import line_title
from console.desk.meaning import Situation
from console.desk.order import Order, OrderLine, OrderState
from console.services import order as orders_service

MOST_PIECES = 5  # buttons; more can be typed


class ItemForm(Form):
    orders = (is_returnable, is_running)
    below: ClassVar[Mapping[str, Sequence[str]]] = BELOW
    item_question: ClassVar[str] = "utter_question_which_item"
    quantity_question: ClassVar[str] = "utter_question_how_many"
    asks_quantity: ClassVar[bool] = True
    names_goods = True

    async def read_goods(self, turn: Turn, answers: Answers, asked: str | None) -> bool:
        if asked is None and not asks_for_strange(answers):
            await self._settle_goods(turn, answers)
        item = answers["order_item_id"]
        heard = [
            await self._read_order(turn, answers, asked),
            await read_item(turn, answers, asked),
            asked == "order_item_id" and await self._names_what_is_to_come(turn, answers),
        ]
        if item is not None and answers["order_item_id"] != item:
            answers.forget_old(self.below.get("order_item_id", ()))
        return any(heard)

    async def _names_what_is_to_come(self, turn: Turn, answers: Answers) -> bool:
        number = str(answers["order_no"])
        order = await orders_service.find_order(turn.desk, turn.conversation_id, number)
        return order is not None and await named_to_come(turn, order) is not None

    async def _settle_goods(self, turn: Turn, answers: Answers) -> None:
        """So that the first message is read with the goods that it is about, if that is clear."""
        if turn.entity("order_no") is not None or not turn.is_verified:
            return
        named = await named_own_products(turn)
        order = (await choose(turn, answers, self.orders)).order
        if named and (order is None or not _has(order, named)):
            order = await self._order_with(turn, answers, named) or order
        if order is None or (named and not _has(order, named) and answers["order_no"] is None):
            return
        answers.put("order_no", order.order_no)
        lines = open_lines(order)
        meant = [line for line in lines if line.product_id in named] or lines
        line = await line_meant(turn, meant, asked=None)
        line = meant[0] if len(meant) == 1 else line
        if line is not None and (named or answers["order_item_id"] is None):
            answers.put("order_item_id", line.line_id)

    async def _order_with(self, turn: Turn, answers: Answers, named: set[str]) -> Order | None:
        """Goods that are named outweigh the order that was talked about before."""
        every = await orders_service.orders_of(turn.desk, turn.conversation_id)
        fitting = [one for one in every if _has(one, named) and any(f(one) for f in self.orders)]
        if not fitting:
            return None
        answers.forget(("order_no", "order_item_id", *self.below.get("order_no", ())))
        return fitting[0] if len(fitting) == 1 else None

    @override
    async def _correct_order(self, turn: Turn, answers: Answers, asked: str | None) -> bool:
        if await super()._correct_order(turn, answers, asked):
            return True
        if asked is None or not await read_another_item(turn, answers, self.orders, self.below):
            return False
        self.forget_below(turn, answers, "order_item_id")
        return True

    async def _read_order(self, turn: Turn, answers: Answers, asked: str | None) -> bool:
        before = turn.slot("order_no")
        heard = await read_order(turn, answers, asked, self.orders)
        if heard and before and not str(answers["order_no"]).endswith(str(before)):
            answers.forget(self.below.get("order_no", ()))
        return heard

    @override
    async def situation(self, turn: Turn, answers: Answers, order: Order) -> Situation:
        """What has come of an order can go back, also while the rest is on its way."""
        came = any(order.signed_at(line.line_id) for line in order.lines)
        return Situation(OrderState.SIGNED if came else order.state, has_bought=True)

    async def next_of_goods(self, turn: Turn, answers: Answers) -> str | None:
        choice = await choose(turn, answers, self.orders)
        if choice.outcome is Outcome.SEVERAL:
            return "order_no"
        if choice.order is None:
            await say_no_order(turn, answers, choice, self.started_by, "utter_nothing_to_return")
            return None
        answers.put("order_no", choice.order.order_no)
        answers.put("rejected_order_no", None)
        return await self._next_of_order(turn, answers, choice.order)

    async def _next_of_order(self, turn: Turn, answers: Answers, order: Order) -> str | None:
        lines = open_lines(order)
        if not lines:
            await self.say_why_not_yet(turn, answers, order)
            return None
        line = next((one for one in lines if one.line_id == answers["order_item_id"]), None)
        if line is None and answers["order_item_id"] is not None:
            told = ("order_item_id", "reason", "fault_text", *self.below.get("order_item_id", ()))
            answers.forget_old(told)
        if line is None:  # perhaps the sentence that chose the order names the item as well
            line = await line_meant(turn, lines, asked=None)
        if line is None and (coming := await named_to_come(turn, order)) is not None:
            await self.say_why_not_yet(turn, answers, replace(order, lines=(coming,)))
            return None
        if line is None and len(lines) > 1:
            return "order_item_id"
        line = line or lines[0]
        answers.put("order_item_id", line.line_id)
        if line.quantity_left <= 1 or not self.asks_quantity:
            answers.put("quantity", 1)
        if not _is_quantity(answers["quantity"]):
            return "quantity"
        _take_what_is_left(turn, answers, line)
        return await self.next_of_line(turn, answers, order, line)

    @abstractmethod
    async def say_why_not_yet(self, turn: Turn, answers: Answers, order: Order) -> None:
        """Nothing of the order is with the customer; says what can be done instead."""

    @abstractmethod
    async def next_of_line(
        self, turn: Turn, answers: Answers, order: Order, line: OrderLine
    ) -> str | None:
        """What is missing once the goods are known; None when the form is over."""

    @override
    async def ask(self, turn: Turn, answers: Answers, slot: str) -> None:
        if slot == "order_no":
            await ask_order(turn, answers, self.orders, self.started_by)
            return
        found = await orders_service.find_order(
            turn.desk, turn.conversation_id, str(answers["order_no"])
        )
        if found is None:
            return
        if slot == "order_item_id":
            lines = open_lines(found)
            buttons = [
                inform_button(line_title(one, turn.lang), order_item_id=one.line_id)
                for one in lines
            ]
            turn.say(self.item_question, buttons)
            return
        line = found.line(str(answers["order_item_id"])) or found.lines[0]
        if slot == "quantity":
            count = line.quantity_left
            offered = range(1, min(count, MOST_PIECES) + 1)
            buttons = [inform_button(str(n), quantity=n) for n in offered]
            title = line_title(line, turn.lang)
            turn.say(self.quantity_question, buttons, title=title, count=count)
            return
        await self.ask_of_line(turn, answers, slot, line)

    @abstractmethod
    async def ask_of_line(self, turn: Turn, answers: Answers, slot: str, line: OrderLine) -> None:
        """Puts a question of the form's own."""


def _has(order: Order, product_ids: set[str]) -> bool:
    return any(line.product_id in product_ids for line in order.lines)


def _take_what_is_left(turn: Turn, answers: Answers, line: OrderLine) -> None:
    """More than there is was asked for: all that is left is meant."""
    if answers["quantity"] <= line.quantity_left:
        return
    if answers["quantity"] != ALL:
        turn.say("utter_refused_quantity_too_high", count=line.quantity_left)
    answers.put("quantity", line.quantity_left)


def _is_quantity(value: Any) -> bool:
    return isinstance(value, int) and value >= 1
