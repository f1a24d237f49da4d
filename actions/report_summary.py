"""The summary of a report: what was told, what is done about it, the money, what becomes of it."""

from __future__ import annotations

from actions.answers import Answers
from actions.remedy import CONSENT, remedy_label, report_of
from actions.report_words import PIECE
from actions.summary import Line, as_line, pictures, pieces, show_summary, summary_buttons
from actions.turn import Turn
from console.desk.after_sale import ReturnRequest, ReturnWay
from console.desk.card import line_title
from console.desk.order import OrderLine
from console.desk.reason_text import arrival_text
from console.desk.remedy import Remedy
from console.desk.return_text import reason_label
from console.services.audit_time import audit_hours
from console.services.goods import parts_of
from console.services.remedy import RemedyPreview, preview_remedy

_BOX = {"damaged": ("有破损", "Damaged"), "fine": ("完好", "Fine")}


async def ask_to_confirm(turn: Turn, answers: Answers, heading: str, line: OrderLine) -> None:
    remedy = Remedy(answers["remedy"])
    report, is_part = report_of(answers.as_slots())
    found = await preview_remedy(turn.desk, turn.conversation_id, remedy, report, is_part=is_part)
    lines = [
        *await _told(turn, answers, report, line),
        Line("remedy", remedy_label(turn, remedy)),
        *_money(turn, found),
        *await _what_follows(turn, found),
    ]
    show_summary(turn, heading, lines, summary_buttons(turn, CONSENT))


async def _told(turn: Turn, answers: Answers, report: ReturnRequest, line: OrderLine) -> list[Line]:
    box = _BOX.get(str(answers["outer_box"]))
    return [
        Line("order_no", report.order_no),
        Line("order_item_id", line_title(line, turn.lang)),
        Line("quantity", pieces(turn, report.quantity)),
        Line("reason", reason_label(report.reason, turn.lang)),
        Line("missing_part", await _part(turn, answers, line)),
        Line("fault_text", report.note),
        Line("outer_box", turn.words(*box) if box else ""),
        Line("photos", pictures(turn, len(report.photos))),
    ]


async def _part(turn: Turn, answers: Answers, line: OrderLine) -> str:
    chosen = answers["missing_part"]
    if chosen == PIECE:
        return turn.words("整件", "A whole piece")
    parts = await parts_of(turn.desk, line.product_id) if chosen else []
    return next((one.label(turn.lang) for one in parts if one.part_id == chosen), "")


def _money(turn: Turn, found: RemedyPreview) -> list[Line]:
    """Nothing about money where only goods are sent."""
    if not found.pays_money_back:
        return []
    return [
        Line("refund", amount_fen=found.refund.total_fen),
        Line("arrival", as_line(arrival_text(found.source, turn.lang))),
    ]


async def _what_follows(turn: Turn, found: RemedyPreview) -> list[Line]:
    kept = Line("goods_back", turn.words("不用寄回", "Nothing has to come back"))
    if found.remedy is Remedy.REFUND_AFTER_CHECK:
        hours = await audit_hours(turn.desk, turn.conversation_id)
        check = turn.words(
            f"同事 {hours} 小时内核实，通过后退款",
            f"A colleague checks it within {hours} hours; then the money comes back",
        )
        return [Line("next", check)]
    if found.remedy is Remedy.REFUND_NOW:
        return [kept]
    if found.way is ReturnWay.PICKUP:
        fetched = turn.words(
            "快递员免费上门取走原来那件", "A courier fetches the other one free of charge"
        )
        first = turn.words("新的先给您发出", "The new one is sent first")
        return [Line("next", first), Line("goods_back", fetched)]
    return [Line("next", turn.words("马上给您发出", "Sent right away")), kept]
