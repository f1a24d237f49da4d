"""A remembered class of events is the one that Rasa finds."""

from __future__ import annotations

import unittest

from bot import environment

environment.prepare()

from rasa.shared.core.events import Event, SlotSet, deserialise_events  # noqa: E402
from rasa.shared.utils.common import all_subclasses  # noqa: E402

from bot.event_classes import _search, remember_classes_of_events, resolve  # noqa: E402


def is_refused(name: str) -> bool:
    try:
        resolve(name)
    except ValueError:
        return True
    return False


class TheClassesOfEvents(unittest.TestCase):
    def test_every_name_means_what_it_means_to_rasa_at_first_and_later(self) -> None:
        names = {kind.type_name for kind in all_subclasses(Event) if hasattr(kind, "type_name")}
        self.assertIn("slot", names)
        for name in [*names, *names]:
            self.assertIs(resolve(name), _search(name))

    def test_an_unknown_name_is_refused_each_time(self) -> None:
        self.assertTrue(is_refused("no_such_event"))
        self.assertTrue(is_refused("no_such_event"))
        self.assertFalse(is_refused("slot"))

    def test_a_default_is_given_back_and_not_remembered(self) -> None:
        self.assertIs(resolve("no_such_event_either", SlotSet), SlotSet)
        self.assertTrue(is_refused("no_such_event_either"))

    def test_rasa_reads_events_through_it(self) -> None:
        """Fails when Rasa finds classes of events in another way."""
        remember_classes_of_events()

        self.assertIs(Event.resolve_by_type, resolve)
        [read] = deserialise_events([{"event": "slot", "name": "lang", "value": "en"}])
        self.assertEqual(read, SlotSet("lang", "en"))


if __name__ == "__main__":
    unittest.main()
