"""The summary at the end of a form: one card with what will be done, and the ways to answer it."""

from __future__ import annotations

from collections.abc import Iterable

from actions.consent import consent_buttons
from actions.turn import Button, Turn
from console.desk.fact_label import fact_label
from console.desk.summary import Line, summary_card, summary_text

__all__ = [
    "Line",
    "as_line",
    "ask_what_to_change",
    "pictures",
    "pieces",
    "show_summary",
    "summary_buttons",
]


def show_summary(
    turn: Turn, heading: str, lines: Iterable[Line], buttons: Iterable[Button], note: str = ""
) -> None:
    """`note`: what else has to be known before the yes."""
    turn.say("utter_question_summary")
    card = summary_card(heading, lines, turn.lang, note)
    turn.show(card, summary_text(card, turn.lang), buttons)


def summary_buttons(turn: Turn, slot: str) -> list[Button]:
    """Yes, something is wrong, or not at all."""
    yes, no = turn.words("确认提交", "Submit"), turn.words("要改一下", "Change something")
    return [*consent_buttons(slot, yes, no), _leave_button(turn)]


def ask_what_to_change(turn: Turn, names: Iterable[str]) -> None:
    """After a no: one button for each answer that was given."""
    fields = [
        {
            "title": fact_label(name, turn.lang),
            "payload": f'/correct_info{{"field": "{name}"}}',
        }
        for name in names
    ]
    turn.say("utter_question_change_what", [*fields, _leave_button(turn)])


def _leave_button(turn: Turn) -> Button:
    return {"title": turn.words("先不办了", "Leave it"), "payload": "/restart_flow"}


def pictures(turn: Turn, count: int) -> str:
    return turn.words(f"{count} 张", str(count)) if count else ""


def as_line(text: str) -> str:
    """Words that also stand in mid-sentence, as a line of their own."""
    return text[:1].upper() + text[1:]


def pieces(turn: Turn, count: object) -> str:
    return turn.words(f"{count} 件", str(count))
