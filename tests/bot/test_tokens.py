"""Tokens always lie where they say, and never disagree with an entity's borders."""

from __future__ import annotations

from itertools import pairwise

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bot.tokens import cut


def words(text: str) -> list[str]:
    return [token.text for token in cut(text)]


@pytest.mark.parametrize(
    ("text", "tokens"),
    [
        ("订单 12345 到哪了", ["订", "单", "12345", "到", "哪", "了"]),
        ("买2kg的iPhone15", ["买", "2", "kg", "的", "iPhone", "15"]),
        ("3.5折?", ["3", ".", "5", "折", "?"]),
        ("坏了👍🏽!!", ["坏", "了", "👍🏽", "!", "!"]),
        ("👨\u200d👩\u200d👧家", ["👨\u200d👩\u200d👧", "家"]),
        ("a\u200bb\ufeff", ["a", "b"]),
        (" \n\t\u3000", []),
        ("", []),
        ("ＡＢ１２", ["ＡＢ", "１２"]),
        ("naïve café", ["naïve", "café"]),
    ],
)
def test_cuts_chinese_by_character_and_keeps_runs_whole(text: str, tokens: list[str]) -> None:
    assert words(text) == tokens


@given(st.text())
def test_every_token_is_exactly_its_stretch_of_the_text(text: str) -> None:
    tokens = cut(text)

    assert all(text[token.start : token.end] == token.text for token in tokens)
    assert all(one.end <= other.start for one, other in pairwise(tokens))


@given(st.text())
def test_no_token_is_blank_and_no_visible_character_is_lost(text: str) -> None:
    tokens = cut(text)
    covered = {at for token in tokens for at in range(token.start, token.end)}

    assert all(token.text.strip() for token in tokens)
    assert all(at in covered for at, character in enumerate(text) if character.isalnum())
