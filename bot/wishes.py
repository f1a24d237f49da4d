"""Decides whether a message is one wish or several, by reading its parts.

A cut is kept only where it helps: every part must be a wish of its own, and the parts must want
different things. What a comma or a blank cuts off is mostly more about the same wish ("the parcel
is lost, just refund me"), so it must be surer than what follows a full stop. Otherwise the message
is read as a whole. Every reading of unseen words costs the encoder's time, so the shortest part is
read first and nothing more once the message is one wish. Source: docs/adr/0024.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from itertools import combinations, pairwise
from typing import Any

from bot.one_wish import LEANING, NOT_UNDERSTOOD, POLITE, together
from bot.parts import HARD, Part, split_message

Parse = dict[str, Any]
# After a comma or a blank only; measured on cut and uncut held-out messages (docs/quality/nlu.md).
OWN_WISH = 0.70  # confidence of a part that is more than an elaboration
SHORTEST_WISH = 5  # characters; "and hurry", "swap it" lean on what stands beside them
_FULL_STOP = re.compile(HARD)
# Words without which no part was ever read as polite; a part that has one must be read.
_MAYBE_POLITE = re.compile(
    r"谢|感恩|辛苦|麻烦|劳驾|打扰|拜|再见|回见|[你您]好|好[的哒嘞吧]|早|晚安|在[吗么嘛不]|有人|亲|哈|嗨|喂"
    r"|先这样|没事了|thank|thx|bye|hello|\bhi\b|hey|cheers",
    re.IGNORECASE,
)
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
    return choose(text, parts, read)


def choose(text: str, parts: list[Part], read: Callable[[str], Parse]) -> Reading:
    """The parts if they are different wishes, else one reading of the message."""
    found: dict[int, Parse] = {}
    for at in sorted(range(len(parts)), key=lambda at: len(parts[at].text)):
        if _is_one_wish(text, parts, found):
            return _undivided(text, parts, read)
        found[at] = read(parts[at].text)
    if len(parts) == 1:
        was_cut = _words(parts[0].text) != _words(text)
        return Reading(text, [(text, _moved(found[0], parts[0], text))], was_cut)
    wanted = [(part, found[at]) for at, part in enumerate(parts) if _name(found[at]) not in POLITE]
    if len(wanted) == 1 and _name(wanted[0][1]) not in LEANING:
        return Reading(text, [(text, _moved(wanted[0][1], wanted[0][0], text))], was_cut=True)
    if len(wanted) < 2 or _is_one_wish(text, parts, found) or not _stand_alone(text, wanted):
        return _undivided(text, parts, read)
    return Reading(text, [(part.text, parse) for part, parse in wanted], was_cut=True)


def _undivided(text: str, parts: list[Part], read: Callable[[str], Parse]) -> Reading:
    """The whole; if that says nothing, what one part surely wants, and the rest to ask back about."""
    whole = read(text)
    if _name(whole) not in NOT_UNDERSTOOD:
        return Reading(text, [(text, whole)])
    found = [(part.text, read(part.text)) for part in parts]
    sure = [one for one in found if _is_sure(one[1])]
    if len(sure) != 1:
        return Reading(text, [(text, whole)])
    unclear = [
        one for one in found if _name(one[1]) in NOT_UNDERSTOOD and len(one[0]) >= SHORTEST_WISH
    ]
    return Reading(text, [one for one in found if one in [*sure, *unclear]], was_cut=True)


def _is_sure(parse: Parse) -> bool:
    is_wish = _name(parse) not in LEANING | POLITE
    return is_wish and parse["intent"]["confidence"] >= OWN_WISH


def _is_one_wish(text: str, parts: list[Part], found: Mapping[int, Parse]) -> bool:
    """Whether the parts read so far decide that; `found` has their readings by place."""
    names = [_name(parse) for parse in found.values()]
    wanted = [name for name in names if name not in POLITE]
    if len(parts) == 1:
        return False
    if LEANING.intersection(names) or any(together(*two) for two in combinations(wanted, 2)):
        return True
    return any(
        _is_loose(text, parts[at], parts[at + 1])
        and all(_is_wanted(parts[place], found.get(place)) for place in (at, at + 1))
        and any(_is_weak(parts[place], found.get(place)) for place in (at, at + 1))
        for at in range(len(parts) - 1)
    )


def _is_wanted(part: Part, parse: Parse | None) -> bool:
    """Surely more than a greeting or thanks."""
    return _name(parse) not in POLITE if parse else not _MAYBE_POLITE.search(part.text)


def _is_weak(part: Part, parse: Parse | None) -> bool:
    """Too short, or known to be too unsure, to be a wish of its own after a mere comma."""
    unsure = parse is not None and parse["intent"]["confidence"] < OWN_WISH
    return unsure or len(part.text) < SHORTEST_WISH


def _stand_alone(text: str, wanted: list[tuple[Part, Parse]]) -> bool:
    """Every part beside a mere comma or blank must be long and sure enough."""
    links = [_is_loose(text, one, other) for (one, _), (other, _) in pairwise(wanted)]
    beside = zip(wanted, [False, *links], [*links, False], strict=True)
    return not any(
        _is_weak(part, parse) for (part, parse), before, after in beside if before or after
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
