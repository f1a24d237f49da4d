"""Domains that need a hint, and notes that answer a question about use."""

from __future__ import annotations

import pytest

from console.desk.expert import ExpertDomain, domain_of, find_usage
from console.desk.product import Category
from console.desk.product_sheet import UsageNote
from console.desk.words import Words

NOTES = (
    UsageNote(("洗", "机洗", "wash"), Words("冷水手洗", "cold wash")),
    UsageNote(("缩水", "shrink"), Words("约 2%", "about 2 %")),
)


@pytest.mark.parametrize(
    ("text", "category", "domain"),
    [
        ("怎么用", Category.MEDICINE, ExpertDomain.MEDICINE),
        ("怎么用", Category.PHONES, None),
        ("孕妇能用吗", Category.PHONES, ExpertDomain.BABY),
        ("my dog ate it", None, ExpertDomain.PETS),
        ("血压高能吃吗", Category.FOOD, ExpertDomain.MEDICINE),
    ],
)
def test_the_goods_or_the_words_call_for_a_hint(text, category, domain) -> None:
    assert domain_of(text, category) == domain


def test_the_note_for_which_most_words_speak_is_found() -> None:
    assert find_usage(NOTES, "可以机洗吗") == NOTES[0]
    assert find_usage(NOTES, "does it shrink in the wash, shrink a lot") in NOTES
    assert find_usage(NOTES, "能熨吗") is None
