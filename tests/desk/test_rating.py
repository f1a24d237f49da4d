"""Marks read from stars, numbers and plain words, and who may give them."""

from __future__ import annotations

import pytest

from console.desk.conversation import State
from console.desk.rating import is_ratable, read_score


@pytest.mark.parametrize(
    ("text", "score"),
    [
        ("给你打三星", 3),
        ("五分", 5),
        ("满分", 5),
        ("4", 4),
        ("6", None),
        ("差评", 1),
        ("不太满意", 2),
        ("一般", 3),
        ("服务不错", 4),
        ("非常满意", 5),
        ("two stars", 2),
        ("not happy", 2),
        ("excellent", 5),
        ("我要评价", None),
    ],
)
def test_words_and_numbers_are_read_as_marks(text: str, score: int | None) -> None:
    assert read_score(text) == score


@pytest.mark.parametrize(
    ("state", "was_served", "may"),
    [
        (State.WITH_BOT, True, True),
        (State.WITH_BOT, False, False),
        (State.QUEUED, True, False),
        (State.OFFERED, True, False),
        (State.WITH_AGENT, True, True),
        (State.RESOLVED, True, True),
    ],
)
def test_who_waits_or_was_not_served_gives_no_marks(
    state: State, *, was_served: bool, may: bool
) -> None:
    assert is_ratable(state, was_served=was_served) is may
