"""A sentence with an order number is understood by the rest of its words."""

from __future__ import annotations

from typing import Any

import pytest

from bot.mentions import SURE_OF_A_THING, other_words, understood

MISSED = {"name": "nlu_fallback", "confidence": 0.6}


def parse_of(text: str, number: str | None, intent: dict[str, Any] = MISSED) -> dict[str, Any]:
    at = text.find(number) if number else -1
    found = {"entity": "order_no", "value": number, "start": at, "end": at + len(number or "")}
    return {"text": text, "intent": intent, "entities": [found] if number else []}


@pytest.mark.parametrize(
    ("text", "number", "words"),
    [
        ("把尾号9987取消掉", "9987", ["把这个订单取消掉", "把 取消掉"]),
        ("订单号：620026079987的那单快取消", "620026079987", ["这个订单快取消", "快取消"]),
        ("9987那单什么时候到", "9987", ["这个订单什么时候到", "什么时候到"]),
        ("cancel order 620026079987 now", "620026079987", ["cancel my order now", "cancel now"]),
        (
            "看看620026079987到哪了，手机后四位1003",
            "620026079987",
            ["看看这个订单到哪了", "看看 到哪了"],
        ),
    ],
)
def test_the_number_is_said_in_other_words_and_left_out(
    text: str, number: str, words: list[str]
) -> None:
    assert other_words(text, parse_of(text, number)) == words


@pytest.mark.parametrize(
    ("text", "number", "intent"),
    [
        ("9987", "9987", MISSED),  # a bare number wants nothing
        ("尾号 9987。", "9987", MISSED),
        ("叽里咕噜", None, MISSED),
        ("取消9987", "9987", {"name": "cancel_order", "confidence": 0.9}),
    ],
)
def test_what_has_no_number_no_words_or_was_understood_is_read_once(
    text: str, number: str | None, intent: dict[str, Any]
) -> None:
    assert other_words(text, parse_of(text, number, intent)) == []


def test_the_surest_other_reading_counts_and_the_entities_stay() -> None:
    parse = parse_of("取消尾号9987", "9987")
    others = [
        {"text": "a", "intent": {"name": "cancel_order", "confidence": 0.7}, "entities": []},
        {"text": "b", "intent": {"name": "request_return", "confidence": 0.8}, "entities": []},
        {"text": "c", "intent": {"name": "inform", "confidence": 0.99}, "entities": []},
    ]

    best = understood(parse, others)

    assert best["intent"]["name"] == "request_return"
    assert (best["text"], best["entities"]) == (parse["text"], parse["entities"])


def test_a_bare_number_informs() -> None:
    assert understood(parse_of("尾号9987", "9987"), [])["intent"]["name"] == "inform"
    assert understood(parse_of("叽里咕噜", None), [])["intent"] == MISSED


def test_without_a_sure_reading_it_stays_not_understood() -> None:
    parse = parse_of("取消尾号9987", "9987")

    assert understood(parse, [parse_of("x", None)]) == parse


def goods_in(text: str, *names: str, intent: dict[str, Any] = MISSED) -> dict[str, Any]:
    found = [
        {"entity": "category", "value": name, "start": text.find(name),
         "end": text.find(name) + len(name)}
        for name in names
    ]  # fmt: skip
    return {"text": text, "intent": intent, "entities": found}


@pytest.mark.parametrize(
    ("text", "names", "words"),
    [
        ("刺猬窝怎么还没到", ["刺猬窝"], ["东西怎么还没到"]),
        ("my teapot has not come", ["teapot"], ["my item has not come"]),
        ("茶壶和茶杯都没收到", ["茶壶", "茶杯"], ["东西和东西都没收到"]),
        ("空气炸锅还没发", ["空气炸锅", "炸锅"], ["东西还没发"]),
        ("刺猬窝", ["刺猬窝"], []),  # bare goods want nothing
    ],
)
def test_goods_are_called_a_thing(text: str, names: list[str], words: list[str]) -> None:
    assert other_words(text, goods_in(text, *names)) == words


def test_goods_in_a_sentence_that_was_understood_are_left_alone() -> None:
    known = {"name": "urge_delivery", "confidence": 0.9}

    assert (
        other_words("刺猬窝怎么还没到", goods_in("刺猬窝怎么还没到", "刺猬窝", intent=known)) == []
    )


@pytest.mark.parametrize(
    ("confidence", "read_as"), [(SURE_OF_A_THING, "urge_delivery"), (0.64, "nlu_fallback")]
)
def test_a_reading_without_the_goods_must_be_sure(confidence: float, read_as: str) -> None:
    missed = goods_in("刺猬窝怎么还没到", "刺猬窝")
    other = {"text": "", "intent": {"name": "urge_delivery", "confidence": confidence}}

    assert understood(missed, [other])["intent"]["name"] == read_as
