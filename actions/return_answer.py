"""Reading one message of the return form: every answer it holds, wherever the form stands."""

from __future__ import annotations

from typing import Any

from actions.answers import Answers
from actions.closed_list import read_completeness, read_condition, read_reason, read_way
from actions.form import CORRECTIONS, says_no, says_yes
from actions.own_goods import line_meant
from actions.return_words import (
    ANOTHER_ITEM,
    CLEAR_WAY,
    EVERYTHING,
    OWN_SLOTS,
    PARTS,
    open_lines,
    slots_below,
)
from actions.turn import Turn
from console.desk.after_sale import NEEDS_PHOTOS, Condition, ReturnReason, ReturnWay
from console.desk.time_window import read_window, window_of
from console.services import order as orders_service

_DESCRIBED = NEEDS_PHOTOS | {ReturnReason.LATE_DELIVERY, ReturnReason.OTHER}
ALL = 999  # pieces: as many as there are


def tidy(turn: Turn, answers: Answers) -> None:
    """Values that an agent settled in free words become those of the closed lists."""
    _to_list(answers, "reason", ReturnReason, read_reason)
    _to_list(answers, "condition", Condition, read_condition)
    _to_list(answers, "return_way", ReturnWay, read_way)
    if isinstance(answers["accessories_complete"], str):
        answers.put("accessories_complete", _yes_or_no(answers["accessories_complete"]))
    window = answers["slot_window"]
    now = turn.desk.clock.now()
    if window is not None and window_of(str(window), now) is None:
        meant = read_window(str(window), None, None, now)
        answers.put("slot_window", meant.value if meant else None)
    if answers["return_way"] == ReturnWay.SELF_SHIP:
        answers.forget(("slot_window",))  # no courier comes
    if isinstance(answers["photos"], str):
        answers.put("photos", [answers["photos"]])


def _to_list(answers: Answers, name: str, known: Any, read: Any) -> None:
    value = answers[name]
    if value is not None and str(value) not in set(known):
        answers.put(name, read(str(value)))


def _yes_or_no(value: str) -> bool | None:
    known = {"yes": True, "是": True, "no": False, "否": False}
    return known.get(value.strip().lower(), read_completeness(value))


async def read_item(turn: Turn, answers: Answers, asked: str | None) -> bool:
    if (line_id := turn.entity("order_item_id")) is not None:
        answers.put("order_item_id", str(line_id))
        return True
    quantity = _quantity(turn, asked)
    if quantity is not None:
        answers.put("quantity", quantity)
    if asked is not None and ANOTHER_ITEM.search(turn.text):
        answers.forget(("order_item_id", *slots_below("order_item_id")))
        return True
    if answers["order_item_id"] is not None or not answers["order_no"] or not turn.text:
        return quantity is not None
    order = await orders_service.find_order(turn.desk, turn.conversation_id, answers["order_no"])
    line = await line_meant(turn, open_lines(order), asked=asked) if order else None
    if line is not None:
        answers.put("order_item_id", line.line_id)
    return line is not None or quantity is not None


def _quantity(turn: Turn, asked: str | None) -> int | None:
    """A number of pieces, also at the summary; "all" only as an answer."""
    value = turn.entity("quantity")
    may_be_one = asked in {None, "quantity"} or str(asked).endswith("_confirmed")
    if isinstance(value, int) and value >= 1 and may_be_one:
        return value
    if asked == "quantity" and turn.text.isdigit() and 0 < int(turn.text) < 1000:
        return int(turn.text)
    return ALL if asked == "quantity" and EVERYTHING.search(turn.text) else None


def read_closed_lists(turn: Turn, answers: Answers, asked: str | None) -> bool:
    """A wish to correct overwrites; in passing only what is not known yet is taken."""
    way = read_way(turn.text) if asked == "return_way" or CLEAR_WAY.search(turn.text) else None
    heard = {
        "reason": turn.entity("reason") or read_reason(turn.text),
        "condition": turn.entity("condition") or read_condition(turn.text),
        "return_way": turn.entity("return_way") or way,
    }
    taken = False
    for name, value in heard.items():
        may_change = asked == name or turn.entity(name) or _corrects(turn, asked)
        if value is not None and (answers[name] is None or may_change):
            answers.put(name, value)
            taken = True
            if name == "reason":
                _keep_what_is_wrong(turn, answers, ReturnReason(value))
    return taken


def _keep_what_is_wrong(turn: Turn, answers: Answers, reason: ReturnReason) -> None:
    """Words about a fault are kept; "bought by mistake" is a reason and describes none."""
    if reason not in _DESCRIBED:
        answers.forget(("fault_text",))
    elif turn.text:
        answers.put("fault_text", turn.text[:300])


def read_accessories(turn: Turn, answers: Answers, asked: str | None) -> bool:
    """In passing only that all is there: "parts are missing" may be why it goes back."""
    name = "accessories_complete"
    said = turn.entity(name)
    complete = _yes_or_no(str(said)) if said is not None else read_completeness(turn.text)
    is_answer = asked == name or said is not None
    if complete is None or not (is_answer or (complete and PARTS.search(turn.text))):
        return False
    answers.put(name, complete)
    return True


def _corrects(turn: Turn, asked: str | None) -> bool:
    return turn.intent in CORRECTIONS or asked == "return_confirmed"


def read_pickup(turn: Turn, answers: Answers, asked: str | None) -> bool:
    is_about_it = asked in {"slot_window", "return_way", "return_confirmed"}
    now = turn.desk.clock.now()
    if (chosen := turn.entity("slot_window")) is not None:
        window = window_of(str(chosen), now)
    elif is_about_it and turn.text:
        window = read_window(turn.text, turn.entity("date"), turn.entity("time"), now)
    else:
        return False
    if window is not None:
        answers.put("slot_window", window.value)
        answers.put("return_way", str(ReturnWay.PICKUP))
    return window is not None


def read_photos(turn: Turn, answers: Answers) -> bool:
    new = turn.pictures
    if new:
        known = answers["photos"] if isinstance(answers["photos"], list) else []
        answers.put("photos", [*known, *(one for one in new if one not in known)])
    return bool(new)


def read_field(turn: Turn, answers: Answers) -> bool:
    """A button that says which answer is wrong."""
    field = turn.entity("field")
    if field not in {"order_no", *OWN_SLOTS}:
        return False
    if field == "order_no":
        answers.put("rejected_order_no", answers["order_no"])
    answers.forget((str(field), *slots_below(str(field))))
    return True


def read_yes_or_no(turn: Turn, answers: Answers, asked: str | None) -> bool:
    """A bare yes or no: it answers whichever of the two questions was put."""
    if asked not in {"return_confirmed", "accessories_complete"}:
        return False
    if says_yes(turn, asked):
        answers.put(asked, True)
        return True
    if says_no(turn, asked):
        answers.put(asked, False)
        return True
    return False
