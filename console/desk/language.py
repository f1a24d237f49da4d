"""Which language a customer has just spoken: the conversation follows whole sentences only.

A brand, a number, "ok", a pasted title, or a sentence in both languages changes nothing. The event
`language_changed` keeps it; `conversation.apply` puts it into the head.
"""

from __future__ import annotations

import re
from collections.abc import Iterable
from typing import Literal, get_args

Language = Literal["zh", "en"]
LANGUAGES: tuple[Language, ...] = get_args(Language)

LEAST_CHARACTERS, LEAST_WORDS = 4, 3
_ADDRESS = re.compile(r"\S*(?:://|@|www\.)\S*")  # of a page or of a mailbox: in no language
_HAN = re.compile(r"[\u4e00-\u9fff]")
_WORD = re.compile(r"[a-z]+(?:['\u2019][a-z]+)?")
# What sentences have, and names and titles hardly ever.
_OF_ZH = frozenset(
    "我你您他她它的了吗呢吧啊是不没有要想给把被让请帮能可会还就都在再怎什么哪几谁这那为"
)
_WORDS_EN = (
    "a an the i you he she it we they my your our me us is are was were be been am do does did have "
    "has had can could will would should may want need please not no don't can't didn't isn't it's "
    "i'm i'd i've what where when why how which who this that these there to of from at in on about "
    "and but or if because still yet any some get got"
)
_OF_EN = frozenset(_WORDS_EN.split())


def language_spoken(present: str, texts: Iterable[str]) -> str:
    """After `texts`, oldest first; `present` when none of them is a clear sentence."""
    for text in texts:
        present = _language_of(text) or present
    return present


def _language_of(text: str) -> Language | None:
    plain = _ADDRESS.sub(" ", text.casefold())
    in_zh, in_en = _is_chinese(plain), _is_english(plain)
    if in_zh == in_en:
        return None
    return "zh" if in_zh else "en"


def _is_chinese(text: str) -> bool:
    characters = _HAN.findall(text)
    return len(characters) >= LEAST_CHARACTERS and not _OF_ZH.isdisjoint(characters)


def _is_english(text: str) -> bool:
    words = _WORD.findall(text.replace("\u2019", "'"))
    return len(words) >= LEAST_WORDS and not _OF_EN.isdisjoint(words)
