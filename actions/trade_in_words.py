"""The questionnaire about an old thing, read from free words."""

from __future__ import annotations

import re
from collections.abc import Sequence

from console.desk.product import Category
from console.desk.trade_in import Age, Looks, Mode


def _patterns(*pairs: tuple[str, str]) -> list[tuple[str, re.Pattern[str]]]:
    return [(value, re.compile(pattern, re.IGNORECASE)) for value, pattern in pairs]


_CATEGORIES = _patterns(
    (Category.DIGITAL, r"手表|手环|耳机|相机|平板|watch|headphone|camera|tablet|ipad"),
    (Category.COMPUTERS, r"电脑|笔记本|台式|laptop|computer|notebook|macbook"),
    (Category.PHONES, r"手机|旧机(?!器)|phone"),
    (
        Category.APPLIANCES,
        r"冰箱|洗衣机|空调|电视|家电|微波炉|烤箱|热水器|风扇|fridge|washing machine"
        r"|air ?con|\btv\b|appliance|oven",
    ),
)
_AGES = _patterns(
    (
        Age.UNDER_1,
        r"(?:不到|不满)一年|半年|几个月|(?<!\d)\d+\s*个月|刚买|less than (?:a|one) year|\bmonths?\b",
    ),
    (
        Age.OVER_3,
        r"[3三]\s*年(?:多|以上)|好几年|很久|(?<!\d)(?:[4-9]|1\d)\s*年|[四五六七八九十]年"
        r"|(?:over|more than) (?:3|three)|\b(?:[4-9]|1\d|four|five|six|ten) years",
    ),
    (Age.UNDER_3, r"[一二两三1-3]\s*年|\b(?:1|2|3|one|two|three|a) years?"),
)
_LOOKS = _patterns(
    (Looks.BROKEN, r"碎|裂|破|变形|crack|broken|shatter|bent"),
    (Looks.WORN, r"划痕|磨损|旧|掉漆|磕|scratch|worn|used"),
    (Looks.GOOD, r"完好|很新|没.{0,2}划痕|良好|不错|good|like new|perfect|fine"),
)
_WORKS = _patterns(
    ("no", r"坏|不能|开不了|不(?:亮|转|制冷|好用)|没反应|not work|doesn'?t|broken|dead|\bno\b"),
    ("yes", r"正常|能用|好用|没问题|可以|works?|fine|\byes\b"),
)
_MODES = _patterns(
    (Mode.AT_ONCE, r"立减|直接(?:抵|减)|当场|先抵|at once|right away|deduct|now"),
    (Mode.AFTER, r"之后|事后|打款|检测完|先付|返|after|later|paid out"),
)


def read_category(text: str) -> str | None:
    return _first(_CATEGORIES, text)


def read_age(text: str) -> str | None:
    return _first(_AGES, text)


def read_looks(text: str) -> str | None:
    """ "No scratches" is good; the word alone is worn."""
    if re.search(r"没.{0,3}(?:划痕|磨损)|no scratch", text, re.IGNORECASE):
        return Looks.GOOD
    return _first(_LOOKS, text)


def read_works(text: str) -> str | None:
    return _first(_WORKS, text)


def read_mode(text: str) -> str | None:
    return _first(_MODES, text)


def _first(patterns: Sequence[tuple[str, re.Pattern[str]]], text: str) -> str | None:
    return next((str(value) for value, pattern in patterns if pattern.search(text)), None)
