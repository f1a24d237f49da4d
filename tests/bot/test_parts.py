"""Cutting a message into wishes."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bot.parts import MOST_PARTS, is_greeting, split_message


def wishes(text: str) -> list[str]:
    return [part.text for part in split_message(text)]


@pytest.mark.parametrize(
    ("text", "parts"),
    [
        ("在吗 价格降了 顺便查下快递", ["价格降了", "顺便查下快递"]),
        ("你好，我想退货", ["我想退货"]),
        ("发票开了吗?快递到哪了", ["发票开了吗", "快递到哪了"]),
        ("iPad mini 换货", ["iPad mini 换货"]),
        ("where is my parcel", ["where is my parcel"]),
        ("Hi! Where is it? I want a refund.", ["Where is it", "I want a refund"]),
        ("总共 199.9 元", ["总共 199.9 元"]),
        ("你好", ["你好"]),
        ("在吗?在吗?", ["在吗?在吗?"]),
        ("   ", []),
        ("一。二。三。四。五", ["一", "二", "三。四。五"]),
        ("第一行\n第二行", ["第一行", "第二行"]),
    ],
)
def test_cuts_between_sentences_and_drops_greetings(text: str, parts: list[str]) -> None:
    assert wishes(text) == parts


@given(st.text(alphabet="在吗你好退货 ,，。?？!\nab1.", max_size=40))
def test_parts_lie_in_order_where_they_say(text: str) -> None:
    parts = split_message(text)

    assert len(parts) <= MOST_PARTS
    assert all(text[part.start :].startswith(part.text) for part in parts)
    assert bool(parts) == bool(text.strip()) or not text.strip()


@pytest.mark.parametrize("text", ["在不", "您好呀", "亲", "hello there", "早上好"])
def test_knows_a_greeting(text: str) -> None:
    assert is_greeting(text)


@pytest.mark.parametrize("text", ["好的", "在途吗", "亲戚", "hello kitty"])
def test_does_not_take_words_for_a_greeting(text: str) -> None:
    assert not is_greeting(text)


@pytest.mark.parametrize(
    ("text", "parts"),
    [
        (
            "where is my coat, and can I return it",
            ["where is my coat", "and can I return it"],
        ),
        ("track my order also send an invoice", ["track my order", "also send an invoice"]),
        ("black and white shoes", ["black and white shoes"]),
        ("a plus size dress, please", ["a plus size dress, please"]),
    ],
)
def test_english_is_cut_where_it_says_that_more_follows(text: str, parts: list[str]) -> None:
    assert wishes(text) == parts
