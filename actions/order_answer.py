"""Reading which order a message inside a form means: a number, "the second one", or its goods."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from actions.answers import Answers
from actions.closed_list import read_ordinal
from actions.form_stack import WISH
from actions.opening import said_at_first
from actions.order_choice import Choice, Fits, Outcome, ask_which, choose_order, explain, found
from actions.strange_goods import STRANGE_GOODS, asks_for_strange, picks_one
from actions.turn import Turn
from console.desk.order import Order
from console.services import order as orders_service


async def choose(turn: Turn, answers: Answers, fits: Sequence[Fits]) -> Choice:
    """An order that was just named is meant, whether it fits or not: its state is the answer."""
    if answers.changed("order_no") and answers["order_no"] and turn.entity("order_no"):
        number = str(answers["order_no"])
        named = await orders_service.find_order(turn.desk, turn.conversation_id, number)
        if named is not None and turn.is_verified:
            return found(named)
    wish = answers[WISH]
    choice = await choose_order(
        turn,
        fits,
        known=answers["order_no"],
        not_this=answers["rejected_order_no"],
        at_first=said_at_first(turn, wish) if wish else None,
    )
    if choice.order is not None and asks_for_strange(answers):
        return Choice(Outcome.SEVERAL, candidates=[choice.order])
    return choice


async def ask_order(turn: Turn, answers: Answers, fits: Sequence[Fits], intent: str) -> None:
    """The picker, below the goods that are in none of the orders, if such were named."""
    _tell_strange(turn, answers)
    await ask_which(turn, await choose(turn, answers, fits), intent)


async def say_no_order(
    turn: Turn, answers: Answers, choice: Choice, intent: str, nothing: str
) -> None:
    """Why there is no order to go on with. `nothing`: the response without any that fits."""
    if choice.outcome is Outcome.NONE:
        _tell_strange(turn, answers)
    await explain(turn, choice, intent, nothing)


def _tell_strange(turn: Turn, answers: Answers) -> None:
    if asks_for_strange(answers):
        turn.say("utter_goods_in_no_order", goods=answers[STRANGE_GOODS])


async def read_order(turn: Turn, answers: Answers, asked: str | None, fits: Sequence[Fits]) -> bool:
    """Takes the order into `answers`; a number that is nobody's or somebody else's is told."""
    if not turn.is_verified:
        return False
    if (number := turn.entity("order_no")) is not None:
        return await _take_number(turn, answers, str(number))
    if asked != "order_no" or not turn.text:
        return False
    if asks_for_strange(answers) and not await picks_one(turn):
        return False
    return await _pick(turn, answers, fits)


async def _take_number(turn: Turn, answers: Answers, number: str) -> bool:
    order = await orders_service.find_order(turn.desk, turn.conversation_id, number)
    if order is None:
        turn.say("utter_order_not_found", number=number)
    answers.put("order_no", order.order_no if order else None)
    return True


async def _pick(turn: Turn, answers: Answers, fits: Sequence[Fits]) -> bool:
    """From the list that was shown last."""
    choice = await choose(turn, answers, fits)
    order, at = choice.order, read_ordinal(turn.text)
    if choice.outcome is Outcome.SEVERAL and at is not None and at < len(choice.candidates):
        order = choice.candidates[at]
    if asks_for_strange(answers) and len(choice.candidates) == 1:
        [order] = choice.candidates  # a yes, or its name
    if order is not None:
        answers.put("order_no", order.order_no)
    return order is not None


@dataclass(frozen=True, slots=True)
class Settled:
    """`order`, or what is to be asked; neither when the customer was just told why there is none."""

    order: Order | None = None
    ask: str | None = None


async def settle_order(
    turn: Turn, answers: Answers, fits: Sequence[Fits], intent: str, nothing: str
) -> Settled:
    """The order that a form is about, noted in `answers`. `nothing`: the response without any."""
    choice = await choose(turn, answers, fits)
    if choice.outcome is Outcome.SEVERAL:
        return Settled(ask="order_no")
    if choice.order is None:
        await say_no_order(turn, answers, choice, intent, nothing)
        return Settled()
    answers.put("order_no", choice.order.order_no)
    return Settled(choice.order)
