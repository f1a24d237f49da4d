"""Whether words that a form would take as they are, are rather a question or another wish."""

from __future__ import annotations

import re

from actions.form import MAYBE_ANSWERS
from actions.turn import Turn

_QUESTION = re.compile(
    r"[吗呢嘛么？?]\s*$|有没有|怎么|多少|什么时候|能不能|可不可以", re.IGNORECASE
)


def asks_something(turn: Turn) -> bool:
    """A wish that was understood, in the shape of a question; a name or a motto is neither."""
    return turn.intent not in MAYBE_ANSWERS and _QUESTION.search(turn.text) is not None
