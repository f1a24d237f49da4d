"""Decides whether a message is one wish or several, by reading its parts.

A cut is kept only where it helps: every part must be understood on its own, and the parts must
want different things. Otherwise the message is read as a whole. Source: docs/adr/0024.
"""

from __future__ import annotations

import re
from collections.abc import Callable
from dataclasses import dataclass
from typing import Any

from bot.parts import Part, split_message

Parse = dict[str, Any]
# These say nothing on their own: an answer, a nod, or nothing that was understood.
LEANING = frozenset({"nlu_fallback", "inform", "affirm", "deny", "out_of_scope", "chitchat", None})
# Said together they are one wish: what is to become of an order, or of a thing that is broken.
ONE_WISH = (
    frozenset({"cancel_order", "request_return", "request_refund_only", "refuse_delivery"}),
    frozenset({"request_exchange", "request_size_swap", "change_order_item"}),
    frozenset(
        {
            "request_repair",
            "request_replace_instead_of_repair",
            "report_quality_issue",
            "report_damaged",
            "ask_troubleshooting",
        }
    ),
    frozenset({"request_invoice", "modify_invoice", "query_invoice"}),
)
# These need no turn of their own beside a real wish.
POLITE = frozenset({"greet", "thank", "goodbye"})


@dataclass(frozen=True)
class Reading:
    """`wishes`: (text, parse) in order, at least one. `text` is the whole message, verbatim."""

    text: str
    wishes: list[tuple[str, Parse]]
    was_cut: bool = False  # a greeting was dropped, or there are several wishes

    def summary(self) -> Parse:
        """The first wish's parse on the whole text; `parts` lists all when there are several."""
        first = self.wishes[0][1]
        if len(self.wishes) == 1:
            return first
        return {**first, "text": self.text, "parts": [parse for _, parse in self.wishes]}


def read_wishes(read: Callable[[str], Parse], text: str, *, may_split: bool) -> Reading:
    parts = split_message(text) if may_split else []
    if not parts or _is_whole(parts, text):
        return Reading(text, [(text, read(text))])
    return choose(text, parts, [read(part.text) for part in parts], lambda: read(text))


def choose(
    text: str, parts: list[Part], parses: list[Parse], whole: Callable[[], Parse]
) -> Reading:
    """The parts if they are different wishes, else one reading of the message."""
    if len(parts) == 1:
        was_cut = _words(parts[0].text) != _words(text)
        return Reading(text, [(text, _moved(parses[0], parts[0], text))], was_cut)
    wanted = [
        (p, parse) for p, parse in zip(parts, parses, strict=True) if _name(parse) not in POLITE
    ]
    names = [_name(parse) for _, parse in wanted]
    if len(wanted) == 1 and names[0] not in LEANING:
        return Reading(text, [(text, _moved(wanted[0][1], wanted[0][0], text))], was_cut=True)
    kinds = {_kind(name) for name in names}
    if len(wanted) < 2 or LEANING.intersection(names) or len(kinds) < len(names):
        return Reading(text, [(text, whole())])
    return Reading(text, [(part.text, parse) for part, parse in wanted], was_cut=True)


def _kind(name: Any) -> Any:
    return next((group for group in ONE_WISH if name in group), name)


def _is_whole(parts: list[Part], text: str) -> bool:
    return len(parts) == 1 and parts[0].text == text.strip()


def _words(text: str) -> str:
    return re.sub(r"\W", "", text)


def _name(parse: Parse) -> Any:
    return parse["intent"]["name"]


def _moved(parse: Parse, part: Part, text: str) -> Parse:
    """The part's parse, told of the whole message: entities count from its first character."""
    return {
        **parse,
        "text": text,
        "entities": [
            {**entity, "start": entity["start"] + part.start, "end": entity["end"] + part.start}
            if "start" in entity
            else entity
            for entity in parse["entities"]
        ],
    }
