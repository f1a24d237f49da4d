"""Levels, points and benefits: one's own when signed in, the scheme for anybody."""

from __future__ import annotations

import re
from collections.abc import Iterable
from typing import override

from actions.turn import DeskAction, Event, Turn
from console.desk.membership import (
    BANDS,
    TOP_LEVEL,
    Benefit,
    Member,
    benefits_gained,
    benefits_of,
    next_band_level,
)
from console.services.membership import my_membership

_LEVELS = {
    "A": ("0-3 级", "levels 0-3"),
    "B": ("4-6 级", "levels 4-6"),
    "C": ("7 级", "level 7"),
}
_DIGITS = {digit: at for at, digit in enumerate("零一二三四五六七")}
_LEVEL = re.compile(r"([0-7零一二三四五六七])\s?级|level\s?([0-7])|\b([0-7])\b", re.IGNORECASE)
_POINTS = re.compile(r"积分|豆|points?\b", re.IGNORECASE)


class AnswerMembership(DeskAction):
    action_name = "action_answer_membership"

    @override
    async def act(self, turn: Turn) -> list[Event]:
        found = await my_membership(turn.desk, turn.conversation_id)
        levels = levels_in(turn.text)
        if len(levels) >= 2:
            _tell_difference(turn, found.benefits, min(levels), max(levels))
        elif found.member is None:
            _tell_scheme(turn, found.benefits)
        else:
            _tell_member(turn, found.member, found.benefits)
        return turn.task_done("ask_membership")


def levels_in(text: str) -> list[int]:
    found = [next(filter(None, match)) for match in _LEVEL.findall(text)]
    return list(dict.fromkeys(_DIGITS[one] if one in _DIGITS else int(one) for one in found))


def _tell_member(turn: Turn, member: Member, benefits: list[Benefit]) -> None:
    if _POINTS.search(turn.text):
        turn.say("utter_member_points", points=member.points)
    missing = member.growth_missing
    if missing is None:
        turn.say("utter_member_top", level=member.level)
    else:
        turn.say(
            "utter_member_level", level=member.level, missing=missing, following=member.level + 1
        )
    turn.say("utter_member_benefits", benefits=joined(turn, benefits_of(benefits, member.band)))
    following = next_band_level(member.level)
    if following is not None:
        more = benefits_gained(benefits, member.level, following)
        turn.say("utter_member_next_band", level=following, benefits=joined(turn, more))


def _tell_difference(turn: Turn, benefits: list[Benefit], lower: int, higher: int) -> None:
    more = benefits_gained(benefits, lower, min(higher, TOP_LEVEL))
    if more:
        turn.say("utter_levels_differ", lower=lower, higher=higher, benefits=joined(turn, more))
    else:
        turn.say("utter_levels_same", lower=lower, higher=higher)


def _tell_scheme(turn: Turn, benefits: list[Benefit]) -> None:
    """A band's own line names only what it adds."""
    colon = turn.words("：", ": ")
    rows = []
    for band in BANDS:
        added = [one for one in benefits if one.from_band == band]
        rows.append(f"· {turn.words(*_LEVELS[band])}{colon}{joined(turn, added)}")
    turn.say("utter_member_scheme", lines="\n".join(rows))


def joined(turn: Turn, benefits: Iterable[Benefit]) -> str:
    return turn.words("、", ", ").join(one.text.of(turn.lang) for one in benefits)
