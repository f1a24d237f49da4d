"""Reading a time out of a message, and offering those that can be had."""

from __future__ import annotations

import json
from typing import Any

from actions.answers import Answers
from actions.turn import Button, Turn
from console.desk.time_window import (
    OFFERED,
    TimeWindow,
    Visits,
    problem_with,
    read_window,
    window_of,
    windows,
)


def read_time(turn: Turn, answers: Answers, visits: Visits, asked: str | None) -> bool:
    """A time that cannot be had is an answer as well: what stands against it is said."""
    now = turn.desk.clock.now()
    if (chosen := turn.entity("slot_window")) is not None:
        return _take(answers, window_of(str(chosen), now, visits))
    if not turn.text or turn.intent == "affirm":
        return False  # "yes, the afternoon is fine" names no other afternoon
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
    return window is not None


def window_in(turn: Turn, value: Any, visits: Visits) -> TimeWindow | None:
    return window_of(str(value), turn.desk.clock.now(), visits) if value else None


def first_of(turn: Turn, visits: Visits) -> str:
    return windows(turn.desk.clock.now(), visits)[0].label(turn.lang)


def time_offers(turn: Turn, visits: Visits) -> list[Button]:
    offered = windows(turn.desk.clock.now(), visits)[:OFFERED]
    return [
        {
            "title": one.label(turn.lang),
            "payload": f"/inform{json.dumps({'slot_window': one.value})}",
        }
        for one in offered
    ]
