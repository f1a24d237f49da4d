"""The summary before a request on file is changed: what becomes of it, and what that costs."""

from __future__ import annotations

from actions.answers import Answers
from actions.consent import consent_buttons
from actions.request_choice import title_of
from actions.rma_change_kind import chosen_variant
from actions.rma_change_words import Field
from actions.slot_reading import window_in
from actions.turn import Button, Turn
from console.desk.after_sale import AfterSaleKind, ReturnReason
from console.desk.money import yuan
from console.desk.return_text import fee_text, reason_label
from console.desk.time_window import COURIER
from console.services.after_sale_wish import ReasonPreview, preview_reason
from console.services.kind_change import variants_instead
from console.services.pickup_change import PickupTerms, pickup_terms

CONFIRMED = "change_confirmed"


async def ask_to_confirm(turn: Turn, answers: Answers) -> None:
    """One question for each field, with the request's title and number."""
    field, rma_no = Field(answers["change_field"]), str(answers["rma_no"])
    terms = await pickup_terms(turn.desk, turn.conversation_id, rma_no)
    values = {"title": title_of(turn, terms.request), "rma_no": rma_no}
    turn.say(
        f"utter_question_confirm_{field}",
        _consent(turn, field),
        **values,
        **await _values(turn, answers, field, terms),
    )


async def _values(turn: Turn, answers: Answers, field: Field, terms: PickupTerms) -> dict[str, str]:
    match field:
        case Field.PICKUP:
            window = window_in(turn, answers["slot_window"], COURIER)
            when = window.label(turn.lang) if window else ""
            return {"when": when, "fee": fee_text(terms.fee_fen, turn.lang)}
        case Field.ADDRESS:
            return {"address": str(answers["pickup_address"])}
        case Field.REASON:
            reason = ReturnReason(answers["new_reason"])
            return await _reason_values(turn, terms.request.rma_no, reason)
        case Field.KIND:
            return await _kind_values(turn, answers, terms)
        case _:
            return {}


async def _kind_values(turn: Turn, answers: Answers, terms: PickupTerms) -> dict[str, str]:
    if terms.request.kind is AfterSaleKind.EXCHANGE:
        return {"becomes": turn.words("退货退款", "a return with a refund")}
    offered = await variants_instead(turn.desk, turn.conversation_id, terms.request.rma_no)
    new = chosen_variant(answers["new_variant"], offered)
    label = new.label(turn.lang) if new else ""
    return {"becomes": turn.words(f"换货，换成“{label}”", f'an exchange for "{label}"')}


async def _reason_values(turn: Turn, rma_no: str, reason: ReturnReason) -> dict[str, str]:
    preview = await preview_reason(turn.desk, turn.conversation_id, rma_no, reason)
    return {
        "reason": reason_label(reason, turn.lang),
        "amount": yuan(preview.refund.total_fen),
        "check": _check(turn, preview),
    }


def _check(turn: Turn, preview: ReasonPreview) -> str:
    """A reason that a person looks at costs time, and that is said before the yes."""
    if preview.is_approved:
        return ""
    return turn.words("改完要重新审核。", "It is reviewed again after that. ")


def _consent(turn: Turn, field: Field) -> list[Button]:
    yes = ("确认撤销", "Withdraw it") if field is Field.WITHDRAW else ("确认修改", "Change it")
    no = ("先不撤", "Keep it") if field is Field.WITHDRAW else ("先不改", "Leave it")
    return consent_buttons(CONFIRMED, turn.words(*yes), turn.words(*no))
