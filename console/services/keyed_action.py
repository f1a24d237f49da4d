"""Steps that agents take under a key of their console: noted in the thread, and taken once."""

from __future__ import annotations

from sqlalchemy import Connection

from console.desk.errors import SameIdOtherContent
from console.desk.event import Actor, Body, EventType, NewEvent
from console.storage.event import stored_event


def action(actor: Actor, body: Body, key: str) -> NewEvent:
    """`body`: with all that was asked for, so that another wish under the key is seen."""
    return NewEvent(EventType.ACTION_TAKEN, actor, body, f"{body['action']}:{key}")


def was_taken(tx: Connection, conversation_id: str, taken: NewEvent) -> bool:
    """Inside a unit of work. Raises `SameIdOtherContent` when the key did something else."""
    known = stored_event(tx, conversation_id, taken)
    if known is not None and known.body != taken.body:
        raise SameIdOtherContent("key", key=taken.client_msg_id)
    return known is not None
