"""A link and other orders or goods: the last question once more."""

from __future__ import annotations

import time
from typing import Any

import pytest

from bot.ellipsis import ASKED_OF_OTHERS, LONGEST, read_in_context


def _parse(text: str, goods: str | None = None, intent: str = "nlu_fallback") -> dict[str, Any]:
    entities = []
    if goods is not None:
        at = text.index(goods)
        entities = [{"entity": "category", "value": "x", "start": at, "end": at + len(goods)}]
    return {
        "text": text,
        "intent": {"name": intent, "confidence": 0.5},
        "intent_ranking": [{"name": intent, "confidence": 0.5}],
        "entities": entities,
    }


def _read(parse: dict[str, Any], last_task: str | None, *, in_form: bool = False) -> str:
    name = read_in_context(parse["text"], parse, last_task, in_form=in_form)["intent"]["name"]
    return str(name)


ELLIPSES = [
    ("那其他几单呢", None),
    ("剩下的也帮我查一下", None),
    ("所有订单都看看", None),
    ("那鼠标呢", "鼠标"),
    ("还有冰箱的那单呢", "冰箱"),
    ("and what about the rest?", None),
    ("my other orders as well, please", None),
    ("how about the fridge", "fridge"),
    ("and the washer I bought?", "washer"),
]
SAYS_MORE = [
    ("鼠标", "鼠标"),
    ("那鼠标能退吗", "鼠标"),
    ("鼠标也降价了", "鼠标"),
    ("其他", None),
    ("and cancel the other order", None),
    ("the fridge", "fridge"),
    ("how about a discount on the fridge", "fridge"),
    ("and the other orders " + "please " * LONGEST, None),
]


@pytest.mark.parametrize(("text", "goods"), ELLIPSES)
@pytest.mark.parametrize("task", sorted(ASKED_OF_OTHERS))
def test_the_last_question_is_asked_once_more(text: str, goods: str | None, task: str) -> None:
    assert _read(_parse(text, goods, "correct_info"), task) == task


@pytest.mark.parametrize(("text", "goods"), ELLIPSES)
@pytest.mark.parametrize("task", [None, "search_product", "ask_stock"])
def test_after_no_question_about_orders_the_reading_stays(
    text: str, goods: str | None, task: str | None
) -> None:
    assert _read(_parse(text, goods, "search_product"), task) == "search_product"


@pytest.mark.parametrize(("text", "goods"), SAYS_MORE)
def test_whoever_says_more_is_read_as_before(text: str, goods: str | None) -> None:
    assert _read(_parse(text, goods), "track_logistics") == "nlu_fallback"


@pytest.mark.parametrize(
    ("text", "goods"), [*ELLIPSES, ("and the lamp?", None), ("那台灯呢", None)]
)
def test_inside_a_form_it_is_information_and_no_yes(text: str, goods: str | None) -> None:
    assert _read(_parse(text, goods, "affirm"), None, in_form=True) == "inform"


def test_a_thing_that_no_list_knows_is_information_where_no_wish_was_heard() -> None:
    assert _read(_parse("and the lamp?", None, "affirm"), "track_logistics") == "inform"
    assert _read(_parse("那台灯呢", None, "goodbye"), "apply_price_protect") == "inform"
    assert _read(_parse("and the price?", None, "ask_price"), "track_logistics") == "ask_price"
    assert _read(_parse("and the lamp?", None, "affirm"), None) == "affirm"


def test_the_entities_and_the_text_stay() -> None:
    parse = _parse("那鼠标呢", "鼠标")

    read = read_in_context("那鼠标呢", parse, "track_logistics", in_form=False)

    assert read["entities"] == parse["entities"]
    assert read["text"] == parse["text"]
    assert parse["intent"]["name"] == "nlu_fallback"


@pytest.mark.parametrize("piece", ["看", "那么", "另外", "的单", "it is one "])
def test_a_page_of_little_words_is_read_in_no_time(piece: str) -> None:
    text = ("那" + piece * LONGEST)[: LONGEST - 1] + "飞"
    started = time.perf_counter()

    assert _read(_parse(text), "track_logistics") == "nlu_fallback"
    assert time.perf_counter() - started < 0.1
