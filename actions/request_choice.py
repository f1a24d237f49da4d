"""Which after-sale request is meant. The customer is asked only when several are possible.

A number in the message decides; then the order that it names; then the request that is known
already, if it fits; then goods that the customer names; then the only one that fits.
"""

from __future__ import annotations

import json
from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass, field

from actions.answers import Answers
from actions.closed_list import read_ordinal
from actions.order_choice import Outcome
from actions.title_words import words_of
from actions.turn import Button, Turn
from console.desk.after_sale import RUNNING, AfterSaleRequest
from console.desk.return_text import state_label
from console.services.own_after_sale import plain_rma_no, requests_of

OFFERED = 5
Fits = Callable[[AfterSaleRequest], bool]


@dataclass(frozen=True, slots=True)
class RequestChoice:
    """`request` is set with FOUND, `candidates` with SEVERAL, `number` with UNKNOWN_NUMBER."""

    outcome: Outcome
    request: AfterSaleRequest | None = None
    candidates: list[AfterSaleRequest] = field(default_factory=list)
    number: str = ""


def is_running(request: AfterSaleRequest) -> bool:
    return request.state in RUNNING


def any_request(request: AfterSaleRequest) -> bool:
    return True


async def choose_request(
    turn: Turn, fits: Sequence[Fits] = (is_running, any_request), *, known: str | None = None
) -> RequestChoice:
    """`fits`: the likeliest kind first; `known`: the number that the dialogue has."""
    if not turn.is_verified:
        return RequestChoice(Outcome.NOT_SIGNED_IN)
    every = await requests_of(turn.desk, turn.conversation_id)
    if (number := turn.entity("rma_no")) is not None:
        return _named(every, plain_rma_no(str(number)))
    if (order_no := turn.entity("order_no")) is not None:
        every = [one for one in every if one.request.order_no.endswith(str(order_no))]
    same = next((one for one in every if one.rma_no == known), None)
    if same is not None and any(fit(same) for fit in fits):
        return _found(same)
    fitting = _likeliest(every, fits)
    candidates = naming_goods(turn.text, fitting) or fitting
    if len(candidates) == 1:
        return _found(candidates[0])
    if candidates:
        return RequestChoice(Outcome.SEVERAL, candidates=candidates[:OFFERED])
    return _found(same) if same else RequestChoice(Outcome.NONE)


def _named(every: Iterable[AfterSaleRequest], number: str) -> RequestChoice:
    named = next((one for one in every if one.rma_no == number), None)
    return _found(named) if named else RequestChoice(Outcome.UNKNOWN_NUMBER, number=number)


def _found(request: AfterSaleRequest) -> RequestChoice:
    return RequestChoice(Outcome.FOUND, request=request)


def _likeliest(
    requests: Sequence[AfterSaleRequest], fits: Sequence[Fits]
) -> list[AfterSaleRequest]:
    kinds = ([one for one in requests if fit(one)] for fit in fits)
    return next((kind for kind in kinds if kind), [])


def naming_goods(text: str, requests: Iterable[AfterSaleRequest]) -> list[AfterSaleRequest]:
    words = words_of(text)
    return [one for one in requests if words & words_of(f"{one.title} {one.title_en}")]


async def read_request(
    turn: Turn, answers: Answers, asked: str | None, fits: Sequence[Fits]
) -> bool:
    """Takes the request that the message means into `answers`: a number, goods, "the second"."""
    if (number := turn.entity("rma_no")) is not None:
        answers.put("rma_no", plain_rma_no(str(number)))
        return True
    if asked != "rma_no":
        return False
    choice = await choose_request(turn, fits)
    chosen = choice.request or pick(turn.text, choice.candidates)
    if chosen is not None:
        answers.put("rma_no", chosen.rma_no)
    return chosen is not None


def pick(text: str, candidates: Sequence[AfterSaleRequest]) -> AfterSaleRequest | None:
    """From the list that was shown last, by its place in it."""
    at = read_ordinal(text)
    return candidates[at] if at is not None and at < len(candidates) else None


def title_of(turn: Turn, request: AfterSaleRequest) -> str:
    return turn.words(request.title, request.title_en or request.title)


def ask_which_request(turn: Turn, choice: RequestChoice, intent: str) -> None:
    buttons = [request_button(turn, one, intent) for one in choice.candidates]
    turn.say("utter_ask_which_request", buttons)


def request_button(turn: Turn, request: AfterSaleRequest, intent: str) -> Button:
    label = f"{title_of(turn, request)} · {state_label(request.state, turn.lang)}"
    payload = f"/{intent}{json.dumps({'rma_no': request.rma_no})}"
    return {"title": f"{label} · {request.rma_no[-4:]}", "payload": payload}


def explain_request(turn: Turn, choice: RequestChoice, intent: str, nothing: str) -> None:
    """Says why there is no request to go on with, or asks; `nothing`: the response for NONE."""
    match choice.outcome:
        case Outcome.SEVERAL:
            ask_which_request(turn, choice, intent)
        case Outcome.UNKNOWN_NUMBER:
            turn.say("utter_request_not_found", number=choice.number)
        case Outcome.NOT_SIGNED_IN:
            turn.say("utter_sign_in_for_money")
        case _:
            turn.say(nothing)
