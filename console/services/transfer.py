"""From one agent to another, or to a queue, with a note and a fresh brief."""

from __future__ import annotations

from dataclasses import asdict
from datetime import datetime

from sqlalchemy import Connection

from console.desk.agent import Agent, Permission
from console.desk.conversation import Conversation
from console.desk.errors import BadRequest
from console.desk.event import EventType, NewEvent
from console.desk.handoff import (
    HandoffReason,
)
from console.desk.wording import (
    transferred_text,
)
from console.services.assignment import held_by
from console.services.brief import build_brief
from console.services.handoff_queue import open_row
from console.services.message import agent_actor
from console.services.parts import Desk
from console.storage import agent as agent_rows
from console.storage import case as case_rows
from console.storage import conversation as conversation_rows
from console.storage import handoff as handoff_rows
from console.storage.event import record


async def transfer_conversation(
    desk: Desk,
    agent: Agent,
    conversation_id: str,
    *,
    note: str,
    to_agent_id: str | None = None,
    to_queue: str | None = None,
    version: int | None = None,
) -> Conversation:
    """Hands on with a note and a fresh brief. Raises `NotAllowed` for anybody but the assignee."""
    if not note.strip():
        raise BadRequest("a note is required", field="note")
    if (to_agent_id is None) == (to_queue is None):
        raise BadRequest("name an agent or a queue", field="to")
    now = desk.clock.now()

    def work(tx: Connection) -> Conversation:
        head = held_by(tx, conversation_id, agent, version)
        target = agent_rows.find_agent(tx, to_agent_id) if to_agent_id else None
        if to_agent_id and (target is None or not target.may(Permission.ANSWER)):
            raise BadRequest("no such agent", field="to")
        brief = build_brief(tx, head, HandoffReason.WISH, now, policy=None)
        row = {**asdict(brief), "note": note.strip(), "from": agent.name}
        handoff_rows.end_handoff(tx, conversation_id, "transferred", now)
        open_row(
            tx, head, HandoffReason.WISH, to_queue or head.queue, row, now, offered_to=to_agent_id
        )
        _record_transfer(tx, head, agent, target, to_queue, note, now)
        case_rows.touch_case(tx, head.case_id, now, owner_id=to_agent_id)
        return conversation_rows.conversation(tx, conversation_id)

    return await desk.database.write(work)


def _record_transfer(
    tx: Connection,
    head: Conversation,
    agent: Agent,
    target: Agent | None,
    to_queue: str | None,
    note: str,
    now: datetime,
) -> None:
    actor = agent_actor(agent)
    transfer = {
        "from_agent_id": agent.id,
        "from_name": agent.name,
        "to_agent_id": target.id if target else None,
        "to_name": target.name if target else None,
        "to_queue": to_queue,
        "text": _transfer_text(head.lang, target),
    }
    record(
        tx,
        head.id,
        [
            NewEvent(EventType.NOTE_ADDED, actor, {"text": note.strip(), "transfer": True}),
            NewEvent(EventType.CONVERSATION_TRANSFERRED, actor, transfer),
        ],
        now,
    )


def _transfer_text(lang: str, target: Agent | None) -> str:
    if target is not None:
        return transferred_text(lang, target.name)
    return transferred_text(lang, "a colleague" if lang == "en" else "同事")
