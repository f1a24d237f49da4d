"""Turns what the engine said into messages: texts, cards, buttons without their payloads."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

import orjson
import structlog

from console.desk.event import Body
from console.gateways.engine import TurnResult

log = structlog.get_logger()

MOST_REPLIES = 8  # messages in one turn; more is a runaway rule


@dataclass(frozen=True, slots=True)
class Reply:
    """`buttons`: rows of {label, intent, entities}; they get opaque ids when they are stored."""

    body: Body
    buttons: tuple[dict[str, Any], ...] = ()


def replies_of(results: Sequence[TurnResult]) -> list[Reply]:
    """In order, at most eight."""
    found = [
        reply
        for result in results
        for response in result.responses
        if (reply := _reply(response)) is not None
    ]
    return found[:MOST_REPLIES]


def _reply(response: dict[str, Any]) -> Reply | None:
    custom = response.get("custom") or {}
    text = response.get("text") or custom.get("text") or ""
    raw_buttons = response.get("buttons") or custom.get("buttons") or ()
    buttons = tuple(button for raw in raw_buttons if (button := _button(raw)) is not None)
    if card := custom.get("card"):
        return Reply({"kind": "card", "text": text, "card": card}, buttons)
    if not text:
        return None
    return Reply({"kind": "text", "text": text}, buttons)


def _button(raw: dict[str, Any]) -> dict[str, Any] | None:
    """`/intent{"entity": "value"}` of a response, taken apart; nonsense is left out and logged."""
    payload = str(raw.get("payload") or "")
    name, brace, rest = payload.removeprefix("/").partition("{")
    if not payload.startswith("/") or not name:
        log.warning("button without an intent", payload=payload[:80])
        return None
    try:
        entities = orjson.loads(brace + rest) if brace else {}
    except orjson.JSONDecodeError:
        log.warning("button with a broken payload", payload=payload[:80])
        return None
    return {"label": str(raw.get("title") or name), "intent": name.strip(), "entities": entities}
