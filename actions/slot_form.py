"""Booking a time: for what, which window, and a clear yes. What it is for is an `Appointment`.

A new kind is a subclass of it and a place in `APPOINTMENTS`. This form reads days and hours, says
what stands against a wish, and never books without a yes.
"""

from __future__ import annotations

from collections.abc import Mapping
from typing import override

from actions.answers import Answers
from actions.appointment import Appointment, Subject
from actions.form import Form, says_no, says_yes
from actions.readings import READINGS
from actions.schedule_delivery import DeliveryAppointment
from actions.schedule_pickup import PickupAppointment
from actions.slot_reading import first_of, read_time, time_offers, window_in
from actions.summary import Line, show_summary
from actions.turn import Button, DeskAction, Event, Turn, remember

OWN_SLOTS = ("slot_subject", "slot_window", "slot_confirmed")


APPOINTMENTS: Mapping[str, Appointment] = {
    one.intent: one for one in (PickupAppointment(), DeliveryAppointment())
}
_FIRST = PickupAppointment.intent


class SlotForm(Form):
    form_name = "slot_form"
    started_by = _FIRST
    also_started_by = frozenset(APPOINTMENTS) - {_FIRST}

    @override
    async def begin(self, turn: Turn, answers: Answers) -> None:
        answers.forget(("slot_window", "slot_confirmed"))

    @override
    async def read(self, turn: Turn, answers: Answers, asked: str | None) -> bool:
        if is_named := turn.intent in APPOINTMENTS:
            answers.put("slot_subject", turn.intent)
        elif answers["slot_subject"] is None:
            answers.put("slot_subject", _FIRST)  # another form or a button sent the customer here
        appointment = APPOINTMENTS[answers["slot_subject"]]
        heard = [
            is_named,
            await appointment.read_subject(turn, answers, asked),
            read_time(turn, answers, appointment.visits, asked),
            _read_consent(turn, answers, asked),
        ]
        if answers.changed("slot_window"):
            answers.put("slot_confirmed", None)
        return any(heard)

    @override
    def title(self, turn: Turn) -> str:
        return turn.words(*READINGS[str(turn.slot("slot_subject") or _FIRST)])

    @override
    async def next_slot(self, turn: Turn, answers: Answers) -> str | None:
        appointment = APPOINTMENTS[answers["slot_subject"]]
        found = await appointment.find_subject(turn, answers)
        if found is not Subject.FOUND:
            return appointment.subject_slot if found is Subject.ASKED else None
        window = window_in(turn, answers["slot_window"], appointment.visits)
        if window is None:
            answers.forget(("slot_window", "slot_confirmed"))
            return "slot_window"
        return None if answers["slot_confirmed"] is True else "slot_confirmed"

    @override
    async def ask(self, turn: Turn, answers: Answers, slot: str) -> None:
        appointment = APPOINTMENTS[answers["slot_subject"]]
        if slot == appointment.subject_slot:
            await appointment.ask_subject(turn, answers)
            return
        values = await appointment.words(turn, answers)
        if slot == "slot_window":
            turn.say(appointment.window_question, time_offers(turn, appointment.visits), **values)
            return
        window = window_in(turn, answers["slot_window"], appointment.visits)
        when = window.label(turn.lang) if window else ""
        told = [Line(name, values[key]) for name, key in appointment.told.items()]
        heading = appointment.heading.of(turn.lang)
        show_summary(turn, heading, [Line("when", when), *told], _consent(turn))


class SubmitSlot(DeskAction):
    """Runs when the form is over; without a yes nothing is booked."""

    action_name = "action_submit_slot"

    @override
    async def act(self, turn: Turn) -> list[Event]:
        subject = str(turn.slot("slot_subject") or "")
        cleared = remember(**dict.fromkeys(OWN_SLOTS))
        if turn.slot("slot_confirmed") is not True or subject not in APPOINTMENTS:
            return cleared
        appointment = APPOINTMENTS[subject]
        window = window_in(turn, turn.slot("slot_window"), appointment.visits)
        if window is None:  # it became too near between the question and the yes
            turn.say("utter_slot_too_soon", first=first_of(turn, appointment.visits))
            return cleared
        return [*cleared, *await appointment.book(turn, turn.tracker.slots, window)]


def _read_consent(turn: Turn, answers: Answers, asked: str | None) -> bool:
    """A no takes the time back, not the wish: another one is offered."""
    if asked != "slot_confirmed" or answers.changed("slot_window"):
        return False
    if says_yes(turn, "slot_confirmed"):
        answers.put("slot_confirmed", True)
        return True
    if says_no(turn, "slot_confirmed"):
        answers.put("slot_window", None)
        return True
    return False


def _consent(turn: Turn) -> list[Button]:
    return [
        {
            "title": turn.words("就这个时间", "Book it"),
            "payload": '/affirm{"slot_confirmed": "yes"}',
        },
        {
            "title": turn.words("换个时间", "Another time"),
            "payload": '/deny{"slot_confirmed": "no"}',
        },
        {"title": turn.words("先不约", "Not now"), "payload": "/restart_flow"},
    ]
