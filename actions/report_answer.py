"""Reading one message of a report: what happened, the box, pictures, the part, the remedy."""

from __future__ import annotations

from actions.answers import Answers
from actions.report_words import (
    LONGEST,
    PIECE,
    UNKNOWN_PART,
    adds_to_it,
    describes,
    read_box,
    read_remedy,
    says_a_piece_is_missing,
    says_no_photo,
)
from actions.return_answer import read_photos
from actions.turn import Turn
from console.desk.goods import named_by
from console.desk.order import OrderLine
from console.services.goods import parts_of
from console.services.order import find_order

_MORE = frozenset(
    {"inform", "nlu_fallback", "report_damaged", "report_quality_issue", "ask_troubleshooting"}
)


def read_words(turn: Turn, answers: Answers, asked: str | None) -> bool:
    """Verbatim; at the start only when the message says more than the wish."""
    if not turn.text or turn.pictures:
        return False
    known = str(answers["fault_text"] or "")
    is_more = asked == "photos" and turn.intent in _MORE and not says_no_photo(turn.text)
    if is_more and adds_to_it(turn.text):
        answers.put("fault_text", f"{known} / {turn.text}".strip(" /")[:LONGEST])
        return True
    is_answer = asked == "fault_text" and turn.intent not in {"affirm", "deny"}
    is_told = asked is None and not known and describes(turn.text)
    if not is_answer and not is_told:
        return False
    answers.put("fault_text", turn.text[:LONGEST])
    return True


def read_box_answer(turn: Turn, answers: Answers, asked: str | None) -> bool:
    said = turn.entity("outer_box") or read_box(turn.text)
    if said is None and asked == "outer_box":
        said = {"affirm": "damaged", "deny": "fine"}.get(str(turn.intent))
    if said is not None:
        answers.put("outer_box", str(said))
    return said is not None


def read_pictures(turn: Turn, answers: Answers, asked: str | None) -> bool:
    if read_photos(turn, answers):
        return True
    if asked == "photos" and says_no_photo(turn.text):
        answers.put("photos", [])
        return True
    return False


def read_remedy_answer(turn: Turn, answers: Answers, asked: str | None) -> bool:
    """Also another one at the summary; the same one again says nothing new."""
    offered, present = answers["remedy_offered"] or [], answers["remedy"]
    chosen = turn.entity("remedy")
    if chosen is None and turn.text and asked == "remedy":
        chosen = read_remedy(turn.text, offered)
    if chosen is None and turn.text and asked == "remedy_confirmed":
        chosen = read_remedy(turn.text, offered, present)
    if chosen not in offered or (chosen == present and asked == "remedy_confirmed"):
        return False
    answers.put("remedy", chosen)
    return True


async def part_named(turn: Turn, answers: Answers, text: str, asked: str | None) -> str | None:
    line = await _line(turn, answers)
    if line is not None:
        part = named_by(text, await parts_of(turn.desk, line.product_id))
        if part is not None:
            return part.part_id
    if says_a_piece_is_missing(text):
        return PIECE
    return UNKNOWN_PART if asked == "missing_part" else None


async def _line(turn: Turn, answers: Answers) -> OrderLine | None:
    if not answers["order_no"] or not answers["order_item_id"]:
        return None
    order = await find_order(turn.desk, turn.conversation_id, str(answers["order_no"]))
    return order.line(str(answers["order_item_id"])) if order else None
