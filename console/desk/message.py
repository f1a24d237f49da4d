"""What a message may hold, and who may post it."""

from __future__ import annotations

from typing import Any

from console.desk.errors import BadRequest, Conflict, NotAllowed, TooLarge
from console.desk.event import Body

TEXT_LIMIT = 4_000  # characters (contracts, section 7); a setting may lower it


class ConversationResolved(Conflict):
    """It is closed; the customer's next message begins a new conversation."""

    code = "conversation_resolved"


class NotAssignee(NotAllowed):
    """Another agent, or the bot, holds the conversation."""

    code = "not_assignee"


def text_body(text: str) -> Body:
    return {"kind": "text", "text": text}


def clean_text(raw: Any, limit: int = TEXT_LIMIT) -> str:
    """The text as typed, without NUL and without blank edges. Raises `BadRequest`, `TooLarge`."""
    if not isinstance(raw, str):
        raise BadRequest("text must be a string", field="text")
    text = raw.replace("\x00", "").strip()
    if not text:
        raise BadRequest("text is empty", field="text")
    if len(text) > limit:
        raise TooLarge("text is too long", field="text", limit=limit, length=len(text))
    return text


def clean_client_msg_id(raw: Any) -> str:
    """8-64 visible ASCII characters chosen by the sender."""
    if isinstance(raw, str) and 8 <= len(raw) <= 64 and raw.isascii() and raw.isprintable():
        return raw
    raise BadRequest("client_msg_id must be 8 to 64 characters", field="client_msg_id")
