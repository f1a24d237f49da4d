"""Who waits for a person: the place, the expected wait, whom routing prefers, leaving again."""

from __future__ import annotations

from datetime import datetime, timedelta

import sqlalchemy as sa
from sqlalchemy import Connection

from console.desk.conversation import WAITING, Conversation
from console.desk.errors import Conflict
from console.desk.event import Actor, EventType, NewEvent
from console.desk.handoff import (
    OWNER_OFFLINE_POINTS,
    HandoffReason,
    estimated_wait,
    in_order,
)
from console.desk.identity import new_id
from console.desk.wording import (
    queue_left_text,
)
from console.services.parts import Desk
from console.storage import agent as agent_rows
from console.storage import case as case_rows
from console.storage import conversation as conversation_rows
from console.storage import handoff as handoff_rows
from console.storage.event import record
from console.storage.promise import has_overdue, promises_of_case

MEAN_HANDLE_TIME = timedelta(minutes=6)  # until the desk has measured its own


def open_row(
    tx: Connection,
    head: Conversation,
    reason: HandoffReason,
    queue: str,
    brief: dict[str, object],
    now: datetime,
    *,
    mood: int = 0,
    wish: str | None = None,
    offered_to: str | None = None,
) -> None:
    """A row of the queue with all that routing needs; the promise's or case's owner comes first."""
    owner = owner_of(tx, head.case_id)
    last_agent_id, last_agent_at = last_agent_of(tx, head)
    is_offline = owner is not None and agent_rows.presence_of(tx, owner) == "offline"
    handoff_rows.insert_handoff(
        tx,
        {
            "id": new_id("ho"),
            "conversation_id": head.id,
            "queue": queue,
            "reason": reason,
            "wish": wish,
            "emotion": mood,
            "extra_points": OWNER_OFFLINE_POINTS if is_offline else 0,
            "overdue_promise": has_overdue(tx, head.case_id, now),
            "preferred_id": owner,
            "last_agent_id": last_agent_id,
            "last_agent_at": last_agent_at,
            "brief": brief,
            "declined": [],
            "queued_at": now,
            "offered_to": offered_to,
            "offered_at": now if offered_to else None,
        },
    )


def owner_of(tx: Connection, case_id: str) -> str | None:
    """The owner of the soonest open promise, else of the unresolved case."""
    for promise in promises_of_case(tx, case_id):
        if promise.is_open and promise.owner_id:
            return promise.owner_id
    return case_rows.case_by_id(tx, case_id).owner_id


def last_agent_of(tx: Connection, head: Conversation) -> tuple[str | None, datetime | None]:
    """Who served this customer last, in any conversation, and when."""
    table = conversation_rows.conversations
    row = tx.execute(
        sa.select(table.c.last_agent_id, table.c.last_at)
        .where(table.c.customer_id == head.customer_id, table.c.last_agent_id.is_not(None))
        .order_by(table.c.last_at.desc())
        .limit(1)
    ).first()
    return (row.last_agent_id, row.last_at) if row else (None, None)


def position_of(tx: Connection, conversation_id: str, now: datetime) -> int:
    """1 is next; 0 when it does not wait."""
    found = places_in_queue(tx, now).get(conversation_id)
    return found[0] if found else 0


def places_in_queue(tx: Connection, now: datetime) -> dict[str, tuple[int, timedelta]]:
    """Position and expected wait of everybody who waits."""
    rows = handoff_rows.waiting_handoffs(tx)
    ordered = in_order([handoff_rows.entry_of(row) for row in rows], now)
    return {
        entry.conversation_id: (position, wait_of(tx, position))
        for position, entry in enumerate(ordered, start=1)
    }


def wait_of(tx: Connection, position: int) -> timedelta:
    """What the customer may expect."""
    active = sum(seat.presence == "online" for seat in agent_rows.seats(tx))
    return estimated_wait(position, active, MEAN_HANDLE_TIME)


async def leave_queue(desk: Desk, conversation_id: str, actor: Actor) -> None:
    """The customer goes on with the bot. Raises `Conflict` when it does not wait."""
    now = desk.clock.now()

    def work(tx: Connection) -> None:
        head = conversation_rows.locked_head(tx, conversation_id)
        if head.state not in WAITING:
            raise Conflict("not waiting")
        body = {"text": queue_left_text(head.lang)}
        record(tx, head.id, [NewEvent(EventType.HANDOFF_CANCELLED, actor, body)], now)
        handoff_rows.end_handoff(tx, head.id, "cancelled", now)

    await desk.database.write(work)
