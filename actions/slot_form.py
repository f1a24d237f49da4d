"""Booking a time: for what, which window, and a clear yes. What it is for is an `Appointment`.

A new kind is a subclass of it and a place in `APPOINTMENTS`. This form reads days and hours, says
what stands against a wish, and never books without a yes.
"""

from __future__ import annotations

import json
from collections.abc import Mapping
from typing import Any, override

from actions.appointment import Appointment, Subject
from actions.form import Answers, Form, says_no, says_yes
from actions.schedule_pickup import PickupAppointment
from actions.turn import Button, DeskAction, Event, Turn, remember
from console.desk.time_window import (
    OFFERED,
    TimeWindow,
    Visits,
    problem_with,
    read_window,
    window_of,
    windows,
)

OWN_SLOTS = ("slot_subject", "slot_window", "slot_confirmed")


APPOINTMENTS: Mapping[str, Appointment] = {one.intent: one for one in (PickupAppointment(),)}


class SlotForm(Form):
    form_name = "slot_form"
    started_by = ""  # by the intent of any appointment, see `read`

    @override
    async def read(self, turn: Turn, answers: Answers, asked: str | None) -> bool:
        is_start = asked is None
        if is_start:
            answers.forget(OWN_SLOTS)
        is_named = turn.intent in APPOINTMENTS
        if is_named:
            answers.put("slot_subject", turn.intent)
        appointment = APPOINTMENTS[answers["slot_subject"]]
        heard = [
            is_named,
            await appointment.read_subject(turn, answers, asked),
            _read_time(turn, answers, appointment.visits, asked),
            _read_consent(turn, answers, asked),
        ]
        return any(heard)

    @override
    async def next_slot(self, turn: Turn, answers: Answers) -> str | None:
        appointment = APPOINTMENTS[answers["slot_subject"]]
        found = await appointment.find_subject(turn, answers)
        if found is not Subject.FOUND:
            return appointment.subject_slot if found is Subject.ASKED else None
        window = _window(turn, answers["slot_window"], appointment.visits)
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
            turn.say(appointment.window_question, _offers(turn, appointment.visits), **values)
            return
        window = _window(turn, answers["slot_window"], appointment.visits)
        when = window.label(turn.lang) if window else ""
        turn.say(appointment.confirm_question, _consent(turn), when=when, **values)


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
        window = _window(turn, turn.slot("slot_window"), appointment.visits)
        if window is None:  # it became too near between the question and the yes
            turn.say("utter_slot_too_soon", first=first_of(turn, appointment.visits))
            return cleared
        return [*cleared, *await appointment.book(turn, turn.tracker.slots, window)]


def _read_time(turn: Turn, answers: Answers, visits: Visits, asked: str | None) -> bool:
    """A time that cannot be had is an answer as well: what stands against it is said."""
    now = turn.desk.clock.now()
    if (chosen := turn.entity("slot_window")) is not None:
        return _take(answers, window_of(str(chosen), now, visits))
    if not turn.text:
        return False
    day, time, slot = turn.entity("date"), turn.entity("time"), turn.entity("slot")
    window = read_window(turn.text, day, time, now, slot=slot, visits=visits)
    if window is not None:
        return _take(answers, window)
    problem = problem_with(turn.text, day, time, now, slot=slot, visits=visits)
    if problem is None or (asked is None and day is None):
        return False
    turn.say(f"utter_slot_{problem}", first=first_of(turn, visits))
    answers.forget(("slot_window",))
    return True


def _take(answers: Answers, window: TimeWindow | None) -> bool:
    if window is not None:
        answers.put("slot_window", window.value)
        answers.put("slot_confirmed", None)
    return window is not None


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


def _window(turn: Turn, value: Any, visits: Visits) -> TimeWindow | None:
    return window_of(str(value), turn.desk.clock.now(), visits) if value else None


def first_of(turn: Turn, visits: Visits) -> str:
    return windows(turn.desk.clock.now(), visits)[0].label(turn.lang)


def _offers(turn: Turn, visits: Visits) -> list[Button]:
    offered = windows(turn.desk.clock.now(), visits)[:OFFERED]
    return [
        {
            "title": one.label(turn.lang),
            "payload": f"/inform{json.dumps({'slot_window': one.value})}",
        }
        for one in offered
    ]


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
