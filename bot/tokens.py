"""Cuts a text into tokens that can never disagree with an entity's borders.

Every Chinese character is a token; a run of letters and a run of digits each stay whole, so an
amount ends before its unit. Punctuation is one token per character, an emoji with its modifiers is
one. Blanks and invisible characters belong to no token.
"""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterator
from typing import NamedTuple

_EMOJI_TAIL = "\ufe0f\u200d\u20e3\U0001f3fb-\U0001f3ff"
_TOKEN = re.compile(
    r"(?P<digits>\d+)"
    r"|(?P<letters>(?:(?![\u3040-\u30ff\u3400-\u9fff\uf900-\ufaff\U00020000-\U0003ffff])[^\W\d_])+)"
    rf"|(?P<emoji>[\U0001f000-\U0001faff\u2600-\u27bf]"
    rf"(?:[{_EMOJI_TAIL}]|(?<=\u200d)[\U0001f000-\U0001faff\u2600-\u27bf])*)"
    r"|(?P<other>\S)"
)


class Span(NamedTuple):
    """`text` is exactly the stretch from `start` to `end` of the message."""

    text: str
    start: int
    end: int


def cut(text: str) -> list[Span]:
    return list(_spans(text))


def _spans(text: str) -> Iterator[Span]:
    for found in _TOKEN.finditer(text):
        if found.lastgroup != "other" or not _is_invisible(found[0]):
            yield Span(found[0], found.start(), found.end())


def _is_invisible(character: str) -> bool:
    return unicodedata.category(character) in {"Cf", "Cc", "Mn", "Me", "Zs"}
