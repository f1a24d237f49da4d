"""A number or the name of goods says which order is meant and little of what is wanted.

The encoder does not know that: "cancel 8832" and "my hedgehog house has not come" are far from
every example. A sentence that was not understood is therefore read again with the order in other
words and without it, or with the goods called a thing.
"""

from __future__ import annotations

import re
from typing import Any

FALLBACK = "nlu_fallback"
NUMBERS = frozenset({"order_no", "waybill_no"})
GOODS = frozenset({"product", "category"})
# Goods say something of what is wanted, so a reading without them must be surer.
SURE_OF_A_THING = 0.65
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
    """Ways to say the same without the number or the goods; none if it was understood as it is."""
    if parse["intent"]["name"] != FALLBACK:
        return []
    is_chinese = _CHINESE.search(text) is not None
    if spans := _spans(parse, NUMBERS):
        rest = _replaced(text, spans, " ")
        stand_in = "这个订单" if is_chinese else " my order "
        return [_replaced(text, spans, stand_in), rest] if _says_enough(rest) else []
    spans = _spans(parse, GOODS)
    if not spans or not _says_enough(_without(text, spans, " ")):
        return []
    return [_without(text, spans, "东西" if is_chinese else "item")]


def _spans(parse: dict[str, Any], kinds: frozenset[str]) -> list[tuple[int, int]]:
    """Last first; of overlapping ones the longest."""
    found = [
        (one["start"], one["end"])
        for one in parse["entities"]
        if one["entity"] in kinds and "start" in one
    ]
    outer = [
        (a, b)
        for a, b in found
        if not any(c <= a and b <= d and (c, d) != (a, b) for c, d in found)
    ]
    return sorted(set(outer), reverse=True)


def _says_enough(rest: str) -> bool:
    return len(re.sub(r"\W", "", rest)) >= SHORTEST_REST


def _without(text: str, spans: list[tuple[int, int]], stand_in: str) -> str:
    for start, end in spans:
        text = text[:start] + stand_in + text[end:]
    return text


def _is_bare_number(parse: dict[str, Any]) -> bool:
    is_missed = parse["intent"]["name"] == FALLBACK
    return (
        is_missed
        and bool(parse["entities"])
        and all(one["entity"] in NUMBERS for one in parse["entities"])
    )


def _replaced(text: str, spans: list[tuple[int, int]], stand_in: str) -> str:
    for start, end in spans:
        head, tail = text[:start], text[end:]
        text = _BEFORE.sub("", head) + stand_in + _AFTER.sub("", tail)
    return re.sub(r"\s+", " ", _PROOF.sub(" ", text)).strip(" ,，.。")


def understood(parse: dict[str, Any], others: list[dict[str, Any]]) -> dict[str, Any]:
    """The surest of the other readings, with the entities of the message itself.

    A bare number is information, whatever it is about.
    """
    if not others and _is_bare_number(parse):
        return {**parse, "intent": {"name": "inform", "confidence": 1.0}}
    least = 0.0 if _spans(parse, NUMBERS) else SURE_OF_A_THING
    sure = [
        one
        for one in others
        if one["intent"]["name"] not in {FALLBACK, None, "inform"}
        and float(one["intent"]["confidence"]) >= least
    ]
    if not sure:
        return parse
    best = max(sure, key=lambda one: float(one["intent"]["confidence"]))
    kept: dict[str, Any] = {name: parse[name] for name in ("text", "entities") if name in parse}
    return {**best, **kept}
