"""The longest text that may be sent costs every pattern next to nothing.

Actions run inside the desk: a pattern that tries a page full of blanks in every way would let one
visitor stop the desk for everybody. What counts is time of this thread, not of the clock.
"""

from __future__ import annotations

import importlib
import pkgutil
import re
import time
from collections.abc import Iterator
from typing import Any

import pytest

import actions
import console.desk
from console.desk.message import TEXT_LIMIT

MOST_S = 0.5  # the bad ones took 2 to 20
UNITS = (" ", "\n", "1", "a", "一", "我", "1 ", "a@", "x.", "a1", "，", "订单号")
TEXTS = [f"x{unit * (TEXT_LIMIT // len(unit))}"[: TEXT_LIMIT - 1] + "y" for unit in UNITS]


def _patterns(value: Any, depth: int = 0) -> Iterator[re.Pattern[str]]:
    if isinstance(value, re.Pattern) and isinstance(value.pattern, str):
        yield value
    elif isinstance(value, (tuple, list, set, frozenset)) and depth < 3:
        for one in value:
            yield from _patterns(one, depth + 1)
    elif isinstance(value, dict) and depth < 3:
        for pair in value.items():
            yield from _patterns(pair, depth + 1)


def _found_in(module: str) -> list[re.Pattern[str]]:
    values = vars(importlib.import_module(module)).values()
    return list(dict.fromkeys(found for value in values for found in _patterns(value)))


MODULES = [
    name
    for package in (actions, console.desk)
    for _, name, _ in pkgutil.walk_packages(package.__path__, f"{package.__name__}.")
]
PATTERNS = list(dict.fromkeys(found for module in MODULES for found in _found_in(module)))


def _seconds(pattern: re.Pattern[str], text: str) -> float:
    began = time.thread_time()
    for _ in pattern.finditer(text):
        pass
    return time.thread_time() - began


@pytest.mark.parametrize("text", TEXTS, ids=[repr(unit) for unit in UNITS])
def test_no_pattern_needs_long_for_the_longest_text(text: str) -> None:
    slow = [pattern.pattern for pattern in PATTERNS if _seconds(pattern, text) > MOST_S]

    assert slow == []


def test_a_pattern_that_does_is_seen() -> None:
    """The negative control."""
    assert len(PATTERNS) > 200
    assert _seconds(re.compile(r"[^,]{1,40}?\s*not"), TEXTS[0]) > MOST_S
