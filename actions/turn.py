"""What an action sees of a turn, and how it answers: in words of the domain or as a card.

Everything an action needs hangs on `Turn`; actions keep no state between calls.
"""

from __future__ import annotations

import copy
import itertools
from abc import abstractmethod
from collections.abc import Iterable, Mapping, Sequence
from typing import Any, ClassVar, override

from rasa_sdk import Action, Tracker
from rasa_sdk.events import SlotSet
from rasa_sdk.executor import CollectingDispatcher

from actions.form_stack import INSTANCE, after_action
from console.desk.product import Product
from console.services import product as products_service
from console.services.parts import Desk
from console.services.policy_span import span_of

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
        "action_submit_trade_in",
        "action_show_trade_ins",
        "action_submit_callback",
        "action_explain_price_refusal",
        "action_submit_change",
        "action_submit_tracking",
        "action_urge_after_sale",
        "action_explain_refund",
        "action_confirm",
        "action_request_handoff",
        "action_show_work_orders",
        "action_soothe",
        "action_answer_bargain",
        "action_answer_urge",
        "action_answer_usage",
        "action_consult_expert",
        "action_help_with_account",
        "action_refuse_marketing",
        "action_submit_alert",
        "action_submit_bulk",
        "action_submit_custom",
        "alert_form",
        "need_form",
        "size_form",
        "custom_form",
        "bulk_form",
        "return_form",
        "cancel_form",
        "complaint_form",
        "slot_form",
        "trade_in_form",
        "callback_form",
        "action_carry_out_remedy",
        "action_troubleshoot",
        "action_submit_exchange",
        "action_submit_size_swap",
        "action_submit_refund_only",
        "action_submit_repair",
        "action_submit_door_swap",
        "exchange_form",
        "size_swap_form",
        "refund_only_form",
        "repair_form",
        "door_swap_form",
        "damage_form",
        "missing_form",
        "wrong_form",
        "quality_form",
        "rma_change_form",
        "tracking_form",
        "action_check_stalled",
        "action_submit_watch",
        "action_submit_item_change",
        "action_submit_address",
        "action_explain_payment",
        "action_explain_double",
        "action_submit_invoice",
        "action_submit_invoice_change",
        "invoice_form",
        "invoice_change_form",
        "action_answer_cancel_result",
        "action_explain_cancelled",
        "action_answer_refusal",
        "action_help_to_order",
        "action_submit_lost",
        "lost_form",
    }
)
KEYS_PER_ACTION = 8  # no action writes more often in one run


