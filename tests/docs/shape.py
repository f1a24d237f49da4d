"""Compares a documented example with a real answer: the same keys and kinds, other values."""

from __future__ import annotations

import re
from typing import Any

MORE = "…"  # as a key: names like the others follow
_TIME = re.compile(r"^\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d(\.\d{3})?Z$")


def differences(documented: Any, real: Any, where: str = "") -> list[str]:
    """Sentences about what does not fit; empty when the example tells the truth.

    A list fits when every real element fits one of the documented ones. An empty documented object
    stands for one with any content.
    """
    if isinstance(documented, dict) and isinstance(real, dict):
        return _objects(documented, real, where) if documented else []
    if isinstance(documented, list) and isinstance(real, list):
        return _lists(documented, real, where)
    if _kind(documented) != _kind(real):
        return [f"{where or 'answer'}: documented {documented!r}, but it is {real!r}"]
    return []


def _objects(documented: dict[str, Any], real: dict[str, Any], where: str) -> list[str]:
    found = [
        f"{where}.{name}: documented, but gone" for name in documented.keys() - real.keys() - {MORE}
    ]
    if MORE not in documented:
        found += [f"{where}.{name}: not documented" for name in real.keys() - documented.keys()]
    for name in documented.keys() & real.keys():
        found += differences(documented[name], real[name], f"{where}.{name}")
    return sorted(found)


def _lists(documented: list[Any], real: list[Any], where: str) -> list[str]:
    if documented and not real:
        return [f"{where}: documented with elements, but it is empty"]
    found = []
    for index, element in enumerate(real):
        tries = [differences(example, element, f"{where}[{index}]") for example in documented]
        if not any(not wrong for wrong in tries):
            found += min(tries, key=len, default=[f"{where}[{index}]: not documented"])
    return found


def _kind(value: Any) -> str:
    if isinstance(value, str):
        return "time" if _TIME.match(value) else "text"
    if isinstance(value, bool):
        return "yes or no"
    return "number" if isinstance(value, int | float) else type(value).__name__
