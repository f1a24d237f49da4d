"""The summary at the end of a form: one card with what will be done, and the ways to answer it."""

from __future__ import annotations

from collections.abc import Iterable

from actions.consent import consent_buttons
from actions.turn import Button, Turn
from console.desk.summary import Line, summary_card, summary_text

__all__ = ["Line", "leave_button", "pieces", "show_summary", "summary_buttons"]


def show_summary(
    turn: Turn, heading: str, lines: Iterable[Line], buttons: Iterable[Button], note: str = ""
) -> None:
    card = summary_card(heading, lines, turn.lang, note)
    turn.show(card, summary_text(card, turn.lang), buttons)


def summary_buttons(turn: Turn, slot: str) -> list[Button]:
    """Yes, something is wrong, or not at all."""
    yes, no = turn.words("确认提交", "Submit"), turn.words("要改一下", "Change something")
    return [*consent_buttons(slot, yes, no), leave_button(turn)]


def leave_button(turn: Turn) -> Button:
    return {"title": turn.words("先不办了", "Leave it"), "payload": "/restart_flow"}


def pieces(turn: Turn, count: object) -> str:
    return turn.words(f"{count} 件", str(count))
