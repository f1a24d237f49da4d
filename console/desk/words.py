"""A sentence or a name in both languages, as the shop's data carries it."""

from __future__ import annotations

from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class Words:
    zh: str
    en: str

    def of(self, lang: str) -> str:
        return self.en if lang == "en" else self.zh


def in_language(text: Words | str | None, lang: str) -> str | None:
    """Our own words in the reader's language; somebody's words as they were said."""
    return text.of(lang) if isinstance(text, Words) else text
