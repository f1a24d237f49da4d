"""The yes or no at the end of a form: reading it, and the two buttons below the summary."""

from __future__ import annotations

import json

from actions.form import Answers, says_no, says_yes
from actions.turn import Button, Turn


def read_consent(turn: Turn, answers: Answers, asked: str | None, slot: str) -> bool:
    """Only asked for it is a yes a consent."""
    if asked != slot:
        return False
    if says_yes(turn, slot):
        answers.put(slot, True)
        return True
    if says_no(turn, slot):
        answers.put(slot, False)
        return True
    return False


def consent_buttons(slot: str, yes: str, no: str) -> list[Button]:
    return [
        {"title": yes, "payload": f"/affirm{json.dumps({slot: 'yes'})}"},
        {"title": no, "payload": f"/deny{json.dumps({slot: 'no'})}"},
    ]


def inform_button(title: str, **entities: object) -> Button:
    """A button that answers what a form asks."""
    return {"title": title, "payload": f"/inform{json.dumps(entities, ensure_ascii=False)}"}
