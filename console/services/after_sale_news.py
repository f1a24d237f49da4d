"""Word to the customer about what is on file, in the conversation that goes on."""

from __future__ import annotations

from collections.abc import Callable

from sqlalchemy import Connection

from console.desk.after_sale import AfterSaleRequest
from console.desk.event import SYSTEM, EventType, NewEvent
from console.desk.message import text_body
from console.services.parts import Desk
from console.storage import after_sale as rows
from console.storage import conversation as conversation_rows
from console.storage.event import record


def tell_customer(
    tx: Connection,
    desk: Desk,
    request: AfterSaleRequest,
    words: Callable[[str], str],
    *,
    key: str,
) -> None:
    """Inside a unit of work. `words`: the text in a language; said once per key."""
    tell_customer_of(tx, desk, rows.conversation_of(tx, request.rma_no), words, key=key)


def tell_customer_of(
    tx: Connection, desk: Desk, conversation_id: str, words: Callable[[str], str], *, key: str
) -> None:
    """As above; `conversation_id`: one of the customer's, not always the one that goes on."""
    customer = conversation_rows.customer_of(tx, conversation_id)
    head = conversation_rows.current_of_customer(tx, customer.id)
    if head is None:
        return
    event = NewEvent(EventType.MESSAGE_POSTED, SYSTEM, text_body(words(head.lang)), key)
    record(tx, head.id, [event], desk.clock.now())
