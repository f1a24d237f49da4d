"""Domains in which the bot gives no advice of its own, and notes on use that answer a question."""

from __future__ import annotations

import re
from collections.abc import Iterable
from enum import StrEnum

from console.desk.product import Category
from console.desk.product_sheet import UsageNote


class ExpertDomain(StrEnum):
    """Each has a hint that is always said (business rules: no diagnosis)."""

    MEDICINE = "medicine"
    BABY = "baby"
    PETS = "pets"
    OTHER = "other"  # cameras, clothes, machines: knowledge, but no danger


_WORDS = (
    (
        ExpertDomain.PETS,
        r"猫|狗|犬|宠物|毛孩子|兽医|\bcats?\b|\bdogs?\b|\bpets?\b|\bvet\b|kitten|puppy",
    ),
    (
        ExpertDomain.BABY,
        r"宝宝|婴儿|奶粉|育儿|母婴|孕|哺乳|辅食|新生儿|月嫂|bab(?:y|ies)|infant|newborn|pregnan|formula",
    ),
    (
        ExpertDomain.MEDICINE,
        r"药|医生|医师|过敏|发烧|伤口|血压|血糖|病|营养师|medicine|doctor|pharmac|allerg|fever|wound",
    ),
)
_PATTERNS = [(domain, re.compile(words, re.IGNORECASE)) for domain, words in _WORDS]
_OF_CATEGORY = {
    Category.MEDICINE: ExpertDomain.MEDICINE,
    Category.BABY_CONSUMABLES: ExpertDomain.BABY,
    Category.PET_FOOD: ExpertDomain.PETS,
}


def named_domain(text: str) -> ExpertDomain | None:
    return next((domain for domain, pattern in _PATTERNS if pattern.search(text)), None)


def domain_of(text: str, category: Category | None) -> ExpertDomain | None:
    """By the goods, else by the words; `None`: nothing that needs a hint."""
    of_category = _OF_CATEGORY.get(category) if category else None
    return of_category or named_domain(text)


def find_usage(notes: Iterable[UsageNote], text: str) -> UsageNote | None:
    """The note for which most words of the question speak."""
    plain = text.casefold()
    scored = [(sum(_says(plain, word) for word in note.about), note) for note in notes]
    best = max(scored, key=lambda pair: pair[0], default=None)
    return best[1] if best is not None and best[0] > 0 else None


def _says(plain: str, word: str) -> bool:
    wanted = word.casefold()
    if wanted.isascii():
        return re.search(rf"(?<![a-z]){re.escape(wanted)}", plain) is not None
    return wanted in plain
