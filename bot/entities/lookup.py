"""Names from lists: brands, categories, products, colours, carriers, places.

The lists lie in `data/lookup/<entity>.yml` (value: other spellings) and are read again when a file
changes, so that a new catalogue needs no training.
"""

from __future__ import annotations

import os
import re
import threading
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from pathlib import Path

from bot.entities.found import Found
from bot.sources import PROJECT, read_yaml
from bot.text import fold


@dataclass(frozen=True)
class Names:
    """One entity's `pattern` of all spellings, longest first, and what each one means."""

    entity: str
    pattern: re.Pattern[str]
    values: Mapping[str, str]


class Lookup:
    """The lists of one folder. Safe to call from several threads."""

    def __init__(self, folder: Path) -> None:
        self._folder = folder
        self._stamp: tuple[tuple[str, int], ...] = ()
        self._names: list[Names] = []
        self._lock = threading.Lock()

    def find(self, text: str) -> Iterator[Found]:
        for names in self._current():
            for match in names.pattern.finditer(text):
                yield Found(names.entity, names.values[match[0]], match.start(), match.end())

    def _current(self) -> list[Names]:
        stamp = _stamp_of(self._folder)
        with self._lock:
            if stamp != self._stamp:
                self._names = [read_names(Path(path)) for path, _ in stamp]
                self._stamp = stamp
            return self._names


def _stamp_of(folder: Path) -> tuple[tuple[str, int], ...]:
    """Every list and when it was written; asked for with each message, so without `glob`."""
    try:
        with os.scandir(folder) as found:
            lists = [(one.path, one.stat().st_mtime_ns) for one in found if _is_list(one.name)]
    except FileNotFoundError:
        return ()
    return tuple(sorted(lists))


def _is_list(name: str) -> bool:
    return name.endswith(".yml")


def read_names(path: Path) -> Names:
    values = {
        fold(str(spelling)).text: str(value)
        for value, others in read_yaml(path).items()
        for spelling in (value, *(others or ()))
    }
    longest_first = sorted(values, key=len, reverse=True)
    return Names(path.stem, re.compile("|".join(map(_alone, longest_first)) or "(?!)"), values)


def _alone(spelling: str) -> str:
    """A Latin name must not be a piece of a longer word; 手机号 is no phone on sale."""
    if not spelling.isascii():
        return rf"{re.escape(spelling)}(?!号|尾|\s?\d{{4}})"
    return rf"(?<![a-z0-9]){re.escape(spelling)}(?![a-z0-9])"


def shipped() -> Lookup:
    source = Path(os.environ.get("BATON_TRAINING_DIR", PROJECT))
    return Lookup(source / "data" / "lookup")
