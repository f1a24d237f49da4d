"""What a form knows while it reads one message; what changed goes back to the dialogue."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from typing import Any

from rasa_sdk.events import SlotSet

Event = dict[str, Any]


class Answers:
    """The slots during one call."""

    def __init__(self, slots: Mapping[str, Any]) -> None:
        self._slots = dict(slots)
        self._changed: dict[str, Any] = {}

    def __getitem__(self, name: str) -> Any:
        return self._slots.get(name)

    def put(self, name: str, value: Any) -> None:
        self._slots[name] = value
        self._changed[name] = value

    def forget(self, names: Iterable[str]) -> None:
        for name in names:
            if self._slots.get(name) is not None:
                self.put(name, None)

    def forget_old(self, names: Iterable[str]) -> None:
        """All but what this very message said."""
        self.forget(name for name in list(names) if name not in self._changed)

    def as_slots(self) -> dict[str, Any]:
        return dict(self._slots)

    def changed(self, name: str) -> bool:
        return name in self._changed

    def events(self, requested_slot: str | None) -> list[Event]:
        """Never without a slot of the form: Rasa takes such an answer for "nothing was said"."""
        slots = {"form_misses": self["form_misses"] or 0, **self._changed}
        events = [SlotSet(name, value) for name, value in slots.items()]
        return [*events, SlotSet("requested_slot", requested_slot)]
