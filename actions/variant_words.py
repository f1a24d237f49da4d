"""Which variant a message means: by its colour or size, or one size up or down."""

from __future__ import annotations

import re
from collections.abc import Sequence

from actions.closed_list import read_ordinal
from console.desk.goods import Variant

_LARGER = re.compile(
    r"大(?:一|半)?[号码]|大一点|larger|bigger|one size up|size up|next size", re.IGNORECASE
)
_SMALLER = re.compile(r"小(?:一|半)?[号码]|小一点|smaller|one size down|size down", re.IGNORECASE)
# "XXXL" and "3XL" are the same size.
_LETTER_SIZE = re.compile(r"(?:(?P<count>\d)X|(?P<run>X*))(?P<base>[SML])", re.IGNORECASE)
_BASES = {"S": -1, "M": 0, "L": 1}


def wants_another_size(text: str) -> bool:
    """One size up or down, which says as well why it is exchanged."""
    return _LARGER.search(text) is not None or _SMALLER.search(text) is not None


def variant_named(
    text: str, offered: Sequence[Variant], old: Variant | None, *, asked: bool
) -> Variant | None:
    """`None` when the message names none of them, or several alike."""
    step = 1 if _LARGER.search(text) else -1 if _SMALLER.search(text) else 0
    if step and old is not None and old.size:
        return _next_size(offered, old, step)
    scored = [(_score(text, one), one) for one in offered]
    best = max((score for score, _ in scored), default=0)
    named = [one for score, one in scored if score == best]
    if best and len(named) == 1:
        return named[0]
    at = read_ordinal(text) if asked else None
    return offered[at] if at is not None and at < len(offered) else None


def _next_size(offered: Sequence[Variant], old: Variant, step: int) -> Variant | None:
    """The nearest size in that direction, with everything else as it was."""
    rest = _rest(old)
    wanted = [
        one
        for one in offered
        if one.size and _rest(one) == rest and (_rank(one) - _rank(old)) * step > 0
    ]
    return min(wanted, key=lambda one: abs(_rank(one) - _rank(old)), default=None)


def _rest(variant: Variant) -> tuple[str, ...]:
    return tuple(part for part in variant.variant.split() if part != variant.size)


def _rank(variant: Variant) -> float:
    found = _LETTER_SIZE.fullmatch(variant.size)
    if found is None:
        return float(variant.size) if re.fullmatch(r"\d+(?:\.\d+)?", variant.size) else 0.0
    base = _BASES[found["base"].upper()]
    steps = int(found["count"]) if found["count"] else len(found["run"])
    return float(base + (steps if base > 0 else -steps))


def _score(text: str, variant: Variant) -> int:
    """How many words of the variant the text has; a Latin word counts whole only."""
    words = {*variant.variant.casefold().split(), *variant.variant_en.casefold().split()}
    return sum(_has(text.casefold(), word) for word in words)


def _has(text: str, word: str) -> bool:
    if word.isascii():
        return re.search(rf"(?<![a-z0-9]){re.escape(word)}(?![a-z0-9])", text) is not None
    return word in text
