"""Steps that agents take under a key of their console: noted in the thread, and taken once."""

from __future__ import annotations

from console.desk.event import Actor, Body, EventType, NewEvent


def action(actor: Actor, body: Body, key: str) -> NewEvent:
    """`body`: with all that was asked for, so that another wish under the key is seen."""
    return NewEvent(EventType.ACTION_TAKEN, actor, body, f"{body['action']}:{key}")
