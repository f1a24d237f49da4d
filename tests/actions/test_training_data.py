"""The Rasa project fits together: names, languages, counts, and sentences of our own."""

from __future__ import annotations

import re
from collections import Counter
from pathlib import Path
from typing import Any

import pytest
from ruamel.yaml import YAML

from actions.closed_list import read_condition, read_reason
from actions.readings import READINGS
from actions.registry import actions
from console.desk.after_sale import ReturnReason
from console.services.parts import Desk

PROJECT = Path(__file__).resolve().parents[2]
FREQUENT = frozenset(
    {
        "affirm",
        "apply_price_protect",
        "ask_return_policy",
        "cancel_order",
        "express_anger",
        "file_complaint",
        "greet",
        "inform",
        "out_of_scope",
        "query_order_status",
        "query_refund_progress",
        "request_human",
        "request_return",
        "search_product",
        "track_logistics",
    }
)
Documents = list[dict[str, Any]]


def _load(folder: str) -> Documents:
    yaml = YAML(typ="safe")
    return [
        yaml.load(path.read_text("utf-8")) for path in sorted((PROJECT / folder).rglob("*.yml"))
    ]


@pytest.fixture(scope="module")
def domain() -> Documents:
    return _load("domain")


@pytest.fixture(scope="module")
def rules() -> list[dict[str, Any]]:
    return [rule for document in _load("data/rules") for rule in document["rules"]]


def _examples(lang: str) -> dict[str, list[str]]:
    found: dict[str, list[str]] = {}
    for document in _load(f"data/nlu/{lang}"):
        for entry in document["nlu"]:
            lines = [line[2:].strip() for line in entry["examples"].splitlines() if line.strip()]
            assert entry["intent"] not in found, "an intent lives in one file per language"
            found[entry["intent"]] = lines
    return found


def _all(domain: Documents, section: str) -> set[str]:
    return {name for document in domain for name in document.get(section) or ()}


def _steps(rules: list[dict[str, Any]], kind: str) -> set[str]:
    return set(_every_step(rules, kind))


def _every_step(rules: list[dict[str, Any]], kind: str) -> list[str]:
    """With those of an "or"."""
    steps = [one for rule in rules for step in rule["steps"] for one in step.get("or", [step])]
    return [step[kind] for step in steps if step.get(kind)]


def test_every_intent_of_a_rule_exists_and_every_intent_has_a_rule(
    domain: Documents, rules: list[dict[str, Any]]
) -> None:
    assert _steps(rules, "intent") - {"nlu_fallback"} == _all(domain, "intents")


def test_every_intent_has_exactly_one_end(rules: list[dict[str, Any]]) -> None:
    openings = [rule for rule in rules if "condition" not in rule]
    ends = Counter(_every_step(openings, "intent"))

    assert [intent for intent, count in ends.items() if count > 1] == []


def test_the_intents_are_the_hundred_of_the_taxonomy_and_the_retrieval_intent(
    domain: Documents,
) -> None:
    names = [name for document in domain for name in document.get("intents") or ()]

    assert len(names) == len(set(names)) == 101
    assert "faq" in names


def test_every_topic_of_the_catalogue_has_an_answer_and_examples(domain: Documents) -> None:
    answers = {name for name in _all(domain, "responses") if name.startswith("utter_faq/")}

    for lang in ("zh", "en"):
        topics = {f"utter_{name}" for name in _examples(lang) if name.startswith("faq/")}
        assert topics == answers


def test_every_action_of_a_rule_exists(domain: Documents, rules: list[dict[str, Any]]) -> None:
    known = _all(domain, "actions") | _all(domain, "responses") | _all(domain, "forms")

    assert _steps(rules, "action") <= known | {"utter_faq"}  # Rasa's own, for retrieval


def test_the_domain_and_the_code_name_the_same_actions(domain: Documents, desk: Desk) -> None:
    assert {action.name() for action in actions(desk)} == _all(domain, "actions")


def test_every_intent_has_examples_in_both_languages(domain: Documents) -> None:
    for lang in ("zh", "en"):
        found = {name.partition("/")[0] for name in _examples(lang)}
        assert found == _all(domain, "intents")


@pytest.mark.parametrize(("lang", "frequent", "rare"), [("zh", 30, 15), ("en", 12, 8)])
def test_no_intent_has_too_few_examples(lang: str, frequent: int, rare: int) -> None:
    for intent, lines in _examples(lang).items():
        if not intent.startswith("faq/"):
            assert len(lines) >= (frequent if intent in FREQUENT else rare), intent


def test_no_sentence_stands_twice() -> None:
    every = [
        _plain(line)
        for lang in ("zh", "en")
        for lines in _examples(lang).values()
        for line in lines
    ]

    assert [line for line, count in Counter(every).items() if count > 1] == []


