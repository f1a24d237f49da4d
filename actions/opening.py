"""The message that began a form, kept as long as the form runs or waits.

"Swap it for the blue one" cannot be read before the order is known, and still holds when the order
turns the wish into another form. So the sentence is read again then, instead of being asked for.
"""

from __future__ import annotations

from typing import Any

from actions.turn import Turn

_OF_AN_ENTITY = ("entity", "value", "start", "end")


def opening_of(turn: Turn, standing: Any) -> dict[str, Any] | None:
    """`standing`: of the form that became this one, or the sentence whose readings were offered."""
    if standing is not None:
        return dict(standing)
    if not turn.text:
        return None
    entities = [{name: one[name] for name in _OF_AN_ENTITY if name in one} for one in turn.entities]
    return {"text": turn.text, "intent": turn.intent, "entities": entities}


def said_at_first(turn: Turn, wish: dict[str, Any]) -> Turn:
    return turn.recalling(str(wish["text"]), wish["intent"], list(wish["entities"]))
