"""A number in a sentence says which order is meant and nothing of what is wanted.

The encoder does not know that: "cancel 8832" is far from every example. A sentence that was not
understood is therefore read again with the order in other words, and without it.
"""

from __future__ import annotations

import re
from typing import Any

FALLBACK = "nlu_fallback"
NUMBERS = frozenset({"order_no", "waybill_no"})
SHORTEST_REST = 2  # characters; a bare number wants nothing
_BEFORE = re.compile(
    r"(?:(?:订单|单)号?|尾号|尾数|最?后(?:面)?四位(?:数)?|(?:my |the )?order(?: no\.?| number| #)?"
    r"|ending(?: in| with)?|number)[\s:：#是为]*$",
    re.IGNORECASE,
)
_AFTER = re.compile(r"^\s*的?(?:那|这)?(?:一)?(?:个|张|笔)?(?:订单|单子|单)(?!号)", re.IGNORECASE)
_PROOF = re.compile(
    r"[,，\s]*(?:手机|电话|phone)\D{0,12}\d{4}(?!\d)", re.IGNORECASE
)  # four digits of a phone, as guests give them
_CHINESE = re.compile(r"[\u4e00-\u9fff]")


def other_words(text: str, parse: dict[str, Any]) -> list[str]:
    """Ways to say the same without the number; none if it was understood or has no number."""
    spans = [
        (one["start"], one["end"])
        for one in parse["entities"]
        if one["entity"] in NUMBERS and "start" in one
    ]
    if parse["intent"]["name"] != FALLBACK or not spans:
        return []
    rest = _replaced(text, spans, " ")
    if len(re.sub(r"\W", "", rest)) < SHORTEST_REST:
        return []
    stand_in = "这个订单" if _CHINESE.search(text) else " my order "
    return [_replaced(text, spans, stand_in), rest]


def _is_bare_number(parse: dict[str, Any]) -> bool:
    is_missed = parse["intent"]["name"] == FALLBACK
    return (
        is_missed
        and bool(parse["entities"])
        and all(one["entity"] in NUMBERS for one in parse["entities"])
    )


def _replaced(text: str, spans: list[tuple[int, int]], stand_in: str) -> str:
    for start, end in sorted(spans, reverse=True):
        head, tail = text[:start], text[end:]
        text = _BEFORE.sub("", head) + stand_in + _AFTER.sub("", tail)
    return re.sub(r"\s+", " ", _PROOF.sub(" ", text)).strip(" ,，.。")


def understood(parse: dict[str, Any], others: list[dict[str, Any]]) -> dict[str, Any]:
    """The surest of the other readings, with the entities of the message itself.

    A bare number is information, whatever it is about.
    """
    if not others and _is_bare_number(parse):
        return {**parse, "intent": {"name": "inform", "confidence": 1.0}}
    sure = [one for one in others if one["intent"]["name"] not in {FALLBACK, None, "inform"}]
    if not sure:
        return parse
    best = max(sure, key=lambda one: float(one["intent"]["confidence"]))
    kept: dict[str, Any] = {name: parse[name] for name in ("text", "entities") if name in parse}
    return {**best, **kept}
