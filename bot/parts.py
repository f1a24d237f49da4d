"""Splits a message that holds several wishes. Words only; what they mean is decided elsewhere.

A message is cut at full stops, question and exclamation marks, line breaks, and at a blank or
comma between Chinese characters ("iPad 换货" stays whole), in English before "also" and before
"and" after a comma. Greetings are dropped.
"""

from __future__ import annotations

import re
from dataclasses import dataclass

MOST_PARTS = 3  # spec, section 3.4
CHINESE = "\u3400-\u9fff"
HARD = r"[。？！?!;；…~～\r\n]+|\.(?=\s|$)"
SOFT = rf"(?<=[{CHINESE}])[\s,，]+(?=[{CHINESE}])"
# English goes on with another wish only where it says so.
ENGLISH = r"(?<=[a-z\d]),?\s+(?=(?:also|by the way)\b)|(?<=[a-z\d]),\s+(?=(?:and|plus)\b)"
_CUT = re.compile(f"{HARD}|{SOFT}|{ENGLISH}", re.IGNORECASE)
_GREETING = re.compile(
    r"(?:在(?:吗|嘛|么|不|不在|线吗)?|有人(?:吗|在吗|不)?|"
    r"(?:你们?|您|大家)?好[呀啊哈]?|哈[喽啰]|嗨|亲(?:亲|爱的)?|客服(?:在吗|你好|您好)?|"
    r"早上好|上午好|中午好|下午好|晚上好|"
    r"hi|hey|hello|hello there|hi there|good (?:morning|afternoon|evening)|anyone there)"
    r"[,，、\s]*",
    re.IGNORECASE,
)
_EDGES = " \t\u00a0\u2028\u2029\u3000,，、:：~～"


@dataclass(frozen=True)
class Part:
    """A stretch of the message; `start` counts from the message's first character."""

    text: str
    start: int


def split_message(text: str) -> list[Part]:
    """The wishes in order, at most three, without greetings.

    What follows the third cut stays with the third part. A message that is only a greeting, or
    cannot be cut, is one part.
    """
    pieces = [part for part in _pieces(text) if not is_greeting(part.text)]
    if not pieces:
        return [Part(text.strip(), len(text) - len(text.lstrip()))] if text.strip() else []
    if len(pieces) <= MOST_PARTS:
        return pieces
    last = pieces[MOST_PARTS - 1]
    end = pieces[-1].start + len(pieces[-1].text)
    return [*pieces[: MOST_PARTS - 1], Part(text[last.start : end], last.start)]


def is_greeting(text: str) -> bool:
    """True for words that only open a conversation."""
    return _GREETING.fullmatch(text.strip()) is not None


def _pieces(text: str) -> list[Part]:
    starts = [0, *(cut.end() for cut in _CUT.finditer(text))]
    ends = [*(cut.start() for cut in _CUT.finditer(text)), len(text)]
    return [
        part
        for start, end in zip(starts, ends, strict=True)
        if (part := _trimmed(text, start, end)).text
    ]


def _trimmed(text: str, start: int, end: int) -> Part:
    piece = text[start:end]
    return Part(piece.strip(_EDGES), start + len(piece) - len(piece.lstrip(_EDGES)))
