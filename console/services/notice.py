"""A message that nobody asked for in this minute, but the customer did ask for some time ago."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

from sqlalchemy import Connection

from console.desk.conversation import Conversation, State
from console.desk.customer import Customer
from console.desk.event import BOT, EventType, NewEvent
from console.services.customer import start_conversation
from console.services.parts import Desk
from console.storage import conversation as conversation_rows
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
    head = conversation_rows.current_of_customer(tx, customer.id)
    if head is not None and head.state is not State.RESOLVED:
        return head
    lang = head.lang if head is not None else "zh"
    return start_conversation(tx, customer, lang, desk.clock.now())
