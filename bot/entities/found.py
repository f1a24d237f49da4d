"""One entity in a text."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass


@dataclass(frozen=True)
class Found:
    """`start` and `end` are a half-open span of the folded text."""

    entity: str
    value: str | int
    start: int
    end: int

    def overlaps(self, other: Found) -> bool:
        return self.start < other.end and other.start < self.end


def groups(
    pattern: re.Pattern[str], text: str, entity: str, group: int | str = 0
) -> Iterator[Found]:
    """Every match, its value being the matched group in upper case without blanks or hyphens."""
    for match in pattern.finditer(text):
        value = re.sub(r"[\s-]", "", match[group]).upper()
        yield Found(entity, value, match.start(group), match.end(group))
