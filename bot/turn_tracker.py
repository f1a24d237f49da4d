"""Rasa's tracker, which remembers within a turn what policies ask of it again and again.

Every prediction wants the states of the whole history, up to three times; Rasa builds each list by
copying all slots and playing all events once more. Here a second tracker walks behind and goes
only over what is new, and a slot is copied when it changes. The states are Rasa's own.
Source: docs/adr/0027.
"""

from __future__ import annotations

import operator
from collections.abc import Iterable
from typing import Any

from rasa.shared.core.domain import Domain, State
from rasa.shared.core.events import ActionExecuted, Event
from rasa.shared.core.slots import Slot
from rasa.shared.core.trackers import DialogueStateTracker


class TurnTracker(DialogueStateTracker):
    """Lives for one turn; its events must not be changed once they are in it."""

    def __init__(
        self,
        sender_id: str,
        slots: Iterable[Slot] | None,
        max_event_history: int | None = None,
        sender_source: str | None = None,
        is_rule_tracker: bool = False,
    ) -> None:
        super().__init__(sender_id, (), max_event_history, sender_source, is_rule_tracker)
        # Trackers and the domain share slots: none is ever changed, a changed one takes its place.
        self.slots = {slot.name: slot for slot in slots or ()}
        self._reset_slots()
        self._walk: _Walk | None = None

    def init_copy(self) -> TurnTracker:
        return TurnTracker(
            self.sender_id,
            self.slots.values(),
            self._max_event_history,
            is_rule_tracker=self.is_rule_tracker,
        )

    def _reset_slots(self) -> None:
        for name, slot in self.slots.items():
            if slot.has_been_set:
                self.slots[name] = _twin(slot)
                self.slots[name].reset()

    def _set_slot(self, key: str, value: Any) -> None:
        if key in self.slots:
            self.slots[key] = _twin(self.slots[key])
        super()._set_slot(key, value)

    def past_states(
        self,
        domain: Domain,
        omit_unset_slots: bool = False,
        ignore_rule_only_turns: bool = False,
        rule_only_data: dict[str, Any] | None = None,
    ) -> list[State]:
        """The caller may change the answer: policies do."""
        if omit_unset_slots or ignore_rule_only_turns:
            states: list[State] = super().past_states(
                domain, omit_unset_slots, ignore_rule_only_turns, rule_only_data
            )
            return states
        applied = self.applied_events()
        if self._walk is None or not self._walk.leads_to(applied, domain):
            self._walk = _Walk(self.init_copy(), domain)
        return [_copy_of(state) for state in self._walk.states(applied)]


class _Walk:
    """The states before every action so far, and a tracker that has seen the same events."""

    def __init__(self, behind: TurnTracker, domain: Domain) -> None:
        self._behind = behind
        self._domain = domain
        self._seen: list[Event] = []
        self._states: list[State] = []
        self._newest: State | None = None

    def leads_to(self, applied: list[Event], domain: Domain) -> bool:
        """False when something that was seen has been taken back."""
        if domain is not self._domain or len(self._seen) > len(applied):
            return False
        return all(map(operator.is_, self._seen, applied))

    def states(self, applied: list[Event]) -> list[State]:
        for event in applied[len(self._seen) :]:
            self._see(event)
        if self._newest is None:
            self._newest = self._domain.get_active_state(self._behind)
        return [*self._states, self._newest]

    def _see(self, event: Event) -> None:
        if isinstance(event, ActionExecuted):
            self._states.append(self._newest or self._domain.get_active_state(self._behind))
        self._behind.update(event)
        self._seen.append(event)
        self._newest = None


def _twin(slot: Slot) -> Slot:
    """As `copy.copy`, which asks every object how it wants to be pickled."""
    twin = object.__new__(type(slot))
    twin.__dict__.update(slot.__dict__)
    return twin


def _copy_of(state: State) -> State:
    return {kind: dict(sub_state) for kind, sub_state in state.items()}
