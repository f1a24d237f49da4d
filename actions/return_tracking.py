"""The waybill of goods that a customer has sent back: carrier and number, checked, then on file."""

from __future__ import annotations

import re
from typing import ClassVar, override

from actions.answers import Answers
from actions.consent import consent_buttons, inform_button, read_consent
from actions.form import Form
from actions.order_choice import Outcome
from actions.request_choice import (
    Fits,
    any_request,
    ask_which_request,
    choose_request,
    explain_request,
    read_request,
)
from actions.schedule_pickup import is_sent_by_parcel
from actions.summary import Line, show_summary
from actions.turn import Button, DeskAction, Event, Turn, remember
from console.desk.after_sale_change import Change, decide_change
from console.desk.waybill import (
    CARRIERS,
    OTHER,
    ReturnWaybill,
    belongs_to,
    carrier_called,
    carrier_named,
    carrier_of,
    is_waybill,
    plain,
)
from console.services.after_sale_change import ChangeRefused
from console.services.after_sale_wish import give_tracking

OWN_SLOTS = ("waybill_no", "carrier", "tracking_confirmed")
OFFERED = 6  # carriers on buttons
_NUMBER = re.compile(r"[A-Za-z]{0,4}[\d][\d\s-]{6,24}[A-Za-z]{0,2}")
_LONGEST_NAME = 30
REFUSED = {
    "not_approved": "utter_tracking_not_approved",
    "sent_back": "utter_tracking_known",
    "closed": "utter_request_closed",
}


class TrackingForm(Form):
    form_name = "tracking_form"
    started_by = "provide_return_tracking"
    below: ClassVar = {"waybill_no": ("carrier",)}
    kinds: tuple[Fits, ...] = (is_sent_by_parcel, any_request)

    @override
    async def begin(self, turn: Turn, answers: Answers) -> None:
        answers.forget(OWN_SLOTS)

    @override
    async def read(self, turn: Turn, answers: Answers, asked: str | None) -> bool:
        heard = [
            await read_request(turn, answers, asked, self.kinds),
            _read_waybill(turn, answers, asked),
            _read_carrier(turn, answers, asked),
        ]
        return any(heard) or read_consent(turn, answers, asked, "tracking_confirmed")

    @override
    async def next_slot(self, turn: Turn, answers: Answers) -> str | None:
        choice = await choose_request(turn, self.kinds, known=answers["rma_no"])
        if choice.outcome is Outcome.SEVERAL:
            return "rma_no"
        if choice.request is None:
            explain_request(turn, choice, self.started_by, "utter_no_request_to_track")
            return None
        answers.put("rma_no", choice.request.rma_no)
        decision = decide_change(choice.request.state, Change.TRACKING)
        if not decision.is_allowed:
            turn.say(REFUSED[decision.reason], rma_no=choice.request.rma_no)
            return None
        return _missing(turn, answers)

    @override
    async def ask(self, turn: Turn, answers: Answers, slot: str) -> None:
        match slot:
            case "rma_no":
                ask_which_request(turn, await choose_request(turn, self.kinds), self.started_by)
            case "waybill_no":
                turn.say("utter_question_waybill_no", rma_no=answers["rma_no"])
            case "carrier":
                turn.say("utter_question_carrier", _carriers(turn), number=answers["waybill_no"])
            case _:
                _ask_to_confirm(turn, answers)


def _missing(turn: Turn, answers: Answers) -> str | None:
    """A number that the named carrier does not print is asked for again, said why."""
    number, name = answers["waybill_no"], answers["carrier"]
    if number is None:
        return "waybill_no"
    if name is None:
        return "carrier"
    if answers["tracking_confirmed"] is False:
        answers.forget(OWN_SLOTS)
        return "waybill_no"
    carrier = carrier_called(str(name))
    if carrier is not None and not belongs_to(str(number), carrier):
        turn.say("utter_waybill_of_other_carrier", number=number, carrier=_shown(turn, str(name)))
        answers.forget(OWN_SLOTS)
        return "waybill_no"
    return None if answers["tracking_confirmed"] is True else "tracking_confirmed"


def _read_waybill(turn: Turn, answers: Answers, asked: str | None) -> bool:
    """Asked for the number, a text with digits that is none is told so."""
    named = turn.entity("waybill_no")
    found = _NUMBER.search(turn.text) if asked == "waybill_no" else None
    written = str(named) if named is not None else (found[0] if found else None)
    if written is None:
        return False
    if not is_waybill(written):
        turn.say("utter_waybill_implausible", number=plain(written))
        return True
    answers.put("waybill_no", plain(written))
    answers.put("tracking_confirmed", None)
    if (carrier := carrier_of(written)) is not None:
        answers.put("carrier", carrier.name)
    return True


def _read_carrier(turn: Turn, answers: Answers, asked: str | None) -> bool:
    said = str(turn.entity("carrier") or turn.text)
    carrier = carrier_named(said) or carrier_called(said)
    if carrier is not None:
        answers.put("carrier", carrier.name)
        return True
    is_name = asked == "carrier" and turn.intent in {"inform", "nlu_fallback", "correct_info"}
    if not is_name or not said.strip():
        return False
    answers.put("carrier", said.strip()[:_LONGEST_NAME])
    return True


def _carriers(turn: Turn) -> list[Button]:
    known = [
        inform_button(turn.words(one.name, one.name_en), carrier=one.name)
        for one in CARRIERS[:OFFERED]
    ]
    return [*known, inform_button(turn.words("其他快递", "Another carrier"), carrier=OTHER)]


def _shown(turn: Turn, name: str) -> str:
    carrier = carrier_called(name)
    if carrier is not None:
        return turn.words(carrier.name, carrier.name_en)
    return turn.words("其他快递", "another carrier") if name == OTHER else name


def _ask_to_confirm(turn: Turn, answers: Answers) -> None:
    yes, no = turn.words("对的", "Correct"), turn.words("填错了", "It is wrong")
    lines = [
        Line("rma_no", str(answers["rma_no"])),
        Line("carrier", _shown(turn, str(answers["carrier"]))),
        Line("waybill_no", str(answers["waybill_no"])),
    ]
    buttons = consent_buttons("tracking_confirmed", yes, no)
    show_summary(turn, turn.words("寄回的快递", "The parcel on its way back"), lines, buttons)


class SubmitTracking(DeskAction):
    """Runs when the form is over; without a yes nothing is filed."""

    action_name = "action_submit_tracking"

    @override
    async def act(self, turn: Turn) -> list[Event]:
        cleared = remember(**dict.fromkeys(OWN_SLOTS))
        if turn.slot("tracking_confirmed") is not True:
            return cleared
        rma_no = str(turn.slot("rma_no"))
        waybill = ReturnWaybill(str(turn.slot("carrier")), str(turn.slot("waybill_no")))
        try:
            await give_tracking(turn.desk, turn.conversation_id, rma_no, waybill, key=turn.key())
        except ChangeRefused as refused:
            turn.say(REFUSED[refused.decision.reason], rma_no=rma_no)
            return cleared
        within = await turn.span("after_sale.inspection_hours")
        number = waybill.waybill_no
        turn.say("utter_tracking_filed", rma_no=rma_no, number=number, inspection=within)
        return [*cleared, *remember(last_task="query_after_sale_progress")]
