"""A call back: which number, in which window, and a yes; then an agent owes it until its end."""

from __future__ import annotations

import re
from typing import override

from actions.answers import Answers
from actions.consent import consent_buttons, inform_button, read_consent
from actions.form import Form
from actions.readings import READINGS
from actions.slot_reading import first_of, read_time, time_offers, window_in
from actions.summary import Line, show_summary
from actions.turn import DeskAction, Event, Turn, remember
from console.desk.masking import mask_phone
from console.desk.time_window import Visits
from console.desk.wording import local_time
from console.services.callback import (
    known_phone,
    request_callback,
    standing_callback,
    visits_for_calls,
)

OWN_SLOTS = ("slot_window", "callback_confirmed")  # the phone stays known
_PHONE = re.compile(r"(?<!\d)1[3-9]\d[\s-]?\d{4}[\s-]?\d{4}(?!\d)")
_ACCOUNT = "account"  # on the button: the number stays on the server


class CallbackForm(Form):
    form_name = "callback_form"
    started_by = "request_callback"

    @override
    async def begin(self, turn: Turn, answers: Answers) -> None:
        answers.forget(OWN_SLOTS)

    @override
    async def read(self, turn: Turn, answers: Answers, asked: str | None) -> bool:
        visits = await visits_for_calls(turn.desk)
        heard = [
            await _read_phone(turn, answers, asked),
            read_time(turn, answers, visits, asked),
        ]
        if any(heard):
            answers.put("callback_confirmed", None)
            return True
        return read_consent(turn, answers, asked, "callback_confirmed")

    @override
    async def next_slot(self, turn: Turn, answers: Answers) -> str | None:
        if answers["callback_confirmed"] is False:
            return None
        standing = await standing_callback(turn.desk, turn.conversation_id)
        if standing is not None:
            due = local_time(turn.lang, standing.due_at) if standing.due_at else ""
            turn.say("utter_callback_standing", work_order_no=standing.work_order_no, due=due)
            return None
        if answers["phone"] is None:
            return "phone"
        visits = await visits_for_calls(turn.desk)
        if window_in(turn, answers["slot_window"], visits) is None:
            answers.forget(("slot_window",))
            return "slot_window"
        return None if answers["callback_confirmed"] is True else "callback_confirmed"

    @override
    async def ask(self, turn: Turn, answers: Answers, slot: str) -> None:
        visits = await visits_for_calls(turn.desk)
        if slot == "phone":
            await _ask_phone(turn)
        elif slot == "slot_window":
            turn.say("utter_question_callback_window", time_offers(turn, visits))
        else:
            yes, no = turn.words("对，等您电话", "Yes, call me"), turn.words("先不用", "Not now")
            lines = [
                Line("phone", mask_phone(str(answers["phone"]))),
                Line("when", _label(turn, answers, visits)),
            ]
            buttons = consent_buttons("callback_confirmed", yes, no)
            show_summary(turn, turn.words("给您回电", "A call back"), lines, buttons)


async def _read_phone(turn: Turn, answers: Answers, asked: str | None) -> bool:
    """Typed, or the one of the account, which a button names without showing it."""
    if turn.entity("callback_phone") == _ACCOUNT or (asked == "phone" and turn.intent == "affirm"):
        phone = await known_phone(turn.desk, turn.conversation_id)
    else:
        found = _PHONE.search(turn.text)
        phone = str(turn.entity("phone") or (found[0] if found else "")) or None
    if phone is None:
        return False
    digits = re.sub(r"\D", "", phone)[-11:]
    if not _PHONE.fullmatch(digits):
        return False
    answers.put("phone", digits)
    return True


async def _ask_phone(turn: Turn) -> None:
    phone = await known_phone(turn.desk, turn.conversation_id)
    if phone is None:
        turn.say("utter_question_callback_phone")
        return
    label = turn.words(f"就打 {mask_phone(phone)}", f"Call {mask_phone(phone)}")
    button = inform_button(label, callback_phone=_ACCOUNT)
    turn.say("utter_question_callback_phone_known", [button], phone=mask_phone(phone))


def _label(turn: Turn, answers: Answers, visits: Visits) -> str:
    window = window_in(turn, answers["slot_window"], visits)
    return window.label(turn.lang) if window else ""


class SubmitCallback(DeskAction):
    """Runs when the form is over; without a yes nobody is promised a call."""

    action_name = "action_submit_callback"

    @override
    async def act(self, turn: Turn) -> list[Event]:
        cleared = remember(**dict.fromkeys(OWN_SLOTS))
        if turn.slot("callback_confirmed") is False:
            turn.say("utter_callback_not_wanted")
        if turn.slot("callback_confirmed") is not True:
            return cleared
        visits = await visits_for_calls(turn.desk)
        window = window_in(turn, turn.slot("slot_window"), visits)
        if window is None:  # it began between the question and the yes
            turn.say("utter_slot_too_soon", first=first_of(turn, visits))
            return cleared
        order = await request_callback(
            turn.desk,
            turn.conversation_id,
            str(turn.slot("phone")),
            window,
            _about(turn),
            key=turn.key(),
        )
        turn.say(
            "utter_callback_booked",
            when=window.label(turn.lang),
            work_order_no=order.work_order_no,
        )
        return [*cleared, *remember(last_task="query_ticket_progress")]


def _about(turn: Turn) -> str:
    """What was talked about last, so that the caller knows before dialling."""
    task = str(turn.slot("last_task") or "")
    topic = turn.words(*READINGS[task]) if task in READINGS else ""
    known = [str(turn.slot(name)) for name in ("order_no", "rma_no") if turn.slot(name)]
    return " ".join([topic, *known]).strip()
