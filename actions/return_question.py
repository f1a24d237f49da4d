"""How the return form asks, and the summary before filing."""

from __future__ import annotations

import json
from typing import Any

from actions.answers import Answers
from actions.return_words import open_lines
from actions.turn import Button, Turn
from console.desk.after_sale import Condition, ReturnReason, ReturnRequest, ReturnWay
from console.desk.card import line_title
from console.desk.money import yuan
from console.desk.time_window import OFFERED, window_of, windows
from console.services import order as orders_service
from console.services.after_sale import ReturnPreview, preview_return
from console.services.cards import return_summary_card

MOST_PIECES = 5  # buttons; more can be typed


async def ask_for(turn: Turn, answers: Answers, slot: str) -> None:
    if slot == "return_confirmed":
        await _ask_to_confirm(turn, answers)
        return
    order = await orders_service.find_order(turn.desk, turn.conversation_id, answers["order_no"])
    lines = open_lines(order) if order else []
    line = order.line(answers["order_item_id"]) if order and answers["order_item_id"] else None
    title = line_title(line, turn.lang) if line else ""
    count = line.quantity_left if line else 1
    buttons: list[Button] = []
    if slot == "order_item_id":
        buttons = [_button(line_title(one, turn.lang), order_item_id=one.line_id) for one in lines]
    elif slot == "quantity":
        buttons = [_button(str(n), quantity=n) for n in range(1, min(count, MOST_PIECES) + 1)]
    elif slot == "slot_window":
        offered = windows(turn.desk.clock.now())[:OFFERED]
        buttons = [_button(one.label(turn.lang), slot_window=one.value) for one in offered]
    turn.say(f"utter_question_{slot}", buttons, title=title, count=count)


def _button(title: str, **entities: Any) -> Button:
    return {"title": title, "payload": f"/inform{json.dumps(entities)}"}


async def _ask_to_confirm(turn: Turn, answers: Answers) -> None:
    if answers["return_confirmed"] is False:
        answers.put("return_confirmed", None)
        turn.say("utter_question_what_to_change")
        return
    request = request_of(turn, answers.as_slots())
    preview = await preview_return(turn.desk, turn.conversation_id, request)
    turn.say("utter_question_return_confirmed")
    card = return_summary_card(preview, turn.lang)
    turn.show(card, summary_text(turn, preview), _consent(turn))


def _consent(turn: Turn) -> list[Button]:
    return [
        {
            "title": turn.words("确认提交", "Submit"),
            "payload": '/affirm{"return_confirmed": "yes"}',
        },
        {
            "title": turn.words("要改一下", "Change something"),
            "payload": '/deny{"return_confirmed": "no"}',
        },
    ]


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
