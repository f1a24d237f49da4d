"""Which order is meant. The customer is asked only when several are possible.

A number in the message decides; then the order that is known already, if it fits; then goods that
the customer names; then the only one that fits. Where a form is being filled, words for goods may
stand in a reason ("not the colour I saw on my phone"), so the known order comes first; a question
about an order names goods to say which one.
"""

from __future__ import annotations

import json
import re
from collections.abc import Callable, Sequence
from dataclasses import dataclass, field
from enum import StrEnum

from actions.goods_said import goods_said
from actions.title_words import naming_most
from actions.turn import Button, Turn
from console.desk.card import order_list_card, order_title
from console.desk.order import Order, order_state_label
from console.services import order as orders_service
from console.services.context import record_question

OFFERED = 5
Fits = Callable[[Order], bool]


class Outcome(StrEnum):
    FOUND = "found"
    SEVERAL = "several"
    NONE = "none"
    UNKNOWN_NUMBER = "unknown_number"
    NOT_SIGNED_IN = "not_signed_in"


@dataclass(frozen=True, slots=True)
class Choice:
    """`order` is set with FOUND, `candidates` with SEVERAL, `number` with UNKNOWN_NUMBER."""

    outcome: Outcome
    order: Order | None = None
    candidates: list[Order] = field(default_factory=list)
    number: str = ""


def any_order(order: Order) -> bool:
    return True


# "The one with the tea" is another order than the one talked about, if tea is not in that.
_SAYS_ORDER = re.compile(r"那(?:一)?(?:个|笔|张)?(?:订)?单|订单|\border\b", re.IGNORECASE)


async def choose_order(
    turn: Turn,
    fits: Sequence[Fits] = (any_order,),
    *,
    number: str | None = None,
    known: str | None = None,
    not_this: str | None = None,
    goods_decide: bool = False,
    at_first: Turn | None = None,
) -> Choice:
    """`fits`: the likeliest kind of order first; the first kind that exists is offered.

    `number`: just named; `known`: what the dialogue has; `not_this`: what the customer rejected;
    `goods_decide`: goods that are named win over the known order, if the customer bought any;
    `at_first`: the sentence that began the matter; its goods hold while no others are named.
    """
    if not turn.is_verified:
        return Choice(Outcome.NOT_SIGNED_IN)
    if number is not None:
        named = await orders_service.find_order(turn.desk, turn.conversation_id, str(number))
        return found(named) if named else Choice(Outcome.UNKNOWN_NUMBER, number=str(number))
    known_order = await _known(turn, known)
    fitting_known = known_order if known_order and any(fit(known_order) for fit in fits) else None
    names_goods = goods_decide and await _names_goods(turn)
    if fitting_known is not None and not names_goods and not _SAYS_ORDER.search(turn.text):
        return found(fitting_known)
    every = await orders_service.orders_of(turn.desk, turn.conversation_id)
    possible = [o for o in every if o.order_no != not_this and any(fit(o) for fit in fits)]
    called = await orders_called(turn, possible)
    if not called and at_first is not None and fitting_known is None:
        called = await orders_called(at_first, possible)
    is_other = bool(called) if names_goods else len(called) == 1
    if fitting_known is not None and (not is_other or fitting_known in called):
        return found(fitting_known)
    fitting = _likeliest(called or possible, fits)
    if not fitting:
        return found(known_order) if known_order else Choice(Outcome.NONE)
    # A known order that does not fit is not silently swapped for another one.
    is_clear = len(fitting) == 1 and (known_order is None or bool(called))
    return found(fitting[0]) if is_clear else _several(fitting)


async def _names_goods(turn: Turn) -> bool:
    """Bought or not."""
    if turn.entity("product") is not None or turn.entity("category") is not None:
        return True
    said = await goods_said(turn, ())
    return bool(said.strange)


def _likeliest(orders: Sequence[Order], fits: Sequence[Fits]) -> list[Order]:
    kinds = ([order for order in orders if fit(order)] for fit in fits)
    return next((kind for kind in kinds if kind), [])


def found(order: Order) -> Choice:
    return Choice(Outcome.FOUND, order=order)


def _several(candidates: Sequence[Order]) -> Choice:
    return Choice(Outcome.SEVERAL, candidates=list(candidates[:OFFERED]))


async def _known(turn: Turn, known: str | None) -> Order | None:
    if not known:
        return None
    return await orders_service.find_order(turn.desk, turn.conversation_id, str(known))


async def orders_called(turn: Turn, orders: Sequence[Order]) -> list[Order]:
    """Orders with goods that the message names: by what they are, else by a word of their title."""
    if not turn.text:
        return []
    said = await goods_said(turn, [line for order in orders for line in order.lines])
    named = {one.product_id for one in said.goods}
    holding = [one for one in orders if any(line.product_id in named for line in one.lines)]
    return naming_goods(said.rest, holding or orders) or holding


def naming_goods(text: str, orders: Sequence[Order]) -> list[Order]:
    """Orders with goods that the text names by a word of their title."""
    return naming_most(text, orders, _goods_of)


def _goods_of(order: Order) -> str:
    return " ".join(f"{line.title} {line.title_en}" for line in order.lines)


async def ask_which(turn: Turn, choice: Choice, intent: str) -> None:
    """The picker: a card with the orders and one button each."""
    if not turn.is_in_form:  # the desk itself records what a form asks for
        slot = "order_no" if turn.slot("order_no") is None else "order_choice"
        await record_question(turn.desk, turn.conversation_id, slot, "bot")
    turn.say("utter_ask_which_order")
    card = order_list_card(choice.candidates, turn.lang)
    buttons = [order_button(turn, order, intent) for order in choice.candidates]
    text = turn.words("请选择订单", "Choose an order")
    turn.show(card, text, buttons)


def order_button(turn: Turn, order: Order, intent: str) -> Button:
    label = order_title(order, turn.lang)
    state = order_state_label(order.state, turn.lang)
    return {
        "title": f"{label} · {state} · {order.order_no[-4:]}",
        "payload": f"/{intent}{json.dumps({'order_no': order.order_no})}",
    }


async def explain(turn: Turn, choice: Choice, intent: str, nothing: str) -> None:
    """Says why there is no order to go on with, or asks; `nothing`: the response for NONE."""
    match choice.outcome:
        case Outcome.SEVERAL:
            await ask_which(turn, choice, intent)
        case Outcome.UNKNOWN_NUMBER:
            turn.say("utter_order_not_found", number=choice.number)
        case Outcome.NOT_SIGNED_IN:
            turn.say("utter_sign_in_for_money")
        case _:
            turn.say(nothing)
