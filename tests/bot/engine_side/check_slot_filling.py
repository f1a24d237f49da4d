"""Where Rasa's look for slots is left out, it would have found nothing."""

from __future__ import annotations

import asyncio
import unittest
from typing import Any

import yaml

from bot import environment

environment.prepare()

from rasa.core.actions.action import ActionExtractSlots  # noqa: E402 - after the import hook
from rasa.core.channels.channel import CollectingOutputChannel  # noqa: E402
from rasa.shared.core.domain import Domain  # noqa: E402
from rasa.shared.core.events import ActionExecuted, ActiveLoop, Event, UserUttered  # noqa: E402
from rasa.shared.core.trackers import DialogueStateTracker  # noqa: E402

from bot.slot_filling import SlotFilling  # noqa: E402
from bot.sources import PROJECT  # noqa: E402

SLOTS = """
version: "3.1"
intents: [greet]
entities: [order_no, colour]
actions: [action_other]
forms: {return_form: {required_slots: [order_no]}}
slots:
  order_no: {type: text, mappings: [{type: from_entity, entity: order_no}]}
  note: {type: any, mappings: [{type: custom}]}
"""


def heard(*entities: str) -> UserUttered:
    found = [{"entity": name, "value": "1"} for name in entities]
    return UserUttered("words", {"name": "greet", "confidence": 1.0}, found)


def found_by_rasa(domain: Domain, message: UserUttered, *before: Event) -> list[Event]:
    events = [ActionExecuted("action_listen"), *before, message]
    tracker = DialogueStateTracker.from_events("c", events, domain.slots)
    action: Any = ActionExtractSlots(None)
    found: list[Event] = asyncio.run(action.run(CollectingOutputChannel(), None, tracker, domain))
    return found


class TheSlotFilling(unittest.TestCase):
    def test_a_message_without_a_mapped_entity_fills_nothing(self) -> None:
        domain = Domain.from_yaml(SLOTS)
        for before in ((), (ActiveLoop("return_form"),)):
            for message in (heard(), heard("colour")):
                self.assertFalse(SlotFilling(domain).is_possible(message))
                self.assertEqual(found_by_rasa(domain, message, *before), [])

    def test_a_message_with_a_mapped_entity_may_fill_its_slot(self) -> None:
        """The control for the one above."""
        domain = Domain.from_yaml(SLOTS)

        self.assertTrue(SlotFilling(domain).is_possible(heard("colour", "order_no")))
        self.assertEqual(len(found_by_rasa(domain, heard("colour", "order_no"))), 1)

    def test_any_other_mapping_is_always_looked_at(self) -> None:
        for mapping in (
            "{type: from_intent, intent: greet, value: yes}",
            "{type: from_text}",
            "{type: from_trigger_intent, intent: greet, value: yes}",
            "{type: custom, action: action_other}",
        ):
            domain = Domain.from_yaml(f"{SLOTS}  more: {{type: any, mappings: [{mapping}]}}\n")
            self.assertTrue(SlotFilling(domain).is_possible(heard()), mapping)

    def test_a_validator_of_all_mappings_is_always_asked(self) -> None:
        words = SLOTS.replace("action_other", "action_validate_slot_mappings")

        self.assertTrue(SlotFilling(Domain.from_yaml(words)).is_possible(heard()))

    def test_our_own_domain_leaves_it_to_messages_with_an_entity(self) -> None:
        files = [yaml.safe_load(path.read_text("utf-8")) for path in PROJECT.glob("domain/*.yml")]
        slots = {name: slot for one in files for name, slot in one.get("slots", {}).items()}
        self.assertIn("order_no", slots)

        self.assertFalse(SlotFilling(Domain.from_dict({"slots": slots})).is_possible(heard()))


if __name__ == "__main__":
    unittest.main()