def _plain(text: str) -> str:
    return re.sub(r"[\s\W_]+", "", text.casefold()) or text


def test_every_response_speaks_both_languages_with_the_same_placeholders(
    domain: Documents,
) -> None:
    for document in domain:
        for name, variations in (document.get("responses") or {}).items():
            assert name.startswith("utter_")
            chinese, english = variations
            assert "condition" not in chinese, name
            assert english["condition"] == [{"type": "slot", "name": "lang", "value": "en"}], name
            assert _placeholders(chinese) == _placeholders(english), name
            assert len(chinese.get("buttons", [])) == len(english.get("buttons", [])), name


def _placeholders(variation: dict[str, Any]) -> set[str]:
    return set(re.findall(r"{(\w+)}", variation["text"]))


def _payloads(domain: Documents) -> set[str]:
    return {
        button["payload"]
        for document in domain
        for variations in (document.get("responses") or {}).values()
        for variation in variations
        for button in variation.get("buttons", [])
    }


def test_every_button_means_an_intent_that_exists(domain: Documents) -> None:
    names = {payload.removeprefix("/").partition("{")[0] for payload in _payloads(domain)}
    assert names <= _all(domain, "intents")


def test_the_values_of_buttons_are_in_double_braces(domain: Documents) -> None:
    """Rasa takes single ones for a slot to fill in, and logs a fault for each."""
    with_values = {payload for payload in _payloads(domain) if "{" in payload}
    assert with_values
    assert [one for one in with_values if not re.fullmatch(r"/\w+\{\{[^{}]+\}\}", one)] == []


def test_every_response_that_code_says_is_in_the_domain(domain: Documents) -> None:
    code = "".join(path.read_text("utf-8") for path in (PROJECT / "actions").glob("*.py"))

    assert set(re.findall(r'"(utter_\w+)"', code)) <= _all(domain, "responses")


def test_no_slot_of_the_dialogue_swallows_text(domain: Documents) -> None:
    for document in domain:
        for name, slot in (document.get("slots") or {}).items():
            kinds = {mapping["type"] for mapping in slot["mappings"]}
            assert kinds <= {"custom", "from_entity"}, name
            assert slot["influence_conversation"] is False, name


def test_every_reading_on_a_button_is_an_intent(domain: Documents) -> None:
    assert set(READINGS) <= _all(domain, "intents")


def test_rules_are_titled_with_sentences(rules: list[dict[str, Any]]) -> None:
    titles = [rule["rule"] for rule in rules]

    assert len(set(titles)) == len(titles)
    assert all(title[0].isupper() and len(title.split()) >= 3 for title in titles)


@pytest.mark.parametrize(
    ("text", "reason"),
    [
        ("打开一看碎成两半", ReturnReason.DAMAGED),
        ("充电器坏了", ReturnReason.QUALITY_FAULT),
        ("少了一根数据线", ReturnReason.MISSING_PARTS),
        ("发错颜色了", ReturnReason.WRONG_ITEM),
        ("不是我买的那款", ReturnReason.WRONG_ITEM),
        ("裤子偏大了", ReturnReason.WRONG_SIZE),
        ("拍错了", ReturnReason.WRONG_CHOICE),
        ("跟图片不一样", ReturnReason.NOT_AS_DESCRIBED),
        ("怀疑是假货", ReturnReason.SUSPECTED_FAKE),
        ("猫不爱吃", ReturnReason.PET_REFUSES),
        ("刚买就降价", ReturnReason.PRICE_DROPPED),
        ("家里人不喜欢", ReturnReason.NO_LONGER_WANTED),
        ("物流太慢", ReturnReason.LATE_DELIVERY),
        ("it doesn't fit me", ReturnReason.WRONG_SIZE),
        ("it arrived cracked", ReturnReason.DAMAGED),
        ("I don't like it", ReturnReason.NO_LONGER_WANTED),
        ("我的快递到哪里了", None),
        ("好的", None),
    ],
)
def test_free_words_are_mapped_to_the_closed_list(text: str, reason: ReturnReason | None) -> None:
    assert read_reason(text) == reason


@pytest.mark.parametrize(
    ("text", "condition"),
    [
        ("还没拆封", "unopened"),
        ("拆开看了一下没用过", "opened"),
        ("试穿了一次", "opened"),
        ("已经用了两天", "used"),
        ("拆开用过了", "used"),
        ("never opened, still sealed", "unopened"),
        ("opened but not used", "opened"),
        ("今天天气好", None),
    ],
)
def test_free_words_are_mapped_to_a_condition(text: str, condition: str | None) -> None:
    assert read_condition(text) == condition
