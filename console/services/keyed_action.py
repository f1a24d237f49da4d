"""What agents do for a customer: a line in the thread, an entry in the audit log, and done once."""

from __future__ import annotations

from dataclasses import replace
from datetime import datetime

from sqlalchemy import Connection

from console.desk.errors import SameIdOtherContent
from console.desk.event import Actor, ActorKind, Body, EventType, NewEvent
from console.services.parts import Desk
from console.storage.audit import audit
from console.storage.conversation import conversation
from console.storage.event import record, stored_event

_PRIVATE = frozenset({"action", "note"})  # the log says what was done, not in which words


def action(actor: Actor, body: Body, key: str) -> NewEvent:
    """A step under a key of the console. For colleagues: the customer hears of it in words.

    `body`: with all that was asked for, so that another wish under the key is seen.
    """
    name = f"{body['action']}:{key}"
    return NewEvent(EventType.ACTION_TAKEN, actor, body, name, internal=True)


def is_taken(tx: Connection, conversation_id: str, taken: NewEvent) -> bool:
    """Stored already; what came of it may stand beside what was asked for.

    Raises `SameIdOtherContent` when the key took another step.
    """
    known = stored_event(tx, conversation_id, taken)
    if known is not None and not taken.body.items() <= known.body.items():
        raise SameIdOtherContent("key", key=taken.client_msg_id)
    return known is not None


async def needed_second(
    desk: Desk, conversation_id: str, name: str, actor: Actor, key: str
) -> bool:
    """Whether the step under this key was a first yes; what has come since does not count.

    `name`: of the action, as it is recorded.
    """
    taken = action(actor, {"action": name}, key)
    known = await desk.database.read(lambda tx: stored_event(tx, conversation_id, taken))
    return known is not None and known.body.get("second_needed") is True


def record_action(
    tx: Connection, conversation_id: str, taken: NewEvent, at: datetime, **outcome: object
) -> None:
    """In the thread; and what an agent did in the audit log, under the customer. Once per key.

    `outcome`: what came of it, beside what was asked for.
    """
    taken = replace(taken, body={**taken.body, **outcome})
    stored = record(tx, conversation_id, [taken], at)
    if not stored or taken.actor.kind is not ActorKind.AGENT:
        return
    audit(
        tx, at=at, actor_id=taken.actor.id, action=str(taken.body["action"]),
        object_id=conversation(tx, conversation_id).customer_id, conversation_id=conversation_id,
        **{name: value for name, value in taken.body.items() if name not in _PRIVATE},
    )  # fmt: skip
