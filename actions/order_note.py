"""A note on an order, for the warehouse and for the courier."""

from __future__ import annotations

from actions.turn import Turn
from console.gateways.shop_orders import ChangeState
from console.services.order_change import leave_note


async def leave_order_note(turn: Turn, order_no: str) -> None:
    """The note that a form has collected; the order may have moved on meanwhile."""
    note = str(turn.slot("order_note"))
    state = await leave_note(turn.desk, turn.conversation_id, order_no, note, key=turn.key())
    turn.say("utter_note_left" if state is ChangeState.DONE else "utter_address_too_late")
