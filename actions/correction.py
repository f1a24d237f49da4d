"""Reading a correction: what is taken back, what holds instead, and which answer it is about.

Nothing here knows a form. "Not 9 but 6", "I meant Friday", "the address should be building 6" all
become the same two pieces; the form's own reading then takes the new one.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from typing import Any

from console.desk.fact_label import shown_value


@dataclass(frozen=True, slots=True)
class Correction:
    """`kept`: what holds instead; `taken_back`: what was wrong. Either may be empty."""

    kept: str
    taken_back: str = ""


_END = r"[,，。.;；!！\s]"  # a few of them: a page full of blanks must not be tried in every way
_PATTERNS = tuple(
    re.compile(pattern, re.IGNORECASE)
    for pattern in (
        rf"不是(?P<old>[^,，。;；是]{{1,20}}){_END}{{0,9}}(?:而|应该|其实|就)?是(?P<new>.{{1,60}})",
        rf"(?:是|改成|换成|为)(?P<new>[^,，。;；是]{{1,40}}?){_END}{{0,9}}而?不是(?P<old>[^,，。;；]{{1,20}})",
        rf"(?P<new>[^,，。;；是]{{1,40}}?){_END}{{0,9}}而?不是(?P<old>[^,，。;；]{{1,20}})",
        rf"(?:说|写|填|选|记|搞|弄|打|点)错了?{_END}{{0,9}}(?:应该|其实)?(?:是|改成|换成)?(?P<new>.{{0,60}})",
        r"(?:应该是|应为|其实是|改成|换成|改为|改到|改一下|更正为)(?P<new>.{0,60})",
        rf"\bnot (?P<old>[^,.;]{{1,40}}?){_END}{{1,9}}(?:but|it'?s|it is) (?P<new>.{{1,60}})",
        r"(?:\bit'?s |\bshould be |\bi want )?(?P<new>[^,.;]{1,40}?) ?, ?not (?P<old>[^,.;]{1,40})",
        r"\b(?:i meant?|should (?:be|read)|change (?:it|that|this)? ?to|make (?:it|that))\b(?P<new>.{1,60})",
        rf"\b(?:my mistake|i was wrong|sorry){_END}{{1,9}}(?:it'?s |it is )?(?P<new>.{{1,60}})",
    )
)
_ASKS_WHETHER = re.compile(r"是不是")
_TAIL = re.compile(r"(?:才对|吧|哦|啊|呢|了|instead|please)?[\s。.!！,，]*$", re.IGNORECASE)
# How people call an answer when they put it right.
_NAMES: Mapping[str, re.Pattern[str]] = {
    name: re.compile(pattern, re.IGNORECASE)
    for name, pattern in {
        "new_address": r"地址|收货地|address",
        "phone": r"电话|手机|号码|phone|number to call",
        "receiver": r"收件人|收货人|联系人|receiver|recipient",
        "quantity": r"数量|件数|quantity",
        "reason": r"原因|理由|reason",
        "condition": r"状态|拆封|condition",
        "return_way": r"退回方式|寄回方式|way (?:back|of return)",
        "slot_window": r"时间|时段|上门|几点|time|slot|pick-?up",
        "new_variant": r"颜色|款式|规格|colou?r|variant",
        "new_size": r"尺码|尺寸|码数|size",
        "invoice_title": r"抬头|title",
        "tax_no": r"税号|tax",
        "email": r"邮箱|邮件|e-?mail",
        "waybill_no": r"运单|快递单号|单号|waybill|tracking",
        "carrier": r"快递公司|carrier",
        "height": r"身高|height|tall",
        "weight": r"体重|weight",
        "budget": r"预算|budget",
        "target_price": r"目标价|心理价|target price",
    }.items()
}
_UNIT = re.compile(
    r"(?P<number>(?<!\d)\d+|(?<![一二三四五六七八九十百两])[一二三四五六七八九十百两]+)"
    r" ?(?P<unit>[栋幢座号楼单元室层弄巷期区排户])"
    r"|(?P<unit_en>building|room|unit|floor|flat|apt\.?|no\.) ?(?P<number_en>\w+)",
    re.IGNORECASE,
)


def read_correction(text: str) -> Correction | None:
    if _ASKS_WHETHER.search(text):
        return None
    for pattern in _PATTERNS:
        if found := pattern.search(text):
            said = found.groupdict()
            return Correction(_bare(said.get("new")), _bare(said.get("old")))
    return None


def _bare(words: str | None) -> str:
    return _TAIL.sub("", (words or "").strip(" ,，。.:：")).strip()


def meant_answer(
    correction: Correction, text: str, known: Mapping[str, Any], lang: str
) -> str | None:
    """Which of the known answers is corrected: called by name, by its old value, or by its kind."""
    named = [name for name in known if name in _NAMES and _NAMES[name].search(text)]
    if named:
        return named[0]
    old = correction.taken_back
    if len(old) > 1 or old.isdigit():
        by_value = [name for name, value in known.items() if _holds(name, value, old, lang)]
        if by_value:
            return by_value[0]
    return next((n for n, v in known.items() if amended(v, correction.kept) is not None), None)


def _holds(name: str, value: Any, old: str, lang: str) -> bool:
    shown = shown_value(name, value, lang)
    return any(old.casefold() in one.casefold() for one in (str(value), shown) if one)


def amended(value: Any, kept: str) -> str | None:
    """A long answer with only the named piece exchanged: "building 6" in an address."""
    if not isinstance(value, str):
        return None
    pieces = {_unit_of(found): found[0] for found in _UNIT.finditer(kept)}
    ours = {_unit_of(found) for found in _UNIT.finditer(value)}
    if not pieces or not set(pieces) <= ours:
        return None
    changed = _UNIT.sub(lambda found: pieces.get(_unit_of(found), found[0]), value)
    return changed if changed != value else None


def _unit_of(found: re.Match[str]) -> str:
    return str(found["unit"] or found["unit_en"]).casefold()


def exchanged(value: Any, correction: Correction) -> str | None:
    """The old words replaced where they stand in the answer."""
    old = correction.taken_back
    if not isinstance(value, str) or not old or not correction.kept or old not in value:
        return None
    return value.replace(old, correction.kept)


def known_of(names: Iterable[str], slots: Mapping[str, Any]) -> dict[str, Any]:
    return {name: slots[name] for name in names if slots.get(name) is not None}
