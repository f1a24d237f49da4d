"""How the return form asks, and the summary before filing."""

from __future__ import annotations

from typing import Any

from actions.answers import Answers
from actions.consent import inform_button
from actions.summary import ask_what_to_change, summary_buttons
from actions.turn import Button, Turn
from console.desk.after_sale import Condition, ReturnReason, ReturnRequest, ReturnWay
from console.desk.card import line_title
from console.desk.money import yuan
from console.desk.order import OrderLine
from console.desk.time_window import OFFERED, window_of, windows
from console.services.after_sale import ReturnPreview, preview_return
from console.services.cards import return_summary_card

_CHANGEABLE = ("order_no", "reason", "condition", "return_way", "slot_window")


async def ask_for(turn: Turn, answers: Answers, slot: str, line: OrderLine) -> None:
    if slot == "return_confirmed":
        await _ask_to_confirm(turn, answers)
        return
    buttons: list[Button] = []
    if slot == "slot_window":
        buttons = window_buttons(turn)
    turn.say(f"utter_question_{slot}", buttons, title=line_title(line, turn.lang))


def window_buttons(turn: Turn) -> list[Button]:
    """The soonest times at which a courier can come."""
    offered = windows(turn.desk.clock.now())[:OFFERED]
    return [inform_button(one.label(turn.lang), slot_window=one.value) for one in offered]


async def _ask_to_confirm(turn: Turn, answers: Answers) -> None:
    if answers["return_confirmed"] is False:
        answers.put("return_confirmed", None)
        ask_what_to_change(turn, (name for name in _CHANGEABLE if answers[name] is not None))
        return
    request = request_of(turn, answers.as_slots())
    preview = await preview_return(turn.desk, turn.conversation_id, request)
    turn.say("utter_question_return_confirmed")
    card = return_summary_card(preview, turn.lang)
    turn.show(card, summary_text(turn, preview), summary_buttons(turn, "return_confirmed"))


def request_of(turn: Turn, slots: dict[str, Any]) -> ReturnRequest:
    """Everything the form collected, as the service wants it."""
    way = ReturnWay(slots["return_way"])
    window = window_of(str(slots.get("slot_window")), turn.desk.clock.now())
    is_pickup = way is ReturnWay.PICKUP and window is not None
    return ReturnRequest(
        order_no=slots["order_no"],
        line_id=slots["order_item_id"],
        quantity=int(slots["quantity"]),
        reason=ReturnReason(slots["reason"]),
        condition=Condition(slots["condition"]),
        way=way,
        pickup_at=window.start if window and is_pickup else None,
        pickup_label=window.label(turn.lang) if window and is_pickup else "",
        photos=tuple(slots.get("photos") or ()),
        accessories_complete=slots.get("accessories_complete") is not False,
        note=str(slots.get("fault_text") or ""),
    )


def summary_text(turn: Turn, preview: ReturnPreview) -> str:
    refund = yuan(preview.refund.total_fen)
    return turn.words(
        f"退“{preview.title}”，预计退款 {refund} 元",
        f'Return of "{preview.title_en or preview.title}", refund ¥{refund}',
    )
