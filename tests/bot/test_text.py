"""Folding and normalising: one spelling for understanding, offsets that lead back."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bot.text import fold, normalise


@pytest.mark.parametrize(
    ("text", "folded"),
    [
        ("尾号八八三二", "尾号8832"),
        ("尾號８８３２", "尾號8832"),
        ("幺三八零零一三八零零零", "13800138000"),
        ("三三两两", "3322"),
        ("买三件", "买三件"),
        ("ＲＭＡ12", "rma12"),
        ("好\u200b的\ufe0f", "好的"),
        ("a\nb", "a b"),
    ],
)
def test_folds_width_case_and_spoken_numbers(text: str, folded: str) -> None:
    assert fold(text).text == folded


@given(st.text())
def test_every_folded_character_knows_where_it_came_from(text: str) -> None:
    folded = fold(text)

    assert len(folded.text) == len(folded.origins)
    assert list(folded.origins) == sorted(folded.origins)
    assert all(0 <= origin < len(text) for origin in folded.origins)


def test_a_span_leads_back_to_the_customers_own_characters() -> None:
    text = "㈱订单 ８８３２"
    folded = fold(text)
    start = folded.text.index("8832")

    begin, end = folded.original_span(start, start + 4)

    assert text[begin:end] == "８８３２"


@pytest.mark.parametrize(
    ("one", "other"),
    [
        ("快递到哪了    呀", "快递到哪了 呀"),
        ("订单 20261118000042 呢", "订单 20261118000099 呢"),
        ("太慢了!!!!!!!!", "太慢了!!!"),
        ("ＯＫ", "ok"),
    ],
)
def test_texts_that_mean_the_same_become_equal(one: str, other: str) -> None:
    assert normalise(one) == normalise(other)


def test_a_short_number_keeps_its_meaning() -> None:
    assert normalise("预算3000") != normalise("预算5000")