class Turn:
    """One action call."""

    def __init__(
        self,
        desk: Desk,
        dispatcher: CollectingDispatcher,
        tracker: Tracker,
        domain: Mapping[str, Any] | None = None,
    ) -> None:
        self.desk = desk
        self.tracker = tracker
        self._dispatcher = dispatcher
        self._domain = domain or {}
        self._keys = itertools.count()
        self._reworded: str | None = None
        self._recalled: Mapping[str, Any] = {}
        self._catalogue: list[Product] = []  # one list for all copies of the turn

    @property
    def conversation_id(self) -> str:
        return str(self.tracker.sender_id)

    @property
    def lang(self) -> str:
        return "en" if self.tracker.slots.get("lang") == "en" else "zh"

    async def span(self, key: str) -> str:
        """A length that the policy holds, in words: "48 小时"."""
        return await span_of(self.desk, self.conversation_id, key, self.lang)

    async def catalogue(self) -> list[Product]:
        """All that is sold; the shop is asked once, however many questions a call has about it."""
        if not self._catalogue:
            self._catalogue.extend(await products_service.catalogue(self.desk))
        return self._catalogue

    @property
    def is_verified(self) -> bool:
        return bool(self.tracker.slots.get("customer_verified"))

    @property
    def text(self) -> str:
        """What was typed; empty for a button."""
        if self._reworded is not None:
            return self._reworded
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
    def confidences(self) -> list[tuple[str, float]]:
        """The ranking with how sure each is; nothing is known of a test's or a button's."""
        ranked = self._message.get("intent_ranking") or ()
        return [(str(one["name"]), float(one.get("confidence") or 0)) for one in ranked]

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
        return {**self.tracker.latest_message, **self._recalled}

    @property
    def pictures(self) -> list[str]:
        """Uploads that came with the message."""
        return [str(one) for one in self._metadata.get("picture_upload_ids") or ()]

    @property
    def heard(self) -> list[str]:
        """What the customer told a person, when the bot goes on after that."""
        return [str(one) for one in self._metadata.get("heard") or ()]

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
        found = list(self._message.get("entities") or ())
        if self._reworded is None:
            return found
        said = str(self._message.get("text") or "")
        first = said.find(self._reworded)
        last = first + len(self._reworded)
        return [e for e in found if "start" not in e or first <= e["start"] < last]

    def said_as(self, *names: str) -> dict[str, str]:
        """Entities of these names by the words that were said for them."""
        whole = str(self._message.get("text") or "")
        return {
            (whole[e["start"] : e["end"]] if "start" in e else str(e["value"])): str(e["value"])
            for e in self.entities
            if e.get("entity") in names
        }

    def unsaid(self) -> Turn:
        """The same turn without its message, which was for somebody else."""
        return self.recalling("", None, [])

    def reworded(self, text: str) -> Turn:
        """The same turn as if only this part of the message had been said."""
        other = copy.copy(self)
        other._reworded = text
        return other

    def recalling(self, text: str, intent: str | None, entities: list[dict[str, Any]]) -> Turn:
        """The same turn as if this message of an earlier one had just been said."""
        other = copy.copy(self)
        said = {"text": text, "intent": {"name": intent}, "entities": entities}
        other._recalled, other._reworded = {**said, "intent_ranking": []}, None
        return other

    def without_a_voice(self) -> Turn:
        """The same turn, for a reading whose remarks nobody is to hear."""
        other = copy.copy(self)
        other._dispatcher = CollectingDispatcher()
        return other

    def slots_of_form(self, form: str) -> Sequence[str]:
        """What the domain says a form asks for; empty where the call came without a domain."""
        forms = self._domain.get("forms") or {}
        return list((forms.get(form) or {}).get("required_slots") or ())

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
        """A new idempotency key; a retry of the turn counts to the same one.

        What ends a form carries the key of that filling, so it is filed once however often the
        customer says yes.
        """
        given = next(self._keys)
        if self._ends_a_form and (instance := self.slot(INSTANCE)):
            return f"{instance}:{given}"
        return f"{self.turn_id}:{self._writers_before * KEYS_PER_ACTION + given}"

    @property
    def _writers_before(self) -> int:
        return _writers_before(self.tracker.events, self.turn_id)

    @property
    def _ends_a_form(self) -> bool:
        ended = {"event": "active_loop", "name": None}
        return not self.is_in_form and any(
            ended.items() <= event.items() for event in since_last_message(self.tracker.events)
        )

    def say(self, response: str, buttons: Iterable[Button] = (), **values: Any) -> None:
        """One `utter_…` of the domain, with its own buttons and these."""
        self._dispatcher.utter_message(response=response, buttons=list(buttons), **values)

    def show(self, card: Mapping[str, Any], text: str, buttons: Iterable[Button] = ()) -> None:
        """`text` is what a channel without cards shows. Buttons belong to the card's message."""
        message = {"card": dict(card), "text": text, "buttons": list(buttons)}
        self._dispatcher.utter_message(json_message=message)

    def add_buttons(self, buttons: Iterable[Button]) -> None:
        """Below what was said last."""
        last = self._dispatcher.messages[-1]
        holder = last["custom"] if last.get("custom") else last
        holder["buttons"] = [*(holder.get("buttons") or ()), *buttons]

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
        turn = Turn(self.desk, dispatcher, tracker, domain)
        events = await self.act(turn)
        if self.name().startswith("validate_"):
            return events
        loop = (tracker.active_loop or {}).get("name")
        return [*events, *after_action(tracker.slots, loop, tracker.events, events)]

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
