"""Words that fit two wishes alike, which the state of things tells apart anyway.

"I do not want the pram any more" is a return or a cancellation: the engine cannot decide between
the two and hands the message on as not understood. Nothing needs to be asked, though: the form
looks at the order and takes the way that is open (console/desk/meaning.py).
"""

from __future__ import annotations

from typing import override

from rasa_sdk.events import SlotSet

from actions.fallback import OfferReadings
from actions.form import starters
from actions.form_stack import NEXT
from actions.order import AnswerArrival
from actions.own_goods import named_own_products
from actions.price_protection import ClaimPriceProtection
from actions.turn import Event, Turn
from console.desk.meaning import WHEN, agreed

ENOUGH = 0.50  # as config.yml asks of a single intent
_PRICE = frozenset({"apply_price_protect", "ask_price_protect_policy"})


class ReadTogether(OfferReadings):
    """Goes on when two readings come to the same; otherwise offers them."""

    @override
    async def act(self, turn: Turn) -> list[Event]:
        intent = None if turn.pictures else agreed(turn.confidences, ENOUGH)
        if intent is None and await _wants_a_difference(turn):
            return await ClaimPriceProtection(turn.desk).act(turn)
        if intent in WHEN:
            return await AnswerArrival(turn.desk).act(turn)
        form = starters().get(str(intent))
        if form is not None:
            return [SlotSet(NEXT, form)]
        return await super().act(turn)


async def _wants_a_difference(turn: Turn) -> bool:
    """Rules or a claim: for goods that were bought looking costs nothing, and tells the rules."""
    likeliest = [one for one in turn.confidences if one[0] != "nlu_fallback"][:2]
    is_price = {intent for intent, _ in likeliest} == _PRICE
    if turn.pictures or not is_price or sum(sure for _, sure in likeliest) < ENOUGH:
        return False
    return bool(await named_own_products(turn))
