"""The scripts that ship lead through everything: every intent, every form, both languages."""

from __future__ import annotations

from pathlib import Path

import pytest
from ruamel.yaml import YAML

from console.cli.talk_script import Script, read_script
from console.settings import PROJECT

HERE = Path(__file__).parent
FEWEST = 120
# Their words mean something only as an answer; scripts use them inside forms.
ONLY_ANSWERS = frozenset({"affirm", "inform", "correct_info", "restart_flow"})


@pytest.fixture(scope="module")
def scripts() -> dict[str, Script]:
    return {path.stem: read_script(path) for path in sorted(HERE.glob("*.yml"))}


def _domain(section: str) -> set[str]:
    yaml = YAML(typ="safe")
    files = [yaml.load(path.read_text("utf-8")) for path in (PROJECT / "domain").glob("*.yml")]
    return {str(name) for content in files for name in content.get(section) or ()}


def _expected(scripts: dict[str, Script], field: str) -> set[str]:
    steps = [step for script in scripts.values() for step in script.steps if step.expect]
    return {value for step in steps if (value := getattr(step.expect, field))}


def test_there_are_enough_scripts_in_both_languages(scripts: dict[str, Script]) -> None:
    english = [name for name, script in scripts.items() if script.customer.lang == "en"]

    assert len(scripts) >= FEWEST
    assert len(english) >= FEWEST // 5


def test_every_intent_is_understood_in_some_script(scripts: dict[str, Script]) -> None:
    missing = _domain("intents") - ONLY_ANSWERS - _expected(scripts, "intent")

    assert sorted(missing) == []


def test_every_form_is_led_through_in_some_script(scripts: dict[str, Script]) -> None:
    assert sorted(_domain("forms") - _expected(scripts, "form")) == []


def test_every_script_has_a_name_of_its_own_and_checks_something(
    scripts: dict[str, Script],
) -> None:
    names = [script.name for script in scripts.values()]

    assert len(set(names)) == len(names)
    assert all(any(step.expect for step in script.steps) for script in scripts.values())


def test_no_script_depends_on_what_another_one_did(scripts: dict[str, Script]) -> None:
    """A fresh copy of a customer, or a visitor."""
    assert [name for name, one in scripts.items() if one.customer.sign_in] == []
