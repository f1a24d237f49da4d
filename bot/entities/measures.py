"""Sizes and measures of people: garment size, height in cm, weight in kg, age in months.

A weight or an age is taken only where a person or an animal is meant: "5斤苹果" and "保修8个月" are
goods and time.
"""

from __future__ import annotations

import re
from collections.abc import Iterator

from bot.entities.found import Found
from bot.entities.numerals import NUMBER, read_number

_NO_WORD = r"(?![a-z])"
_LETTERS = r"(?:[2-6]xl|x{1,3}l|x{1,2}s|nb)"
_SIZE = re.compile(
    rf"(?<![a-z0-9'])(?P<letters>{_LETTERS})(?![a-z0-9])"
    r"|(?<![a-z0-9'])(?P<letter>[sml])\s?(?:码|号)"
    r"|(?:size|[换穿拿要选拍买成]|是)\s?(?P<named>[sml])(?![a-z0-9'])"
    r"|(?<!\d)(?P<number>[1-5]\d(?:\.5|半)?)\s?码"
    r"|(?:[穿换拿选买]|size|尺码)\s?(?P<worn>[1-5]\d(?:\.5)?)(?:号)?(?![\d.a-z个件台元块天岁斤公])"
    r"|(?P<uniform>均码)"
)
_HEIGHT = re.compile(
    rf"(?P<metres>[一1])\s?(?:米|m{_NO_WORD})\s?(?P<rest>[一二三四五六七八九]{{1,2}}|\d{{1,2}})(?!\d)"
    rf"|(?<!\d)(?P<cm>[5-9]\d|1\d\d|2[0-2]\d)\s?(?:cm{_NO_WORD}|厘米|公分)"
    rf"|(?<![\d.])(?P<decimal>1\.\d{{1,2}})\s?(?:米|m{_NO_WORD})"
    r"|(?:身高|净高|height|tall)\D{0,4}(?P<bare>1\d\d|2[0-2]\d|[5-9]\d)(?!\d)"
)
_MEASURED_THING = re.compile(r"(?:长|宽|厚|直径|桌|柜|床|屏|线)[^,，。]{0,4}$")
_DIGITS = dict(zip("一二三四五六七八九", range(1, 10), strict=True))
_WEIGHT = re.compile(
    rf"(?P<called>(?:体重|净重|人重|宝宝|娃|孩子|weigh(?:s|t)?|狗|猫)\D{{0,5}})?(?<![\d.])(?P<number>{NUMBER})"
    rf"\s?(?P<unit>公斤|千克|斤|kg{_NO_WORD}|kilos?{_NO_WORD}|pounds?{_NO_WORD}|lbs?{_NO_WORD})"
)
_KILOGRAMS = {
    "斤": 0.5,
    "公斤": 1.0,
    "千克": 1.0,
    "kg": 1.0,
    "kilo": 1.0,
    "pound": 0.4536,
    "lb": 0.4536,
}
_LEAST_OF_A_PERSON = 35  # kg, where nothing says who is weighed
_HEAVIEST = 250
_BARE_WEIGHT = re.compile(r"体重\D{0,3}(?P<number>\d{2,3})(?![\d.]|\s?(?:公?斤|kg|千克))")
_YEARS = re.compile(
    rf"(?<![\d.])(?P<number>{NUMBER})\s?(?:周?岁|years?[\s-]old|yo{_NO_WORD})(?P<half>半)?"
)
_MONTHS = re.compile(
    rf"(?:宝宝|孩子|娃|小孩|婴儿|狗|猫|儿子|女儿)\D{{0,4}}(?P<after>{NUMBER})\s?个多?月"
    rf"|(?<![\d.])(?P<before>{NUMBER})\s?个多?月(?:大|的?(?:宝宝|婴儿|孩子|娃|小?狗|小?猫))"
    r"|(?<![\d.])(?P<english>\d{1,2})[\s-]months?[\s-]old"
)


def find_sizes(text: str) -> Iterator[Found]:
    for match in _SIZE.finditer(text):
        group = str(match.lastgroup)
        value = match[group].replace("半", ".5").upper()
        yield Found("size", value, match.start(group), match.end(group))


def find_heights(text: str) -> Iterator[Found]:
    for match in _HEIGHT.finditer(text):
        if _MEASURED_THING.search(text, max(0, match.start() - 8), match.start()):
            continue
        span = match.span("bare") if match["bare"] else match.span()
        yield Found("height", _centimetres(match), span[0], span[1])


def _centimetres(match: re.Match[str]) -> int:
    if match["metres"]:
        digits = "".join(str(_DIGITS.get(one, one)) for one in match["rest"])
        return 100 + int(digits.ljust(2, "0"))
    if match["decimal"]:
        return round(float(match["decimal"]) * 100)
    return int(match["cm"] or match["bare"])


def find_weights(text: str) -> Iterator[Found]:
    for match in _WEIGHT.finditer(text):
        number = read_number(match["number"])
        if number is None:
            continue
        kilograms = float(number) * _KILOGRAMS[match["unit"].rstrip("s")]
        least = 1 if match["called"] else _LEAST_OF_A_PERSON
        if least <= kilograms <= _HEAVIEST:
            yield Found("weight", f"{kilograms:g}", match.start("number"), match.end())
    for match in _BARE_WEIGHT.finditer(text):
        yield Found("weight", _bare(int(match["number"])), match.start("number"), match.end())


def _bare(number: int) -> str:
    """Without a unit: above 90 people mean 斤."""
    return f"{number / 2 if number > 90 else number:g}"


def find_ages(text: str) -> Iterator[Found]:
    for match in _YEARS.finditer(text):
        years = read_number(match["number"])
        if years is not None and years <= 120:
            months = int(years * 12) + (6 if match["half"] else 0)
            yield Found("age", months, match.start(), match.end())
    for match in _MONTHS.finditer(text):
        group = str(match.lastgroup)
        count = read_number(match[group])
        if count is not None and count <= 60:
            yield Found("age", int(count), match.start(group), match.end())
