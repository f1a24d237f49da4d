"""One spelling for understanding: the customer's own text is never changed, only read through this.

`fold` keeps an offset for every character, so what is found in the folded text can be pointed at
in the original. `normalise` goes further (traditional characters, numbers) and keeps no offsets.
"""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Callable
from dataclasses import dataclass
from functools import lru_cache

SPOKEN_DIGITS = dict(
    zip("〇零一壹二贰三叁四肆五伍六陆七柒八捌九玖", "00112233445566778899", strict=True)
)
SPOKEN_DIGITS.update({"幺": "1", "两": "2", "○": "0"})
SHORTEST_SPOKEN_NUMBER = 4  # "三三两两" is rarer than a suffix of four digits
_SPOKEN = re.compile(f"[{''.join(SPOKEN_DIGITS)}]{{{SHORTEST_SPOKEN_NUMBER},}}")
_INVISIBLE = frozenset({"Cf", "Cc", "Mn", "Me"})
_LONG_NUMBER = re.compile(r"[a-z]{0,4}\d{6,}")
_BLANKS = re.compile(r"\s+")
_REPEATS = re.compile(r"(.)\1{3,}")


@dataclass(frozen=True)
class Folded:
    """`text`: NFKC, lower case, spoken numbers as digits. `origins[i]`: where character i was."""

    text: str
    origins: tuple[int, ...]
    original: str

    def original_span(self, start: int, end: int) -> tuple[int, int]:
        """Half-open span in the original text for a non-empty span in the folded one."""
        return self.origins[start], self.origins[end - 1] + 1


def fold(text: str) -> Folded:
    characters: list[str] = []
    origins: list[int] = []
    for at, character in enumerate(text):
        for one in _plain(character):
            characters.append(one)
            origins.append(at)
    return Folded(_digits_of_spoken("".join(characters)), tuple(origins), text)


def normalise(text: str) -> str:
    """What features are made of; texts that mean the same often become equal, and hit the cache."""
    plain = _BLANKS.sub(" ", fold(_simplified(text)).text).strip()
    return _REPEATS.sub(r"\1\1\1", _LONG_NUMBER.sub("12345678", plain))


def _plain(character: str) -> str:
    if character in "\n\r\t":
        return " "
    if unicodedata.category(character) in _INVISIBLE:
        return ""
    return unicodedata.normalize("NFKC", character).lower()


def _digits_of_spoken(text: str) -> str:
    """Same length in and out, so that offsets stay right."""
    return _SPOKEN.sub(lambda run: "".join(SPOKEN_DIGITS[one] for one in run[0]), text)


def _simplified(text: str) -> str:
    converter = _converter()
    return converter(text) if converter is not None and not text.isascii() else text


@lru_cache(maxsize=1)
def _converter() -> Callable[[str], str] | None:
    """Traditional to simplified; None where the library is not installed."""
    try:
        from opencc import OpenCC
    except ImportError:
        return None
    convert: Callable[[str], str] = OpenCC("t2s").convert
    return convert
