"""Sentences that say no wish of their own: "and the other orders?", "and the case?".

They ask the last question once more, about other orders or about the goods that they name. Nothing
in such words tells a classifier what is wanted, so its reading does not count. Inside a form they
are information: no yes, however much "and the case?" sounds like one.
"""

from __future__ import annotations

import re
from typing import Any

from bot.one_wish import LEANING

GOODS = frozenset({"product", "category", "brand", "variant"})
# Questions about orders that can be asked of others just the same (intents of the last task).
ASKED_OF_OTHERS = frozenset(
    {
        "query_order_status",
        "track_logistics",
        "ask_arrival_time",
        "logistics_stalled",
        "confirm_order_info",
        "apply_price_protect",
        "query_warranty",
    }
)
_OTHERS = re.compile(
    r"其[他它余]|别的|剩下|余下|另外|所有|全部|\b(?:others?|rest|remaining|all|every)\b",
    re.IGNORECASE,
)
# What holds such a sentence together; with one of these it goes on with something.
_LINK = r"那么?|还有|以及|然后|另外|呢|也|都|一起|一并|\b(?:and|what about|how about|also|too|as well)\b"
_FILLER = (
    r"订单|单子?|[几两这个件笔张条款的吗嘛么吧啊呀哈请帮]|我|给|麻烦|看看|看一?下|看|查查|查一?下|查|一下|"
    r"\b(?:ok(?:ay)?|so|then|but|please|my|the|of|for|that|those|this|these|in|any|it|its|ones?|"
    r"orders?|items?|things?|i|bought|ordered|check|look at)\b"
)
_LINKS = re.compile(_LINK, re.IGNORECASE)
# Each is taken out once: a repeated group of these would be tried in every way.
_SAYS_LITTLE = re.compile(rf"{_OTHERS.pattern}|{_LINK}|{_FILLER}", re.IGNORECASE)
LONGEST = 60  # characters; whoever writes more says more
# A link and a thing that the lists do not know ("and the case?"), where no wish was heard in it.
_A_THING = re.compile(
    r"(?:and|what about|how about) (?:the|my|that|this) [a-z-]+(?: [a-z-]+)?\W*"
    r"|(?:那么?|还有)(?:我的?|那[个件]?)?[\u4e00-\u9fff]{1,5}呢\W*",
    re.IGNORECASE,
)
_NO_WISH = LEANING | {"goodbye"}


def is_ellipsis(text: str, parse: dict[str, Any]) -> bool:
    """Only a link, and other orders or goods."""
    if len(text) > LONGEST or _LINKS.search(text) is None:
        return False
    goods = [one for one in parse["entities"] if one["entity"] in GOODS and "start" in one]
    rest = text
    for one in sorted(goods, key=lambda one: int(one["start"]), reverse=True):
        rest = rest[: one["start"]] + " " + rest[one["end"] :]
    names_something = bool(goods) or _OTHERS.search(text) is not None
    return names_something and re.search(r"\w", _SAYS_LITTLE.sub(" ", rest)) is None


def _names_a_thing(text: str, parse: dict[str, Any]) -> bool:
    return parse["intent"]["name"] in _NO_WISH and _A_THING.fullmatch(text.strip()) is not None


def read_in_context(
    text: str, parse: dict[str, Any], last_task: str | None, *, in_form: bool
) -> dict[str, Any]:
    """The parse, with the intent that an ellipsis has here."""
    if not in_form and last_task not in ASKED_OF_OTHERS:
        return parse
    if not is_ellipsis(text, parse):
        return _meaning(parse, "inform") if _names_a_thing(text, parse) else parse
    return _meaning(parse, "inform" if in_form else str(last_task))


def _meaning(parse: dict[str, Any], intent: str) -> dict[str, Any]:
    meant = {"name": intent, "confidence": 1.0}
    return {**parse, "intent": meant, "intent_ranking": [meant]}
