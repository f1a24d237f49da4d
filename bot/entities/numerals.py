"""Numbers written in digits or in Chinese, as exact decimals."""

from __future__ import annotations

import re
from decimal import Decimal

DIGITS = dict(zip("零〇一二两三四五六七八九", (0, 0, 1, 2, 2, 3, 4, 5, 6, 7, 8, 9), strict=True))
UNITS = {"十": 10, "百": 100, "千": 1000}
MYRIADS = {"万": 10_000, "亿": 100_000_000}
CHINESE = f"[{''.join(DIGITS)}十百千万亿半]"
ARABIC = r"\d{1,3}(?:,\d{3})+(?:\.\d{1,2})?|\d+(?:\.\d{1,2})?"
NUMBER = (
    rf"(?:{ARABIC}|{CHINESE}{{1,24}})"  # a longer run is no number, and would be tried everywhere
)
_ARABIC = re.compile(ARABIC)


def read_number(written: str) -> Decimal | None:
    """The value of a match of `NUMBER`; None for Chinese characters in no sensible order."""
    if _ARABIC.fullmatch(written):
        return Decimal(written.replace(",", ""))
    if written == "半":
        return Decimal("0.5")
    return _read_chinese(written)


def _read_chinese(written: str) -> Decimal | None:
    """Spoken short forms count: the last digit of 三千五 stands for hundreds."""
    total = section = 0
    digit: int | None = None
    last_unit = 1
    for character in written:
        if character in DIGITS:
            if digit not in {None, 0}:
                return None
            digit = DIGITS[character]
            last_unit = 1 if digit == 0 else last_unit
        elif character in UNITS:
            section += (1 if digit is None else digit) * UNITS[character]
            digit, last_unit = None, UNITS[character]
        elif character in MYRIADS:
            total += (section + (digit or 0)) * MYRIADS[character]
            section, digit, last_unit = 0, None, MYRIADS[character]
        else:
            return None
    rest = (digit or 0) * (last_unit // 10 if last_unit >= 100 else 1)
    return Decimal(total + section + rest)
