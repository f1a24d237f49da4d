"""Decides whether a message is one wish or several, by reading its parts.

A cut is kept only where it helps: every part must be a wish of its own, and the parts must want
different things. What a comma or a blank cuts off is mostly more about the same wish ("the parcel
is lost, just refund me"), so it must be surer than what follows a full stop. Otherwise the message
is read as a whole. Source: docs/adr/0024.
"""

from __future__ import annotations

import re
from collections.abc import Callable
from dataclasses import dataclass
from itertools import combinations, pairwise
from typing import Any

from bot.parts import HARD, Part, split_message

Parse = dict[str, Any]
# These say nothing on their own: an answer, a nod, or nothing that was understood.
LEANING = frozenset({"nlu_fallback", "inform", "affirm", "deny", "out_of_scope", "chitchat", None})
# Said together they are one wish: what is to become of an order or of a broken thing, the same
# question with more or less hurry, a price that fell and what is asked for it.
ONE_WISH = (
    frozenset(
        {
            "cancel_order",
            "request_return",
            "request_refund_only",
            "refuse_delivery",
            "cancel_after_sale",
        }
    ),
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
    frozenset(
        {
            "apply_price_protect",
            "ask_price_protect_policy",
            "price_protect_rejected",
            "query_price_protect_record",
            "request_compensation",
        }
    ),
    frozenset(
        {
            "ask_delivery_time",
            "ask_arrival_time",
            "ask_ship_date",
            "urge_shipment",
            "urge_delivery",
        }
    ),
    frozenset({"track_logistics", "logistics_stalled"}),
    frozenset(
        {
            "query_refund_progress",
            "query_after_sale_progress",
            "urge_after_sale",
            "dispute_refund_amount",
        }
    ),
    frozenset({"ask_coupon", "coupon_unusable"}),
    frozenset(
        {
            "request_human",
            "request_previous_agent",
            "escalate_to_supervisor",
            "file_complaint",
            "express_anger",
        }
    ),
    frozenset({"search_product", "recommend_product", "ask_price", "bargain_price"}),
)
# What is wrong, and what is to be done about it.
FAULTS = frozenset(
    {
        "report_quality_issue",
        "report_damaged",
        "report_wrong_item",
        "report_missing_parts",
        "ask_troubleshooting",
        "request_repair",
    }
)
REMEDIES = frozenset(
    {
        "request_return",
        "request_refund_only",
        "request_exchange",
        "request_size_swap",
        "request_repair",
        "request_replace_instead_of_repair",
        "request_compensation",
        "refuse_delivery",
    }
)
# These need no turn of their own beside a real wish.
POLITE = frozenset({"greet", "thank", "goodbye"})
# After a comma or a blank only; measured on cut and uncut held-out messages (docs/quality/nlu.md).
OWN_WISH = 0.70  # confidence of a part that is more than an elaboration
SHORTEST_WISH = 5  # characters; "and hurry", "swap it" lean on what stands beside them
_FULL_STOP = re.compile(HARD)
_ALSO = re.compile(
    r"顺便|顺带|另外|还有|对了|然后|以及|同时|再(?:帮|问|给|查)|(?:also|and|plus|by the way)\b",
    re.IGNORECASE,
)


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
    is_one = LEANING.intersection(names) or any(_together(*two) for two in combinations(names, 2))
    if len(wanted) < 2 or is_one or not _stand_alone(text, wanted):
        return Reading(text, [(text, whole())])
    return Reading(text, [(part.text, parse) for part, parse in wanted], was_cut=True)


def _together(one: Any, other: Any) -> bool:
    """Whether two intents of one message are one wish."""
    return (
        one == other
        or any({one, other} <= group for group in ONE_WISH)
        or (one in FAULTS and other in REMEDIES)
        or (other in FAULTS and one in REMEDIES)
    )


def _stand_alone(text: str, wanted: list[tuple[Part, Parse]]) -> bool:
    """Every part beside a mere comma or blank must be long and sure enough."""
    links = [_is_loose(text, one, other) for (one, _), (other, _) in pairwise(wanted)]
    beside = zip(wanted, [False, *links], [*links, False], strict=True)
    return all(
        len(part.text) >= SHORTEST_WISH and parse["intent"]["confidence"] >= OWN_WISH
        for (part, parse), before, after in beside
        if before or after
    )


def _is_loose(text: str, one: Part, other: Part) -> bool:
    """Cut by a comma or a blank, with no word that announces another wish."""
    between = text[one.start + len(one.text) : other.start]
    return _FULL_STOP.search(between) is None and _ALSO.match(other.text) is None


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
