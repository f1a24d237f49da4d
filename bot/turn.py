"""One turn of a conversation, from a history to new events; nothing is kept afterwards.

The steps are those of Rasa's own `handle_message`, without its tracker store and with every
failure visible. They use members of `MessageProcessor` that Rasa calls private: the version is
pinned, and tests/contract holds what is relied on. Source: docs/adr/0021 and 0022.
"""

from __future__ import annotations

import time
from typing import Any
from weakref import WeakKeyDictionary

from rasa.core.channels.channel import CollectingOutputChannel
from rasa.core.processor import ActionLimitReached, MessageProcessor
from rasa.engine.runner.dask import DaskGraphRunner
from rasa.shared.constants import DEFAULT_NLU_FALLBACK_INTENT_NAME
from rasa.shared.core.constants import (
    ACTION_LISTEN_NAME,
    DEFAULT_INTENTS,
    SESSION_START_METADATA_SLOT,
)
from rasa.shared.core.events import ActionExecuted, Event, SlotSet, deserialise_events

from bot.direct_runner import DirectRunner
from bot.ellipsis import read_in_context
from bot.event_classes import remember_classes_of_events
from bot.predictions import remember_predictions
from bot.reading import read, verbatim
from bot.slot_filling import SlotFilling
from bot.strict_actions import (
    StrictAction,
    StrictEndpoint,
    TurnAborted,
    read_the_schema_once,
)
from bot.turn_request import BadTurn, Button, TurnRequest
from bot.turn_tracker import TurnTracker
from bot.wishes import Reading, read_wishes

CHANNEL = "desk"
VALIDATORS = ("validate_", "action_validate_slot_mappings")
_slot_filling: WeakKeyDictionary[MessageProcessor, SlotFilling] = WeakKeyDictionary()


def make_ready(processor: MessageProcessor) -> None:
    """What a turn changes about a processor; a second call changes nothing."""
    if processor in _slot_filling:
        return
    if isinstance(processor.graph_runner, DaskGraphRunner):
        processor.graph_runner = runner = DirectRunner(processor.graph_runner)
        remember_predictions(runner.components)
    remember_classes_of_events()
    _make_strict(processor)
    _slot_filling[processor] = SlotFilling(processor.domain)


def _make_strict(processor: MessageProcessor) -> None:
    """No failure of the action endpoint is hidden from now on."""
    endpoint = processor.action_endpoint
    if endpoint is None or isinstance(endpoint, StrictEndpoint):
        return
    processor.action_endpoint = StrictEndpoint(endpoint)
    read_the_schema_once()
    # The domain travels only where it is needed (endpoints.yml); every validator needs it.
    needing = processor.domain._actions_which_explicitly_need_domain
    needing += [name for name in processor.domain.user_actions if name.startswith(VALIDATORS)]


