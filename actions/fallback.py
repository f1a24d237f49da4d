"""What happens when a message was not understood: readings as buttons first, then a menu.

The second miss in a row offers a person; nobody is left in a loop (contracts, section 5).
"""

from __future__ import annotations

import json
from typing import override

from actions.form_stack import WISH
from actions.handoff import OFFER
from actions.opening import opening_of
from actions.product_task import continued
from actions.readings import READINGS
from actions.turn import Button, DeskAction, Event, Turn, remember

MOST_READINGS = 3


class OfferReadings(DeskAction):
    action_name = "action_offer_readings"

    @override
    async def act(self, turn: Turn) -> list[Event]:
        if turn.pictures:
            return picture_outside_a_form(turn)
        if (task := await continued(turn)) is not None:
            return await task(turn.desk).act(turn)
        if turn.misses_before > 0:
            turn.say("utter_offer_person")
            return remember(last_task=OFFER)
        buttons = readings(turn)
        if not buttons:
            turn.say("utter_ask_to_rephrase")
            return []
        turn.say("utter_offer_readings", [*buttons, none_of_these(turn)])
        return _put_by(turn)


def _put_by(turn: Turn) -> list[Event]:
    """The form that a press may begin reads the sentence; a running form keeps its own."""
    return [] if turn.is_in_form else remember(**{WISH: opening_of(turn, None)})


def readings(turn: Turn) -> list[Button]:
    """The likeliest intents, with an order number that the message named."""
    names = [name for name in turn.ranking if name in READINGS][:MOST_READINGS]
    order_no = turn.entity("order_no")
    entities = json.dumps({"order_no": order_no}) if order_no else ""
    return [
        {"title": turn.words(*READINGS[name]), "payload": f"/{name}{entities}"} for name in names
    ]


def none_of_these(turn: Turn) -> Button:
    title = turn.words("都不是", "None of these")
    return {"title": title, "payload": '/deny{"choice": "none"}'}


def picture_outside_a_form(turn: Turn) -> list[Event]:
    """Kept for a form that asks for photos later."""
    known = turn.slot("photos")
    kept = list(known) if isinstance(known, list) else []
    turn.say("utter_picture_received")
    return remember(photos=[*kept, *(one for one in turn.pictures if one not in kept)])
