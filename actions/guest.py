"""Visitors who are not signed in: status and trace with a proof, and nothing else (contracts 7)."""

from __future__ import annotations

import re
import unicodedata
from typing import Any

from actions.tracking import say_state, trace_text
from actions.turn import Event, Turn, remember
from console.desk.card import parcel_trace_card
from console.gateways.shop import GuestOrder
from console.services.guest_proof import ProofOutcome, prove_order

_FULL_NUMBER = 10  # digits; fewer are an ending, which proves nothing
_LONGEST_NUMBER = 40
_UNPROVEN = {
    ProofOutcome.NEEDS_DIGITS: "utter_ask_phone_last4",
    ProofOutcome.WRONG: "utter_proof_failed",
    ProofOutcome.TOO_OFTEN: "utter_proof_too_often",
}
_FOUR = re.compile(r"(?<!\d)\d{4}(?!\d)")


async def show_to_guest(turn: Turn, intent: str) -> list[Event]:
    """Asks for what the proof lacks: the whole order number, four digits of the phone."""
    number = order_number(turn)
    if number is None:
        turn.say("utter_sign_in_first")
        return remember(order_no=None, last_task=intent)
    proof = await prove_order(
        turn.desk, turn.conversation_id, number, phone_last4(turn), turn_id=turn.turn_id
    )
    if proof.order is not None:
        show_where_it_is(turn, proof.order)
    else:
        turn.say(_UNPROVEN[proof.outcome])
    return remember(order_no=number, last_task=intent)


def show_where_it_is(turn: Turn, order: GuestOrder) -> None:
    """Status and trace; goods, money and address stay with the account."""
    say_state(turn, order)
    if order.parcels:
        turn.show(parcel_trace_card(order, turn.lang), trace_text(order, turn.lang))


def order_number(turn: Turn) -> str | None:
    """The number in the message, else the one remembered; only a whole one counts."""
    for value in (turn.entity("order_no"), *_numbers(turn), *_remembered(turn)):
        if value is not None and _FULL_NUMBER <= len(str(value)) <= _LONGEST_NUMBER:
            return str(value)
    return None


def _numbers(turn: Turn) -> list[Any]:
    return [one["value"] for one in turn.entities if one.get("entity") == "order_no"]


def _remembered(turn: Turn) -> list[Any]:
    """Newest first. The four digits of the phone look like an ending and took the slot just now."""
    events = turn.tracker.events
    known = [e["value"] for e in events if e.get("event") == "slot" and e["name"] == "order_no"]
    return [turn.slot("order_no"), *reversed(known)]


def phone_last4(turn: Turn) -> str | None:
    """Said in this message; what an earlier one proved, the desk remembers itself."""
    if phone := turn.entity("phone_last4") or turn.entity("phone"):
        return str(phone)[-4:]
    found = _FOUR.search(unicodedata.normalize("NFKC", turn.text))
    return found[0] if found else None
