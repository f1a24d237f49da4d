"""What an action sees of a turn, and how it answers: in words of the domain or as a card.

Everything an action needs hangs on `Turn`; actions keep no state between calls.
"""

from __future__ import annotations

from abc import abstractmethod
from collections.abc import Iterable, Mapping
from typing import Any, ClassVar, override

from rasa_sdk import Action, Tracker
from rasa_sdk.events import SlotSet
from rasa_sdk.executor import CollectingDispatcher

from console.services.parts import Desk

Event = dict[str, Any]
Button = dict[str, str]
# Actions that move money, orders or people. Their place in the turn makes their key (contracts 6).
WRITING = frozenset(
    {
        "action_claim_price_protection",
        "action_submit_return",
        "action_submit_cancel",
        "action_submit_complaint",
        "action_submit_slot",
        "action_confirm",
        "action_request_handoff",
        "action_hand_to_person",
        "action_soothe",
        "action_answer_urge",
        "return_form",
        "cancel_form",
        "complaint_form",
        "slot_form",
    }
)
KEYS_PER_ACTION = 8  # no action writes more often in one run


class Turn:
    """One action call."""

    def __init__(self, desk: Desk, dispatcher: CollectingDispatcher, tracker: Tracker) -> None:
        self.desk = desk
        self.tracker = tracker
        self._dispatcher = dispatcher
        self._keys_given = 0

    @property
    def conversation_id(self) -> str:
        return str(self.tracker.sender_id)

    @property
    def lang(self) -> str:
        return "en" if self.tracker.slots.get("lang") == "en" else "zh"

    @property
    def is_verified(self) -> bool:
        return bool(self.tracker.slots.get("customer_verified"))

    @property
    def text(self) -> str:
        """What was typed; empty for a button."""
        return str(self._message.get("text") or "").strip()

    @property
    def intent(self) -> str | None:
        name = (self._message.get("intent") or {}).get("name")
        return str(name) if name else None

    @property
    def ranking(self) -> list[str]:
        """Intents, most likely first."""
        return [str(one["name"]) for one in self._message.get("intent_ranking") or ()]

    @property
    def misses_before(self) -> int:
        """Messages in a row before this one that were not understood."""
        return int(self._metadata.get("misses") or 0)

    @property
    def is_silent(self) -> bool:
        """Nothing was said: the bot goes on by itself, for instance after a person."""
        return not self._message

    @property
    def _message(self) -> Mapping[str, Any]:
        """Empty when the newest message of the tracker belongs to an earlier turn."""
        if not any(event.get("event") == "user" for event in _this_turn(self.tracker.events)):
            return {}
        return dict(self.tracker.latest_message)

    @property
    def pictures(self) -> list[str]:
        """Uploads that came with the message."""
        return [str(one) for one in self._metadata.get("picture_upload_ids") or ()]

    @property
    def turn_id(self) -> str:
        return str(self._metadata["turn_id"])

    @property
    def _metadata(self) -> Mapping[str, Any]:
        """A turn without a message keeps its metadata in a slot (bot/turn.py)."""
        said = self._message.get("metadata") or {}
        if "turn_id" in said:
            return dict(said)
        return dict(self.tracker.slots.get("session_started_metadata") or {})

    def entity(self, name: str) -> Any:
        """The last entity of that kind in the message, or None."""
        found = [e["value"] for e in self.entities if e.get("entity") == name]
        return found[-1] if found else None

    @property
    def entities(self) -> list[dict[str, Any]]:
        return list(self._message.get("entities") or ())

    def slot(self, name: str) -> Any:
        return self.tracker.slots.get(name)

    @property
    def is_in_form(self) -> bool:
        return bool((self.tracker.active_loop or {}).get("name"))

    def task_done(self, intent: str, order_no: str | None = None) -> list[Event]:
        """What was talked about last. A side question never changes the order of a form."""
        if self.is_in_form:
            return []
        known = {"order_no": order_no} if order_no else {}
        return remember(last_task=intent, **known)

    def key(self) -> str:
        """A new idempotency key; a retry of the turn counts to the same one."""
        index = _writers_before(self.tracker.events, self.turn_id) * KEYS_PER_ACTION
        index += self._keys_given
        self._keys_given += 1
        return f"{self.turn_id}:{index}"

    def say(self, response: str, buttons: Iterable[Button] = (), **values: Any) -> None:
        """One `utter_…` of the domain, with its own buttons and these."""
        self._dispatcher.utter_message(response=response, buttons=list(buttons), **values)

    def show(self, card: Mapping[str, Any], text: str, buttons: Iterable[Button] = ()) -> None:
        """`text` is what a channel without cards shows. Buttons belong to the card's message."""
        message = {"card": dict(card), "text": text, "buttons": list(buttons)}
        self._dispatcher.utter_message(json_message=message)

    def words(self, zh: str, en: str) -> str:
        return en if self.lang == "en" else zh


class DeskAction(Action):  # type: ignore[misc]  # the SDK ships no types
    """An action with a desk; subclasses name themselves and implement `act`."""

    action_name: ClassVar[str]

    def __init__(self, desk: Desk) -> None:
        self.desk = desk

    @override
    def name(self) -> str:
        return self.action_name

    @override
    async def run(
        self, dispatcher: CollectingDispatcher, tracker: Tracker, domain: Any
    ) -> list[Event]:
        return await self.act(Turn(self.desk, dispatcher, tracker))

    @abstractmethod
    async def act(self, turn: Turn) -> list[Event]:
        """Says what is to be said and returns what the dialogue remembers."""


def remember(**slots: Any) -> list[Event]:
    return [SlotSet(name, value) for name, value in slots.items()]


def since_last_message(events: Iterable[Event]) -> list[Event]:
    """What happened in answer to the newest message, or since the start when there is none."""
    newest: list[Event] = []
    for event in events:
        newest = [] if event.get("event") == "user" else [*newest, event]
    return newest


def _this_turn(events: Iterable[Event]) -> list[Event]:
    """Every turn begins with its metadata (bot/turn.py); without any, all events count."""
    mine: list[Event] = []
    for event in events:
        is_opening = event.get("name") == "session_started_metadata"
        mine = [event] if is_opening else [*mine, event]
    return mine


def _writers_before(events: Iterable[Event], turn_id: str) -> int:
    """Writing actions that ran earlier in this turn; a message of several wishes has several."""
    count, is_this_turn = 0, False
    for event in events:
        if event.get("event") == "user":
            is_this_turn = (event.get("metadata") or {}).get("turn_id") == turn_id
        elif is_this_turn and event.get("event") == "action" and event.get("name") in WRITING:
            count += 1
    return count
