"""What a configuration may name."""

from __future__ import annotations

from typing import Any

import pytest
import yaml

from bot.domain_checks import find_mistakes
from bot.pipeline import NEEDS_TENSORFLOW, UnusableConfig, check_config
from bot.sources import PROJECT, read_yaml
from bot.validate import merged_domain

GOOD: dict[str, Any] = {
    "pipeline": [{"name": "FallbackClassifier"}],
    "policies": [{"name": "RulePolicy"}],
}


def test_the_shipped_configuration_is_accepted() -> None:
    check_config(read_yaml(PROJECT / "config.yml"))


@pytest.mark.parametrize("name", sorted(NEEDS_TENSORFLOW))
def test_a_component_that_needs_tensorflow_is_named_in_the_refusal(name: str) -> None:
    with pytest.raises(UnusableConfig, match=name):
        check_config({**GOOD, "pipeline": [{"name": f"rasa.somewhere.{name}"}]})
    with pytest.raises(UnusableConfig, match=name):
        check_config({**GOOD, "policies": [name]})


@pytest.mark.parametrize("section", ["pipeline", "policies"])
def test_rasas_own_defaults_are_never_used(section: str) -> None:
    with pytest.raises(UnusableConfig, match=section):
        check_config({**GOOD, section: None})


SOUND = """
session_config: {session_expiration_time: 0}
slots:
  reason:
    mappings: [{type: from_text, not_intent: [request_human], conditions: [{active_loop: f}]}]
forms: {f: {required_slots: [reason]}}
responses: {utter_ask_reason: [{text: "?"}]}
"""


def test_a_sound_domain_has_no_mistakes() -> None:
    assert find_mistakes(yaml.safe_load(SOUND)) == []


@pytest.mark.parametrize(
    ("change", "mistake"),
    [
        (
            ("not_intent: [request_human], ", ""),
            "slot reason: a from_text mapping needs not_intent",
        ),
        (
            ("conditions: [{active_loop: f}]", ""),
            "slot reason: a from_text mapping needs conditions",
        ),
        (("utter_ask_reason", "utter_other"), "form f: nothing asks for reason"),
        (("session_expiration_time: 0", "session_expiration_time: 60"), "session_config:"),
    ],
)
def test_each_mistake_has_its_sentence(change: tuple[str, str], mistake: str) -> None:
    (found,) = find_mistakes(yaml.safe_load(SOUND.replace(*change)))

    assert found.startswith(mistake)


def test_the_domains_files_are_read_as_one(tmp_path: Any) -> None:
    (tmp_path / "a.yml").write_text("intents: [a]\nslots: {x: {}}", "utf-8")
    (tmp_path / "b.yml").write_text("intents: [b]\nslots: {y: {}}", "utf-8")

    assert merged_domain(tmp_path) == {"intents": ["a", "b"], "slots": {"x": {}, "y": {}}}
