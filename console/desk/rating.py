"""A customer's marks for a conversation: 1 to 5, read from stars, numbers or plain words."""

from __future__ import annotations

import re
from dataclasses import dataclass
from datetime import datetime

from console.desk.conversation import WAITING, State
from console.desk.errors import Conflict

LOWEST, HIGHEST = 1, 5
UNHAPPY = 2  # at or below it somebody should ask why
_NUMBERS = {"一": 1, "二": 2, "两": 2, "三": 3, "四": 4, "五": 5, "one": 1, "two": 2, "three": 3,
            "four": 4, "five": 5}  # fmt: skip
_STARS = re.compile(
    r"(?P<n>[1-5一二两三四五]|one|two|three|four|five)\s*(?:颗|个)?\s*(?:星|分|stars?|points?)",
    re.IGNORECASE,
)
_FULL = re.compile(r"满分|全五星|five out of five|5/5", re.IGNORECASE)
_WORDS = (
    (1, r"差评|(?:很|非常|太|极)(?:不满|差|烂)|terrible|awful|worst|very (?:bad|poor)"),
    (2, r"不满意|不太?满意|不好|差劲|一般般?还不如|not (?:satisfied|happy|good)|\bbad\b|\bpoor\b"),
    (3, r"一般|还行|凑合|马马虎虎|\bokay\b|\bok\b|average|so-?so"),
    (5, r"非常满意|很满意|好评|特别好|很棒|太好了|excellent|great|perfect|very (?:good|satisfied)"),
    (4, r"满意|不错|挺好|好的服务|\bgood\b|satisfied|\bnice\b|helpful"),
)
_COMPILED = tuple((score, re.compile(pattern, re.IGNORECASE)) for score, pattern in _WORDS)


class CannotRateYet(Conflict):
    """Nobody has served yet, or the customer still waits for a person."""

    code = "cannot_rate_yet"


@dataclass(frozen=True, slots=True, kw_only=True)
class Rating:
    """`agent_id`: who served last; none for the bot."""

    conversation_id: str
    score: int
    comment: str
    agent_id: str | None
    at: datetime


def read_score(text: str) -> int | None:
    """`None` for praise or blame that names no mark."""
    if _FULL.search(text):
        return HIGHEST
    if stars := _STARS.search(text):
        written = stars["n"].lower()
        return int(written) if written.isdigit() else _NUMBERS[written]
    if re.fullmatch(r"\s*[1-5]\s*", text):
        return int(text)
    return next((score for score, pattern in _COMPILED if pattern.search(text)), None)


def is_ratable(state: State, *, was_served: bool) -> bool:
    """Who waits in the queue is never asked for marks, nor who was not served yet."""
    return state not in WAITING and was_served
