"""What is spared within a turn must not change what policies see, nor what they predict."""

from __future__ import annotations

import random
import unittest
from typing import Any

from bot import environment

environment.prepare()

from rasa.core.policies import rule_policy as rasas  # noqa: E402 - after the import hook
from rasa.shared.core.domain import Domain  # noqa: E402
from rasa.shared.core.events import (  # noqa: E402
    ActionExecuted,
    ActionExecutionRejected,
    ActionReverted,
    ActiveLoop,
    AllSlotsReset,
    Event,
    SessionStarted,
    SlotSet,
    UserUttered,
)
from rasa.shared.core.trackers import DialogueStateTracker  # noqa: E402

from bot.components.rule_policy import RulePolicy  # noqa: E402
from bot.turn_tracker import TurnTracker  # noqa: E402

DOMAIN = Domain.from_yaml(
    """
    version: "3.1"
    intents: [greet, request_return, inform]
    entities: [order_no]
    slots:
      order_no: {type: text, mappings: [{type: from_entity, entity: order_no}]}
      colour: {type: categorical, values: [red, blue], mappings: [{type: custom}]}
      lang: {type: text, initial_value: zh, influence_conversation: false,
             mappings: [{type: custom}]}
      requested_slot: {type: any, mappings: [{type: custom}]}
    forms: {return_form: {required_slots: [order_no]}}
    actions: [action_show_order]
    responses: {utter_greet: [{text: hello}]}
    """
)
LISTEN = ActionExecuted("action_listen")


def heard(intent: str, **entities: str) -> UserUttered:
    found = [{"entity": name, "value": value} for name, value in entities.items()]
    return UserUttered("words", {"name": intent, "confidence": 1.0}, found)


def one_event(chance: random.Random) -> list[Event]:
    """A step of a dialogue, likely or not."""
    steps: list[list[Event]] = [
        [LISTEN, heard("greet"), ActionExecuted("utter_greet")],
        [LISTEN, heard("request_return", order_no="1"), SlotSet("order_no", "1")],
        [LISTEN, heard("inform")],
        [ActionExecuted("return_form"), ActiveLoop("return_form")],
        [ActionExecutionRejected("return_form")],
        [ActiveLoop(None), SlotSet("requested_slot", None)],
        [SlotSet("colour", chance.choice(["red", "blue", None]))],
        [SlotSet("lang", "en")],
        [ActionExecuted("action_show_order"), LISTEN],
        [ActionReverted()],
        [SessionStarted()],
    ]
    return chance.choice(steps)


def trackers() -> tuple[TurnTracker, DialogueStateTracker]:
    both = (TurnTracker("c", DOMAIN.slots), DialogueStateTracker("c", DOMAIN.slots))
    for tracker in both:
        tracker.model_id = "m"
    return both


class TheTracker(unittest.TestCase):
    def test_gives_the_same_states_as_rasas_own_after_every_event(self) -> None:
        for seed in range(60):
            chance = random.Random(seed)
            ours, rasas_own = trackers()
            for _ in range(20):
                for event in one_event(chance):
                    ours.update(event, DOMAIN)
                    rasas_own.update(event, DOMAIN)
                    self.assertEqual(ours.past_states(DOMAIN), rasas_own.past_states(DOMAIN))

    def test_what_a_policy_changes_in_its_states_is_not_seen_by_the_next(self) -> None:
        ours, _ = trackers()
        for event in (LISTEN, heard("greet")):
            ours.update(event, DOMAIN)
        ours.past_states(DOMAIN)[-1]["user"].clear()

        self.assertEqual(ours.past_states(DOMAIN)[-1]["user"]["intent"], "greet")

    def test_a_copy_shares_nothing_that_changes(self) -> None:
        ours, _ = trackers()
        ours.update(SlotSet("order_no", "1"), DOMAIN)
        copy = ours.copy()
        copy.update(SlotSet("order_no", "2"), DOMAIN)

        self.assertEqual((ours.get_slot("order_no"), copy.get_slot("order_no")), ("1", "2"))

    def test_no_dialogue_changes_the_slots_of_the_domain(self) -> None:
        """They are shared with every tracker; a change in place would reach all conversations."""
        before = [(id(slot), dict(vars(slot))) for slot in DOMAIN.slots]
        was_set = set()
        for seed in range(60):
            chance = random.Random(seed)
            ours, _ = trackers()
            for _ in range(20):
                for event in one_event(chance):
                    ours.update(event, DOMAIN)
                was_set |= {slot.name for slot in ours.copy().slots.values() if slot.has_been_set}

        self.assertEqual([(id(slot), dict(vars(slot))) for slot in DOMAIN.slots], before)
        self.assertEqual(was_set, {"order_no", "colour", "lang", "requested_slot"})

    def test_a_new_session_has_the_slots_of_the_domain_again(self) -> None:
        ours, rasas_own = trackers()
        for event in (SlotSet("order_no", "1"), SlotSet("lang", "en"), AllSlotsReset()):
            ours.update(event, DOMAIN)
            rasas_own.update(event, DOMAIN)

        values = [vars(slot) for slot in ours.slots.values()]
        self.assertEqual(values, [vars(slot) for slot in rasas_own.slots.values()])
        self.assertEqual((ours.get_slot("order_no"), ours.get_slot("lang")), (None, "zh"))


def rule(*states: dict[str, Any]) -> str:
    import json

    return json.dumps(states, sort_keys=True)


LISTENED = {"prev_action": {"action_name": "action_listen"}}
RULES = {
    rule({**LISTENED, "user": {"intent": "greet"}}): "utter_greet",
    rule({**LISTENED, "user": {"intent": "greet"}, "slots": {"order_no": [1.0]}}): "utter_known",
    rule({**LISTENED, "user": {"intent": "inform"}}): "action_show_order",
    rule({**LISTENED, "active_loop": {"name": "should_not_be_set"}}): "action_listen",
    rule(LISTENED, {"prev_action": {"action_name": "utter_greet"}}): "action_listen",
    rule({"user": {"intent": "greet"}}): "at_the_start",
    rule({"prev_action": {"action_name": "should_not_be_set"}, "user": {"intent": "x"}}): "odd",
}


class TheRules(unittest.TestCase):
    """Bare objects: what is compared asks a policy nothing but its two methods."""

    def test_the_same_rules_apply_as_without_sorting_them(self) -> None:
        ours = object.__new__(RulePolicy)
        rasas_own = object.__new__(rasas.RulePolicy)
        for seed in range(60):
            chance = random.Random(seed)
            tracker, _ = trackers()
            for _ in range(12):
                for event in one_event(chance):
                    tracker.update(event, DOMAIN)
                    states = tracker.past_states(DOMAIN)
                    self.assertEqual(
                        ours._get_possible_keys(RULES, states),
                        rasas_own._get_possible_keys(RULES, states),
                    )

    def test_some_rules_apply_at_all(self) -> None:
        """The control for the one above."""
        tracker, _ = trackers()
        for event in (LISTEN, heard("greet")):
            tracker.update(event, DOMAIN)

        found = object.__new__(RulePolicy)._get_possible_keys(RULES, tracker.past_states(DOMAIN))
        self.assertIn("utter_greet", [RULES[key] for key in found])


if __name__ == "__main__":
    unittest.main()
