"""The summary before a request on file is changed: what becomes of it, and what that costs."""

from __future__ import annotations

from actions.answers import Answers
from actions.consent import consent_buttons
from actions.request_choice import title_of
from actions.rma_change_kind import chosen_variant
from actions.rma_change_words import Field
from actions.slot_reading import window_in
from actions.summary import Line, show_summary
from actions.turn import Button, Turn
from console.desk.after_sale import AfterSaleKind, ReturnReason
from console.desk.return_text import fee_text, reason_label
from console.desk.time_window import COURIER
from console.services.after_sale_wish import ReasonPreview, preview_reason
from console.services.kind_change import variants_instead
from console.services.pickup_change import PickupTerms, pickup_terms

CONFIRMED = "change_confirmed"


async def ask_to_confirm(turn: Turn, answers: Answers) -> None:
    """The request, and what the chosen change makes of it."""
    field, rma_no = Field(answers["change_field"]), str(answers["rma_no"])
    terms = await pickup_terms(turn.desk, turn.conversation_id, rma_no)
    lines = [
        Line("rma_no", rma_no),
        Line("order_item_id", title_of(turn, terms.request)),
        *await _lines(turn, answers, field, terms),
    ]
    heading = turn.words("撤销售后申请", "Withdraw the request")
    if field is not Field.WITHDRAW:
        heading = turn.words("修改售后申请", "Change the request")
    note = turn.words(*_NOTES.get(field, ("", "")))
    show_summary(turn, heading, lines, _consent(turn, field), note)


_NOTES = {
    Field.WITHDRAW: (
        "撤销后不能恢复，之后还想办的话要在期限内重新申请；约好的上门取件也会一起取消。",
        "It cannot be taken back: you would have to file a new one in time. A booked courier is "
        "called off as well.",
    ),
    Field.SELF_SHIP: ("上门取件会取消。", "No courier comes then."),
}


async def _lines(turn: Turn, answers: Answers, field: Field, terms: PickupTerms) -> list[Line]:
    match field:
        case Field.PICKUP:
            window = window_in(turn, answers["slot_window"], COURIER)
            when = window.label(turn.lang) if window else ""
            return [Line("when", when), Line("to_pay", fee_text(terms.fee_fen, turn.lang))]
        case Field.ADDRESS:
            return [Line("pickup_address", str(answers["pickup_address"]))]
        case Field.SELF_SHIP:
            return [Line("after", turn.words("您自己寄回", "You send it back"))]
        case Field.REASON:
            reason = ReturnReason(answers["new_reason"])
            return await _reason_lines(turn, terms.request.rma_no, reason)
        case Field.KIND:
            return [Line("after", await _becomes(turn, answers, terms))]
        case _:
            return []


async def _becomes(turn: Turn, answers: Answers, terms: PickupTerms) -> str:
    if terms.request.kind is AfterSaleKind.EXCHANGE:
        return turn.words("退货退款", "A return with a refund")
    offered = await variants_instead(turn.desk, turn.conversation_id, terms.request.rma_no)
    new = chosen_variant(answers["new_variant"], offered)
    label = new.label(turn.lang) if new else ""
    return turn.words(f"换货，换成“{label}”", f'An exchange for "{label}"')


async def _reason_lines(turn: Turn, rma_no: str, reason: ReturnReason) -> list[Line]:
    preview = await preview_reason(turn.desk, turn.conversation_id, rma_no, reason)
    return [
        Line("new_reason", reason_label(reason, turn.lang)),
        Line("refund", amount_fen=preview.refund.total_fen),
        Line("next", _check(turn, preview)),
    ]


def _check(turn: Turn, preview: ReasonPreview) -> str:
    """A reason that a person looks at costs time, and that is said before the yes."""
    if preview.is_approved:
        return ""
    return turn.words("改完要重新审核", "It is reviewed again")


def _consent(turn: Turn, field: Field) -> list[Button]:
    yes = ("确认撤销", "Withdraw it") if field is Field.WITHDRAW else ("确认修改", "Change it")
    no = ("先不撤", "Keep it") if field is Field.WITHDRAW else ("先不改", "Leave it")
    return consent_buttons(CONFIRMED, turn.words(*yes), turn.words(*no))
