"""Days and clock times, counted from an injected "now" in the shop's time zone.

Values are ISO: a date as 2026-11-20, a time as 19:30. A bare weekday is the next one to come.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from datetime import date, datetime, timedelta

from bot.entities.found import Found

_WORDS = {
    "大前天": -3, "前天": -2, "昨天": -1, "昨晚": -1, "今天": 0, "今早": 0, "今晚": 0, "今日": 0,
    "明天": 1, "明早": 1, "明晚": 1, "明日": 1, "大后天": 3, "后天": 2,
    "day before yesterday": -2, "yesterday": -1, "today": 0, "tonight": 0,
    "day after tomorrow": 2, "tomorrow": 1,
}  # fmt: skip
_WEEKDAYS = dict(
    zip("一二三四五六日天123456", (0, 1, 2, 3, 4, 5, 6, 6, 0, 1, 2, 3, 4, 5), strict=True)
)
_ENGLISH = ("monday", "tuesday", "wednesday", "thursday", "friday", "saturday", "sunday")
_WORD = re.compile("|".join(sorted(_WORDS, key=len, reverse=True)))
_WEEKDAY = re.compile(
    r"(?P<week>上上|上|这|本|下下|下)?个?(?:周|星期|礼拜)(?P<day>[一二三四五六日天1-6])"
)
_ENGLISH_WEEKDAY = re.compile(
    rf"(?:(?P<week>last|this|next) )?(?P<day>{'|'.join(_ENGLISH)})(?![a-z])"
)
_CALENDAR = re.compile(
    r"(?<!\d)(?:(?P<year>20\d\d)[-/.年])?(?P<month>1[0-2]|0?[1-9])(?:[-/](?=\d)|月)"
    r"(?P<day>3[01]|[12]\d|0?[1-9])(?:[日号](?!楼|线|店)|(?![\d.]))"
)
_WEEKS = {
    "上上": -14,
    "上": -7,
    "last": -7,
    "这": 0,
    "本": 0,
    "this": 0,
    "下": 7,
    "next": 7,
    "下下": 14,
}
_NUMERAL = {
    **dict(zip("一二两三四五六七八九", (1, 2, 2, 3, 4, 5, 6, 7, 8, 9), strict=True)),
    "十": 10,
    "十一": 11,
    "十二": 12,
}
_CLOCK = re.compile(
    r"(?:(?P<part>凌晨|早上|上午|中午|下午|傍晚|晚上|今晚|明晚|昨晚)\s?)?"
    r"(?:(?<!\d)(?P<hour>[01]?\d|2[0-4])(?:[:：](?P<minute>[0-5]\d)(?!\d)|(?P<dian>点)(?!击|赞|评))"
    r"|(?P<spoken>十[一二]?|[一二两三四五六七八九])点(?!击|赞|评|儿|都|问题|毛病|也|不))"
    r"(?:钟|整|(?P<half>半)|(?P<after>[0-5]?\d)分?)?"
)
# "A little" is written like "one o'clock": faster by a bit, not the least sign of it.
_AT_ONE = re.compile(
    r"(?<=[天日号])一点|一点(?:钟|整|半|[0-5]?\d|左右|[之以]?[前后]|[到至](?=[\d二两三四五六七八九十]))"
    r"|(?<![\u4e00-\u9fff])一点$"
)
_ENGLISH_CLOCK = re.compile(
    r"(?<!\d)(?P<hour>1[0-2]|[1-9])(?:[:.](?P<minute>[0-5]\d))?\s?(?P<half>am|pm)(?![a-z])"
)
_LATE = frozenset({"下午", "傍晚", "晚上", "今晚", "明晚", "昨晚"})


def find_dates(text: str, now: datetime) -> Iterator[Found]:
    today = now.date()
    for word in _WORD.finditer(text):
        yield _found(word, today + timedelta(days=_WORDS[word[0]]))
    for day in _WEEKDAY.finditer(text):
        yield _found(day, _weekday(today, _WEEKDAYS[day["day"]], day["week"]))
    for day in _ENGLISH_WEEKDAY.finditer(text):
        yield _found(day, _weekday(today, _ENGLISH.index(day["day"]), day["week"]))
    for written in _CALENDAR.finditer(text):
        exact = _calendar(today, written)
        if exact is not None:
            yield _found(written, exact)


# Windows of a day, local time; what is named "after seven" ends when deliveries end.
_PARTS = {
    "早上": "08:00/12:00", "上午": "09:00/12:00", "中午": "11:00/14:00", "下午": "12:00/18:00",
    "傍晚": "17:00/19:00", "晚上": "18:00/21:00", "晚间": "18:00/21:00", "下班后": "18:00/21:00",
    "全天": "09:00/21:00", "morning": "09:00/12:00", "afternoon": "12:00/18:00",
    "evening": "18:00/21:00",
}  # fmt: skip
_PART = re.compile(rf"(?:{'|'.join(_PARTS)})(?!好|\s?(?:\d|[一二两三四五六七八九十]{{1,2}}点))")
_HOUR = r"(?:1\d|2[0-4]|0?\d|十[一二]?|[一二两三四五六七八九])"
_RANGE = re.compile(
    rf"(?P<part>早上|上午|中午|下午|晚上)?(?<!\d)(?P<start>{_HOUR})(?::00|点)?\s?(?:到|至|-|~|—)\s?"
    rf"(?P<end>{_HOUR})(?:点|:00)(?!\d)"
)
_OPEN = re.compile(
    rf"(?P<part>早上|上午|中午|下午|晚上)?(?<!\d)(?P<hour>{_HOUR})点(?:以|之)?(?P<side>后|前)"
)
_ENGLISH_OPEN = re.compile(
    r"(?P<side>after|before)\s(?P<hour>1[0-2]|[1-9])\s?(?P<half>am|pm)(?![a-z])"
)
_DAY_ENDS = "21:00"
_DAY_BEGINS = "09:00"


def find_slots(text: str) -> Iterator[Found]:
    """Windows as "09:00/12:00"; the day is a `date` of its own."""
    for span in _RANGE.finditer(text):
        start, end = _hour(span["start"], span["part"]), _hour(span["end"], span["part"])
        if start < end:
            yield Found("slot", f"{start:02d}:00/{end:02d}:00", span.start(), span.end())
    for clock in _OPEN.finditer(text):
        hour = _hour(clock["hour"], clock["part"])
        yield _open_slot(clock, hour, is_after=clock["side"] == "后")
    for clock in _ENGLISH_OPEN.finditer(text):
        hour = int(clock["hour"]) % 12 + (12 if clock["half"] == "pm" else 0)
        yield _open_slot(clock, hour, is_after=clock["side"] == "after")
    for part in _PART.finditer(text):
        yield Found("slot", _PARTS[part[0]], part.start(), part.end())


def _hour(written: str, part: str | None) -> int:
    hour = int(written) if written.isdigit() else _NUMERAL[written]
    return hour + 12 if part in _LATE and hour < 12 else hour


def _open_slot(match: re.Match[str], hour: int, *, is_after: bool) -> Found:
    window = f"{hour:02d}:00/{_DAY_ENDS}" if is_after else f"{_DAY_BEGINS}/{hour:02d}:00"
    return Found("slot", window, match.start(), match.end())


def find_times(text: str) -> Iterator[Found]:
    for clock in _CLOCK.finditer(text):
        if clock["spoken"] == "一" and not clock["part"] and not _AT_ONE.match(text, clock.start()):
            continue
        hour = int(clock["hour"]) if clock["hour"] else _NUMERAL[clock["spoken"]]
        minute = 30 if clock["half"] else int(clock["minute"] or clock["after"] or 0)
        late = clock["part"] in _LATE and hour < 12
        yield _time(clock, hour + 12 if late else hour, minute)
    for clock in _ENGLISH_CLOCK.finditer(text):
        hour = int(clock["hour"]) % 12 + (12 if clock["half"] == "pm" else 0)
        yield _time(clock, hour, int(clock["minute"] or 0))


def _weekday(today: date, weekday: int, week: str | None) -> date:
    if week is None:
        return today + timedelta(days=(weekday - today.weekday()) % 7)
    monday = today - timedelta(days=today.weekday())
    return monday + timedelta(days=weekday + _WEEKS[week])


def _calendar(today: date, written: re.Match[str]) -> date | None:
    """Without a year: the nearest such day, since both orders and appointments are near."""
    month, day = int(written["month"]), int(written["day"])
    try:
        if written["year"]:
            return date(int(written["year"]), month, day)
        near = [date(today.year + shift, month, day) for shift in (-1, 0, 1)]
    except ValueError:
        return None
    return min(near, key=lambda one: abs((one - today).days))


def _found(match: re.Match[str], day: date) -> Found:
    return Found("date", day.isoformat(), match.start(), match.end())


def _time(match: re.Match[str], hour: int, minute: int) -> Found:
    return Found("time", f"{hour % 24:02d}:{minute:02d}", match.start(), match.end())
