"""Visitors who are not signed in: status and trace with a proof, and nothing else (contracts 7)."""

from __future__ import annotations

import re
from typing import Any

from actions.turn import Event, Turn, remember

_FULL_NUMBER = 10  # digits; fewer are an ending, which proves nothing
_FOUR = re.compile(r"(?<!\d)\d{4}(?!\d)")


async def show_to_guest(turn: Turn, intent: str) -> list[Event]:
    """Asks for what the proof lacks: the whole order number, four digits of the phone."""
    number, last4 = order_number(turn), phone_last4(turn)
    if number is None:
        turn.say("utter_sign_in_first")
        return remember(order_no=None, last_task=intent)
    if last4 is None:
        turn.say("utter_ask_phone_last4")
        return remember(order_no=number, last_task=intent)
    turn.say("utter_sign_in_first")
    return remember(order_no=number, last_task=intent)


def order_number(turn: Turn) -> str | None:
    """The number in the message, else the one remembered; only a whole one counts."""
    for value in (turn.entity("order_no"), *_numbers(turn), turn.slot("order_no")):
        if value is not None and len(str(value)) >= _FULL_NUMBER:
            return str(value)
    return None


def _numbers(turn: Turn) -> list[Any]:
    return [one["value"] for one in turn.entities if one.get("entity") == "order_no"]


def phone_last4(turn: Turn) -> str | None:
    if phone := turn.entity("phone"):
        return str(phone)[-4:]
    found = _FOUR.search(turn.text)
    return found[0] if found else None
