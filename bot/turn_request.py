"""The body of a turn or parse request, checked once at the border. No Rasa in here.

A history is a checkpoint (slots, active form, requested slot) plus recent events, as Rasa writes
them. It begins with an action, because Rasa would otherwise start a new session and forget it.
"""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import Any

BODY_BYTES = 2_000_000
TEXT_CHARACTERS = 4_000  # contracts, section 7
HISTORY_EVENTS = 1_000
TEXTS_PER_PARSE = 500


class BadTurn(Exception):
    """The request cannot be used; `code` is for programs, the message for people."""

    def __init__(self, message: str, code: str = "bad_request") -> None:
        super().__init__(message)
        self.code = code


@dataclass(frozen=True)
class Button:
    """A click on one of our own buttons; the desk has already turned its id into this."""

    intent: str
    entities: dict[str, Any] = field(default_factory=dict)


@dataclass(frozen=True)
class TurnRequest:
    """One turn. Exactly one of `text` and `button` is set, or neither.

    `speak`: let the bot go on by itself, without a message.
    """

    conversation_id: str
    turn_id: str
    history: list[dict[str, Any]]
    speak: bool
    text: str | None
    button: Button | None
    lang: str | None
    metadata: dict[str, Any]


def read_turn(body: Any) -> TurnRequest:
    """Raises `BadTurn` with a sentence that names the field."""
    if not isinstance(body, dict):
        raise BadTurn("the body is not a JSON object")
    message = _mapping(body, "message") or {}
    metadata = _mapping(body, "metadata") or {}
    turn_id = _identifier(body, "turn_id")
    return TurnRequest(
        conversation_id=_identifier(body, "conversation_id"),
        turn_id=turn_id,
        history=_history(body.get("history")),
        speak=body.get("speak") is True,
        text=_text(message),
        button=_button(message),
        lang=message.get("lang") or metadata.get("lang"),
        metadata={**metadata, "turn_id": turn_id},
    )


def read_texts(body: Any) -> list[str]:
    """The texts of a parse request, at most 500; empty ones are allowed."""
    texts = body.get("texts") if isinstance(body, dict) else None
    if not isinstance(texts, list) or not all(isinstance(text, str) for text in texts):
        raise BadTurn("texts must be a list of strings")
    if len(texts) > TEXTS_PER_PARSE:
        raise BadTurn(f"more than {TEXTS_PER_PARSE} texts", code="too_large")
    if any(len(text) > TEXT_CHARACTERS for text in texts):
        raise BadTurn(f"a text is longer than {TEXT_CHARACTERS} characters", code="too_large")
    return texts


def _identifier(body: dict[str, Any], name: str) -> str:
    value = body.get(name)
    if not isinstance(value, str) or not 0 < len(value) <= 128:
        raise BadTurn(f"{name} must be a string of 1 to 128 characters")
    return value


def _mapping(body: dict[str, Any], name: str) -> dict[str, Any] | None:
    value = body.get(name)
    if value is not None and not isinstance(value, dict):
        raise BadTurn(f"{name} must be an object or null")
    return value


def _history(events: Any) -> list[dict[str, Any]]:
    if events is None:
        return []
    if not isinstance(events, list) or not all(isinstance(event, dict) for event in events):
        raise BadTurn("history must be a list of events")
    if len(events) > HISTORY_EVENTS:
        raise BadTurn(f"history holds more than {HISTORY_EVENTS} events", code="too_large")
    if events and events[0].get("event") != "action":
        raise BadTurn("history must begin with an action event")
    return events


def _text(message: dict[str, Any]) -> str | None:
    text = message.get("text")
    if text is None:
        return None
    if "button" in message:
        raise BadTurn("a message has either a text or a button")
    if not isinstance(text, str) or not text.strip():
        raise BadTurn("message.text must be a string that is not empty")
    if len(text) > TEXT_CHARACTERS:
        raise BadTurn(f"message.text is longer than {TEXT_CHARACTERS} characters", code="too_large")
    return text


def _button(message: dict[str, Any]) -> Button | None:
    button = message.get("button")
    if button is None:
        if message and message.get("text") is None:
            raise BadTurn("a message needs a text or a button")
        return None
    if not isinstance(button, dict) or not isinstance(button.get("intent"), str):
        raise BadTurn("message.button needs an intent")
    entities = button.get("entities", {})
    if not isinstance(entities, dict):
        raise BadTurn("message.button.entities must be an object")
    return Button(button["intent"], entities)
