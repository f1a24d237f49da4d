"""Which slots an agent's sentence asks for, measured on our own labelled sentences."""

from __future__ import annotations

import re
from pathlib import Path
from typing import Any

import pytest
from ruamel.yaml import YAML

from console.desk.question import LONGEST, asked_slots
from console.services.context import FACT_SLOTS

SENTENCES: dict[str, list[dict[str, Any]]] = YAML(typ="safe").load(
    Path(__file__).with_name("agent_sentences.yml").read_text("utf-8")
)
PRECISION, RECALL = 0.95, 0.80  # contracts, section 5


def figures(part: str) -> tuple[float, float]:
    """Precision and recall over (sentence, slot) pairs; prints what was wrong."""
    right = extra = missed = 0
    for sentence in SENTENCES[part]:
        found, wanted = set(asked_slots(sentence["text"])), set(sentence["asks"])
        if found != wanted:
            print(f"{sentence['text']} – wanted {sorted(wanted)}, found {sorted(found)}")
        right += len(found & wanted)
        extra += len(found - wanted)
        missed += len(wanted - found)
    return right / (right + extra), right / (right + missed)


@pytest.mark.parametrize("part", ["tuning", "held_out"])
def test_questions_are_found_as_precisely_as_we_promise(part: str):
    precision, recall = figures(part)

    print(f"{part}: precision {precision:.1%}, recall {recall:.1%}")
    assert precision >= PRECISION
    assert recall >= RECALL


def test_the_held_out_set_is_large_and_of_its_own():
    tuned = {sentence["text"] for sentence in SENTENCES["tuning"]}
    held_out = {sentence["text"] for sentence in SENTENCES["held_out"]}

    assert len(held_out) >= 100
    assert not tuned & held_out
    assert sum(not sentence["asks"] for sentence in SENTENCES["held_out"]) >= 50


def test_every_fact_of_a_case_is_asked_for_somewhere():
    labels = {slot for part in SENTENCES.values() for each in part for slot in each["asks"]}

    assert labels == set(FACT_SLOTS)


def test_naming_a_thing_is_no_question_without_the_checks(monkeypatch: pytest.MonkeyPatch):
    """Negative control: a reader that only looks for names breaks the promise."""
    everything = re.compile("")
    never = re.compile("(?!)")
    monkeypatch.setattr("console.desk.question.WANTS", everything)
    for name in ("NOT_NOW", "READ_BACK", "SAYS_ONLY", "GUESSES"):
        monkeypatch.setattr(f"console.desk.question.{name}", never)

    precision, _ = figures("held_out")

    assert precision < PRECISION


@pytest.mark.parametrize(
    ("text", "slots"),
    [
        ("订单号您发一下", ("order_no",)),
        ("尾号 3312 的订单对吗?那再麻烦拍张照片", ("photos",)),
        ("ORDER NUMBER, PLEASE?", ("order_no",)),
        ("", ()),
        ("。。。???", ()),
    ],
)
def test_what_stands_beside_a_read_back_is_still_read(text: str, slots: tuple[str, ...]):
    assert asked_slots(text) == slots


def test_only_the_beginning_of_a_very_long_text_is_read():
    assert asked_slots("好" * LONGEST + "。请问订单号是多少") == ()
