"""A message that nobody asked for in this minute, but the customer did ask for some time ago."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

from sqlalchemy import Connection

from console.desk.conversation import Conversation
from console.desk.customer import Customer
from console.desk.event import BOT, EventType, NewEvent
from console.services.customer import open_conversation
from console.services.parts import Desk
from console.storage.event import record


def post_notice(
    tx: Connection,
    desk: Desk,
    customer: Customer,
    body_in: Callable[[str], dict[str, Any]],
    key: str,
) -> None:
    """Into the customer's conversation, in its language; a new one begins when the last is over.

    `key`: the same notice twice is one message.
    """
    head = notice_conversation(tx, desk, customer)
    event = NewEvent(EventType.MESSAGE_POSTED, BOT, body_in(head.lang), key)
    record(tx, head.id, [event], desk.clock.now())


def notice_conversation(tx: Connection, desk: Desk, customer: Customer) -> Conversation:
    """The customer's own that is not over; else a new one in the language of the last."""
    return open_conversation(tx, customer, None, desk.clock.now())
