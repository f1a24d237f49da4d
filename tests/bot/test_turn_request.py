"""The border of the engine: what a turn may hold."""

from __future__ import annotations

from typing import Any

import pytest

from bot.turn_request import BadTurn, Button, read_texts, read_turn

LISTEN = {"event": "action", "name": "action_listen"}


def body(**changes: Any) -> dict[str, Any]:
    return {"conversation_id": "c", "turn_id": "t", "history": [], "message": None, **changes}


def test_reads_a_text_and_adds_the_turn_to_the_metadata() -> None:
    turn = read_turn(body(message={"text": " 你好 ", "lang": "zh"}, metadata={"now": "N"}))

    assert (turn.text, turn.button, turn.lang, turn.speak) == (" 你好 ", None, "zh", False)
    assert turn.metadata == {"now": "N", "turn_id": "t"}


def test_reads_a_button() -> None:
    turn = read_turn(body(message={"button": {"intent": "affirm", "entities": {"a": 1}}}))

    assert turn.button == Button("affirm", {"a": 1})
    assert turn.text is None


@pytest.mark.parametrize(
    "changes",
    [
        {"conversation_id": ""},
        {"conversation_id": 7},
        {"turn_id": "x" * 129},
        {"history": {}},
        {"history": ["x"]},
        {"history": [{"event": "slot", "name": "a", "value": 1}, LISTEN]},
        {"message": "你好"},
        {"message": {}} | {"message": {"lang": "zh"}},
        {"message": {"text": "  "}},
        {"message": {"text": 5}},
        {"message": {"text": "a", "button": {"intent": "affirm"}}},
        {"message": {"button": {}}},
        {"message": {"button": {"intent": "affirm", "entities": []}}},
        {"metadata": []},
    ],
)
def test_refuses_what_cannot_be_used(changes: dict[str, Any]) -> None:
    with pytest.raises(BadTurn) as refusal:
        read_turn(body(**changes))

    assert refusal.value.code == "bad_request"


@pytest.mark.parametrize(
    "changes", [{"message": {"text": "长" * 4001}}, {"history": [LISTEN] * 1001}]
)
def test_refuses_what_is_too_large(changes: dict[str, Any]) -> None:
    with pytest.raises(BadTurn) as refusal:
        read_turn(body(**changes))

    assert refusal.value.code == "too_large"


@pytest.mark.parametrize(
    "value", [None, {}, {"texts": "a"}, {"texts": [1]}, {"texts": ["a"] * 501}]
)
def test_refuses_a_list_of_texts_that_is_none(value: Any) -> None:
    with pytest.raises(BadTurn):
        read_texts(value)
