"""Closing a conversation with a wrap-up."""

from __future__ import annotations

from datetime import datetime
from typing import Any

from sqlalchemy import Connection

from console.desk.agent import Agent
from console.desk.case import CaseState
from console.desk.conversation import Conversation, State
from console.desk.errors import BadRequest, Conflict
from console.desk.event import SYSTEM, Actor, EventType, NewEvent
from console.desk.wording import resolved_text
from console.services.assignment import held_by
from console.services.message import agent_actor
from console.services.parts import Desk
from console.storage import case as case_rows
from console.storage import conversation as conversation_rows
from console.storage.event import record
from console.storage.handoff import end_handoff
from console.storage.promise import promises_of_case

RESULTS = frozenset({"solved", "following_up", "gave_up"})


async def resolve_conversation(
    desk: Desk,
    agent: Agent,
    conversation_id: str,
    wrap_up: dict[str, Any],
    version: int | None = None,
) -> Conversation:
    """Closes it; the case is resolved only when nothing was promised and the result says so."""
    clean = _wrap_up(wrap_up)
    now = desk.clock.now()

    def work(tx: Connection) -> Conversation:
        head = held_by(tx, conversation_id, agent, version)
        close(tx, head, agent_actor(agent), clean, now)
        return conversation_rows.conversation(tx, conversation_id)

    return await desk.database.write(work)


def close(
    tx: Connection, head: Conversation, actor: Actor, wrap_up: dict[str, Any], now: Any
) -> None:
    """Inside a unit of work, on a locked head."""
    if head.state is State.RESOLVED:
        raise Conflict("already resolved")
    body = {"wrap_up": wrap_up, "text": resolved_text(head.lang)}
    record(tx, head.id, [NewEvent(EventType.CONVERSATION_RESOLVED, actor, body)], now)
    end_handoff(tx, head.id, "resolved", now)
    has_promise = any(promise.is_open for promise in promises_of_case(tx, head.case_id))
    is_solved = wrap_up.get("result") == "solved" and not has_promise
    state = CaseState.RESOLVED if is_solved else CaseState.WAITING
    case_rows.touch_case(tx, head.case_id, now, state=state)


async def close_silent(desk: Desk, conversation_id: str, since: datetime) -> None:
    """Nobody has written since: closed by the clock, nothing is lost.

    Looked at again under the lock: a word in the last moment, or another desk, comes first.
    """
    now = desk.clock.now()

    def work(tx: Connection) -> None:
        head = conversation_rows.locked_head(tx, conversation_id)
        if head.state is State.WITH_AGENT and _is_silent(head, since):
            wrap_up = {"category": "silence", "result": "gave_up", "note": ""}
            close(tx, head, SYSTEM, wrap_up, now)

    await desk.database.write(work)


def _is_silent(head: Conversation, since: datetime) -> bool:
    return head.waiting_since is None and head.last_at is not None and head.last_at <= since


def _wrap_up(raw: Any) -> dict[str, Any]:
    """Category and result are required. Raises `BadRequest`."""
    if not isinstance(raw, dict):
        raise BadRequest("wrap_up must be an object", field="wrap_up")
    category, result = raw.get("category"), raw.get("result")
    if not isinstance(category, str) or not 1 <= len(category) <= 80:
        raise BadRequest("category is required", field="category")
    if not isinstance(result, str) or result not in RESULTS:
        raise BadRequest("result must be solved, following_up or gave_up", field="result")
    return {
        "category": category,
        "result": result,
        "fault_party": str(raw.get("fault_party") or "")[:40],
        "note": str(raw.get("note") or "")[:1000],
    }
