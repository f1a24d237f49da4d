"""Money in fen, and how many pieces.

An amount near words of a limit is a `budget`. "4k" is a screen, 千克 a weight, "一块" often means
"together": such cases are left alone.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from decimal import Decimal

from bot.entities.found import Found
from bot.entities.numerals import DIGITS, NUMBER, read_number

_FACTORS = {"万": 10_000, "w": 10_000, "千": 1_000, "k": 1_000}
_NOT_A_WORD = r"(?![a-z])"
_AMOUNT = re.compile(
    rf"(?P<mark>[¥￥]\s?)?(?<![\d.a-z第])(?P<number>{NUMBER})\s?"
    rf"(?:(?P<factor>[万千](?![克米瓦卡伏能])|[kw]{_NOT_A_WORD})?\s?"
    rf"(?P<unit>元|块钱|块|圆|塊|rmb{_NOT_A_WORD}|yuan{_NOT_A_WORD}|cny{_NOT_A_WORD})?)"
    rf"(?P<tenths>(?<=块)[\d{''.join(DIGITS)}](?![\d个件台]))?"
)
_LIMIT_BEFORE = re.compile(
    r"(?:预算|預算|不超过|不超過|不要超过|别超过?|不高于|低于|最多|顶多|上限|控制在|budget"
    r"|under|below|within|less than|up to)"
    r"[^\d]{0,6}$"
)
_LIMIT_AFTER = re.compile(
    r"\s?(?:块钱?|元)?\s?(?:以内|以內|以下|左右|上下|之内|封顶|打住|到顶|顶天"
    r"|内的?预算|的预算|出头|or less|budget)"
)
_SCREENS = frozenset({"2k", "4k", "8k"})
_TOGETHER = re.compile(r"[一两]块(?!钱|[零一二三四五六七八九\d]|$|[\s,.!?，。！？以左])")
_QUANTITY = re.compile(
    rf"(?<![\d.第a-z])(?P<number>\d{{1,4}}|[{''.join(DIGITS)}十百]{{1,4}})\s?"
    r"(?:个(?!月|小时|工作日|星期|礼拜|人|问题|多)|件|台|盒|箱|瓶|双|条|套|包|只|份|部|本|支|袋|罐|桶|"
    r"pcs|pieces?|items?|units?|boxes|box|pairs?)(?![a-z])"
)
_ROUND = re.compile(r"^[一二两三四五六七八九]+[百千]")
_END = re.compile(r"\s?[呢吧嘛]?[?？。!！~～]*$")
_ARTICLES = frozenset({"一个"})


def find_amounts(text: str) -> Iterator[Found]:
    for match in _AMOUNT.finditer(text):
        limit = _is_limit(text, match)
        if not (match["mark"] or match["unit"] or match["factor"] or limit or _is_round(match)):
            continue
        if _means_else(match, is_limit=limit):
            continue
        fen = _fen(match)
        if fen is not None:
            yield Found("budget" if limit else "amount", fen, match.start(), _end(match))


def find_quantities(text: str) -> Iterator[Found]:
    for match in _QUANTITY.finditer(text):
        number = read_number(match["number"])
        if number is not None and match[0] not in _ARTICLES and number > 0:
            yield Found("quantity", int(number), match.start(), match.end())


def _is_limit(text: str, match: re.Match[str]) -> bool:
    before = _LIMIT_BEFORE.search(text, max(0, match.start() - 16), match.start())
    after = _LIMIT_AFTER.match(text, _end(match))
    return before is not None or after is not None


def _is_round(match: re.Match[str]) -> bool:
    """A spoken sum that ends what is said: "and for two thousand two?"."""
    return (
        _ROUND.search(match["number"]) is not None
        and _END.match(match.string, _end(match)) is not None
    )


def _means_else(match: re.Match[str], *, is_limit: bool) -> bool:
    if match["number"] == "半" or (match["number"] in "万千百十" and not match["unit"]):
        return True
    whole = f"{match['number']}{match['factor'] or ''}"
    if whole in _SCREENS and not match["unit"] and not is_limit:
        return True
    return (
        match["unit"] == "块" and _TOGETHER.match(match.string, match.start("number")) is not None
    )


def _fen(match: re.Match[str]) -> int | None:
    number = read_number(match["number"])
    if number is None:
        return None
    yuan = number * _FACTORS.get(match["factor"] or "", 1)
    tenths = match["tenths"]
    if tenths:
        yuan += (read_number(tenths) or Decimal(0)) / 10
    return int(yuan * 100)


def _end(match: re.Match[str]) -> int:
    """The pattern may have swallowed a blank after the number."""
    return match.start() + len(match[0].rstrip())
