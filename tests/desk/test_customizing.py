"""Goods made to order: only what the option allows."""

from __future__ import annotations

import pytest

from console.desk.customizing import extra_fen, missing_option, ships_later_days, take
from console.desk.product_sheet import CustomOption
from console.desk.words import Words

TEXT = CustomOption("print", Words("印字", "print"), longest=4, extra_fen=15_00, days=2)
COLOUR = CustomOption(
    "colour", Words("颜色", "colour"), (Words("黑色", "black"), Words("金色", "gold")), days=1
)


@pytest.mark.parametrize(
    ("said", "taken"),
    [("平安喜乐", "平安喜乐"), ("“平安”", "平安"), ("平安喜乐！", None), ("  ", None), ("a", "a")],
)
def test_words_fit_up_to_their_length(said: str, taken: str | None) -> None:
    assert take(TEXT, said) == taken


@pytest.mark.parametrize(
    ("said", "taken"), [("金的", "金色"), ("gold please", "金色"), ("黑色", "黑色"), ("红色", None)]
)
def test_a_choice_is_one_of_the_list(said: str, taken: str | None) -> None:
    assert take(COLOUR, said) == taken


def test_extras_and_days_count_what_was_chosen() -> None:
    options = (TEXT, COLOUR)

    assert missing_option(options, {}) == TEXT
    assert missing_option(options, {"print": "x"}) == COLOUR
    assert missing_option(options, {"print": "x", "colour": "金色"}) is None
    assert (extra_fen(options, {"print": "x"}), ships_later_days(options, {"print": "x"})) == (
        15_00,
        2,
    )
    assert ships_later_days(options, {"print": "x", "colour": "金色"}) == 3
