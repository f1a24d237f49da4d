"""Reads our documents: which there are, their sections, and the code in them."""

from __future__ import annotations

import re
from dataclasses import dataclass
from functools import cache
from pathlib import Path

PROJECT = Path(__file__).resolve().parents[2]
DOCS = PROJECT / "docs"
FRONT_DOOR = ("README.md", "README.zh.md", "CHANGELOG.md", "CONTRIBUTING.md")

_FENCE = re.compile(r"^```(\w*)[^\n]*\n(.*?)^```$", re.MULTILINE | re.DOTALL)
_HEADING = re.compile(r"^(#{1,4}) (.+)$", re.MULTILINE)


@dataclass(frozen=True)
class Code:
    """A fenced block."""

    language: str
    text: str


@dataclass(frozen=True)
class Section:
    """A heading and what stands below it, up to the next heading. `above`: the `##` it is in."""

    title: str
    level: int
    above: str
    text: str

    @property
    def codes(self) -> list[Code]:
        return [Code(*found) for found in _FENCE.findall(self.text)]

    @property
    def names(self) -> list[str]:
        """What stands in backquotes in the heading."""
        return re.findall(r"`([^`]+)`", self.title)

    @property
    def first_column(self) -> list[str]:
        """The backquoted first cells of the tables here."""
        return re.findall(r"^\| `([^`]+)` \|", self.text, re.MULTILINE)


def documents() -> list[Path]:
    """Everything that people read, the front door first."""
    front = [PROJECT / name for name in FRONT_DOOR if (PROJECT / name).is_file()]
    return [*front, *sorted(DOCS.rglob("*.md"))]


def without_code(text: str) -> str:
    return re.sub(r"`[^`\n]*`", "", _FENCE.sub("", text))


@cache
def sections(path: Path) -> list[Section]:
    text = path.read_text(encoding="utf-8")
    spared = _FENCE.sub(lambda found: re.sub(r"[^\n]", " ", found[0]), text)  # a # may be a comment
    heads = [*_HEADING.finditer(spared)]
    ends = [*(head.start() for head in heads[1:]), len(text)]
    found, above = [], ""
    for head, end in zip(heads, ends, strict=True):
        title = text[head.start(2) : head.end(2)]
        if len(head[1]) == 2:
            above = title
        found.append(Section(title, len(head[1]), above, text[head.end() : end]))
    return found


def below(path: Path, chapter: str) -> list[Section]:
    """The sections of one `##` chapter, itself included."""
    found = [section for section in sections(path) if section.above == chapter]
    assert found, f"{path.name} has no chapter {chapter!r}"
    return found
