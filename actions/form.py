"""How every form listens: one call per message reads the answer, checks it and asks what is next.

Rasa calls the validation of a form at its start, for every answer, and again after a side
question was answered by a rule. The questions are asked here and not by Rasa (which would look
for `utter_ask_<slot>`): that saves a call per message. A message that is no answer rejects the
form: the rule for its intent answers, and the form asks again.
"""

from __future__ import annotations

import re
from abc import abstractmethod
from collections.abc import Iterable, Mapping
from enum import StrEnum
from typing import Any, ClassVar, override

from rasa_sdk.events import SlotSet

from actions.closed_list import read_reason
from actions.turn import DeskAction, Event, Turn, since_last_message
from console.desk.handoff import HandoffReason
from console.services.handoff import request_handoff

MOST_MISSES = 3  # invalid answers until a person gets the half-filled form (spec 3.7)
# Always honoured, whatever the form is asking for.
NEVER_ANSWERS = frozenset(
    {
        "request_human",
        "request_previous_agent",
        "escalate_to_supervisor",
        "report_broken_promise",
        "restart_flow",
    }
)
# These may be answers that were not understood; every other intent is a side question.
MAYBE_ANSWERS = frozenset(
    {"inform", "correct_info", "affirm", "deny", "nlu_fallback", "out_of_scope"}
)
LEAVING = re.compile(
    r"算了|不弄|不办|不退了|不取消|退出|返回|重新|never ?mind|forget|start over|stop", re.IGNORECASE
)
CORRECTIONS = frozenset({"correct_info", "deny"})
HANDED_OVER = frozenset({"action_request_handoff", "action_soothe"})


class Call(StrEnum):
    """Why the validation is called."""

    STARTED = "started"
    ANSWERED = "answered"
    RESUMED = "resumed"  # after a side question
    SILENT = "silent"  # the bot goes on by itself


class Answers:
    """The slots during one call; what changed goes back to the dialogue."""

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


class Form(DeskAction):
    """`validate_<form>`. Subclasses read, decide and ask; this class knows when."""

    form_name: ClassVar[str]
    started_by: ClassVar[str]

    @override
    def name(self) -> str:
        return f"validate_{self.form_name}"

    @override
    async def act(self, turn: Turn) -> list[Event]:
        answers = Answers(turn.tracker.slots)
        call = how_called(turn, self.form_name)
        if call is Call.STARTED:
            answers.put("form_misses", 0)
            await self.read(turn, answers, None)
        elif call is Call.ANSWERED:
            asked = answers["requested_slot"]
            if turn.intent in NEVER_ANSWERS and not self.is_answer(turn, asked):
                return []
            if await self.read(turn, answers, asked):
                answers.put("form_misses", 0)
            elif turn.intent in MAYBE_ANSWERS:
                return await self._missed(turn, answers)
            elif turn.intent != self.started_by:
                return []
        return await self._go_on(turn, answers, call)

    async def _go_on(self, turn: Turn, answers: Answers, call: Call) -> list[Event]:
        next_slot = await self.next_slot(turn, answers)
        if next_slot is not None and not (call is Call.RESUMED and was_handed_over(turn)):
            await self.ask(turn, answers, next_slot)
        return answers.events(next_slot)

    async def _missed(self, turn: Turn, answers: Answers) -> list[Event]:
        misses = int(answers["form_misses"] or 0) + 1
        answers.put("form_misses", misses)
        if misses < MOST_MISSES:
            turn.say("utter_not_understood_here")
            return await self._go_on(turn, answers, Call.ANSWERED)
        answers.put("form_misses", 0)
        await request_handoff(
            turn.desk, turn.conversation_id, HandoffReason.FORM_FAILED, key=turn.key()
        )
        return answers.events(None)

    def is_answer(self, turn: Turn, asked: str | None) -> bool:
        """Asked why, "I do not want it any more" is a reason and no wish to stop."""
        is_why = asked in {"reason", "cancel_reason"} and turn.intent == "restart_flow"
        return is_why and read_reason(turn.text) is not None and not LEAVING.search(turn.text)

    @abstractmethod
    async def read(self, turn: Turn, answers: Answers, asked: str | None) -> bool:
        """Takes what the message says into `answers`; False when it says nothing of use."""

    @abstractmethod
    async def next_slot(self, turn: Turn, answers: Answers) -> str | None:
        """What is still missing; None when the form is over, said why if it is not confirmed."""

    @abstractmethod
    async def ask(self, turn: Turn, answers: Answers, slot: str) -> None:
        """Puts the question."""


def how_called(turn: Turn, form_name: str) -> Call:
    if turn.is_silent:
        return Call.SILENT
    events = since_last_message(turn.tracker.events)
    if any(e.get("event") == "active_loop" and e.get("name") == form_name for e in events):
        return Call.STARTED
    if any(
        e.get("event") == "action_execution_rejected" and e.get("name") == form_name for e in events
    ):
        return Call.RESUMED
    return Call.ANSWERED


def was_handed_over(turn: Turn) -> bool:
    """A person was just called: the question waits, the customer has the word."""
    return any(
        e.get("event") == "action" and e.get("name") in HANDED_OVER
        for e in since_last_message(turn.tracker.events)
    )


def says_yes(turn: Turn, name: str = "confirmed") -> bool:
    return turn.entity(name) == "yes" or (turn.entity(name) is None and turn.intent == "affirm")


def says_no(turn: Turn, name: str = "confirmed") -> bool:
    return turn.entity(name) == "no" or (turn.entity(name) is None and turn.intent == "deny")