class Turn:
    """Plays one request on one tracker. Raises `BadTurn` or `TurnAborted`; use it once."""

    def __init__(self, processor: MessageProcessor, request: TurnRequest) -> None:
        make_ready(processor)
        self._processor = processor
        self._request = request
        self._out = CollectingOutputChannel()
        self._tracker = _rebuild(processor, request)
        self._known_events = len(self._tracker.events)
        self._parse_s = 0.0

    async def play(self) -> dict[str, Any]:
        """The answer of the protocol (docs/protocol.md)."""
        started = time.perf_counter()
        await self._open_session()
        parse = await self._take_message()
        if parse is None and self._request.speak:
            await self._answer()
        return self._reply(parse, turn_s=time.perf_counter() - started)

    async def _open_session(self) -> None:
        metadata = self._request.metadata
        tracker, domain = self._tracker, self._processor.domain
        await self._processor._update_tracker_session(tracker, self._out, metadata)
        # Actions of a turn without a message find the turn's id and time here.
        tracker.update(SlotSet(SESSION_START_METADATA_SLOT, metadata), domain)
        lang = self._request.lang
        if lang and tracker.slots.get("lang") and tracker.get_slot("lang") != lang:
            tracker.update(SlotSet("lang", lang), domain)

    async def _take_message(self) -> dict[str, Any] | None:
        if self._request.button is not None:
            parse = _button_parse(self._processor, self._request.button)
            await self._hear(None, parse)
            return parse
        if self._request.text is None:
            return None
        reading = self._understand(self._request.text)
        for text, parse in reading.wishes:
            await self._hear(text, parse)
        return reading.summary()

    def _understand(self, text: str) -> Reading:
        started = time.perf_counter()
        may_split = not self._tracker.active_loop_name and not self._tracker.is_paused()
        metadata = self._request.metadata
        reading = read_wishes(
            lambda one: self._in_context(one, read(self._processor, one, metadata)),
            text,
            may_split=may_split,
        )
        self._parse_s = time.perf_counter() - started
        return reading

    def _in_context(self, text: str, parse: dict[str, Any]) -> dict[str, Any]:
        last_task = self._tracker.get_slot("last_task")
        in_form = self._tracker.active_loop_name is not None
        return read_in_context(text, parse, last_task, in_form=in_form)

    async def _hear(self, text: str | None, parse: dict[str, Any]) -> None:
        """A text slot of an active form takes any text, so a button has none."""
        message = verbatim(
            text,
            sender_id=self._request.conversation_id,
            message_id=self._request.turn_id,
            input_channel=CHANNEL,
            output_channel=self._out,
            parse_data=parse,
            metadata=self._request.metadata,
        )
        await self._processor._handle_message_with_tracker(message, self._tracker)
        if _slot_filling[self._processor].is_possible(self._tracker.latest_message):
            await self._processor.run_action_extract_slots(self._out, self._tracker)
        await self._answer()

    async def _answer(self) -> None:
        """Actions, until the bot listens. A paused tracker gets none."""
        processor, tracker = self._processor, self._tracker
        goes_on = True
        while goes_on and processor._should_handle_message(tracker):
            try:
                action, prediction = processor.predict_next_with_tracker_if_should(tracker)
            except ActionLimitReached as error:
                raise TurnAborted(str(tracker.latest_action_name), "never listens") from error
            goes_on = await processor._run_action(
                StrictAction(action), tracker, self._out, processor.nlg, prediction
            )

    def _reply(self, parse: dict[str, Any] | None, *, turn_s: float) -> dict[str, Any]:
        tracker = self._tracker
        return {
            "parse": parse,
            "responses": _without_repeats(self._out.messages),
            "events": self._new_events(),
            "slots": _own_slots(tracker),
            "active_loop": tracker.active_loop_name,
            "requested_slot": tracker.get_slot("requested_slot"),
            "paused": tracker.is_paused(),
            "model_id": self._processor.model_metadata.model_id,
            "timing": {
                "parse_ms": round(self._parse_s * 1000, 1),
                "turn_ms": round(turn_s * 1000, 1),
            },
        }

    def _new_events(self) -> list[dict[str, Any]]:
        new = list(self._tracker.events)[self._known_events :]
        return [event.as_dict() for event in new if not _is_turn_metadata(event)]


def _rebuild(processor: MessageProcessor, request: TurnRequest) -> TurnTracker:
    """The tracker as the history says. Without a last `action_listen` Rasa would stay silent."""
    try:
        events = [event for one in request.history for event in _events_of(one)]
    except (ValueError, KeyError, TypeError) as error:
        raise BadTurn(f"history holds an event that cannot be read: {error}") from error
    if events and not _is_listen(events[-1]):
        events.append(ActionExecuted(ACTION_LISTEN_NAME))
    tracker: TurnTracker = TurnTracker.from_events(
        request.conversation_id, events, processor.domain.slots, domain=processor.domain
    )
    tracker.model_id = processor.model_metadata.model_id
    return tracker


def _events_of(one: dict[str, Any]) -> list[Event]:
    """A checkpoint is mostly slots; for each event Rasa looks through all classes of events."""
    if one.keys() == {"event", "name", "value"} and one["event"] == "slot":
        return [SlotSet(one["name"], one["value"])]
    read: list[Event] = deserialise_events([one])
    return read


def _is_listen(event: Any) -> bool:
    return isinstance(event, ActionExecuted) and event.action_name == ACTION_LISTEN_NAME


def _is_turn_metadata(event: Any) -> bool:
    return isinstance(event, SlotSet) and event.key == SESSION_START_METADATA_SLOT


def _button_parse(processor: MessageProcessor, button: Button) -> dict[str, Any]:
    refused = {*DEFAULT_INTENTS, DEFAULT_NLU_FALLBACK_INTENT_NAME}
    if button.intent in refused or button.intent not in processor.domain.intents:
        raise BadTurn(f"no button may mean '{button.intent}'", code="unknown_intent")
    intent = {"name": button.intent, "confidence": 1.0}
    return {
        "text": None,
        "intent": intent,
        "intent_ranking": [intent],
        "entities": [
            {"entity": name, "value": value, "extractor": "button"}
            for name, value in button.entities.items()
        ],
    }


def _without_repeats(messages: list[dict[str, Any]]) -> list[dict[str, Any]]:
    """A form that was interrupted asks again: only the last of identical answers is kept."""
    answers = [{k: v for k, v in message.items() if k != "recipient_id"} for message in messages]
    return [one for at, one in enumerate(answers) if one not in answers[at + 1 :]]


def _own_slots(tracker: TurnTracker) -> dict[str, Any]:
    return {
        name: value
        for name, value in tracker.current_slot_values().items()
        if name not in {SESSION_START_METADATA_SLOT, "requested_slot"}
    }
