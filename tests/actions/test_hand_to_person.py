"""A wish without a flow of its own is no dead end: a person gets it, with words for it."""

from __future__ import annotations

from pathlib import Path

from ruamel.yaml import YAML

from actions.fallback import READINGS
from tests.actions.conftest import SpokenTo

RULES = Path(__file__).resolve().parents[2] / "data" / "rules" / "not_yet_own_flow.yml"


def _listed() -> list[str]:
    rules = YAML(typ="safe").load(RULES.read_text("utf-8"))["rules"]
    return [one["intent"] for rule in rules for one in rule["steps"][0]["or"]]


def test_every_listed_intent_has_words_for_the_customer() -> None:
    assert set(_listed()) <= set(READINGS)


async def test_the_person_hears_the_wish_and_the_customer_what_happens(speak: SpokenTo) -> None:
    customer = await speak("88001")

    answer = await customer.run(
        "action_hand_to_person", "耽误我三天", intent="request_compensation"
    )

    assert answer.said == ["utter_hand_to_person"]
    asked = [e.body for e in await customer.stored() if e.type == "handoff_requested"]
    assert [body["reason"] for body in asked] == ["policy"]
