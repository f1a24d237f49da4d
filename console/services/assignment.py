"""Who holds a conversation: accepting an offer, taking over, giving an offer back."""

from __future__ import annotations

from datetime import datetime

from sqlalchemy import Connection

from console.desk.agent import Agent, Permission
from console.desk.conversation import WAITING, Conversation, State
from console.desk.errors import Conflict, NotAllowed, Taken
from console.desk.event import Actor, EventType, NewEvent
from console.desk.handoff import (
    HandoffReason,
)
from console.desk.wording import (
    agent_joined_text,
)
from console.services.brief import build_brief
from console.services.handoff_queue import open_row
from console.services.message import agent_actor
from console.services.parts import Desk
from console.storage import agent as agent_rows
from console.storage import case as case_rows
from console.storage import conversation as conversation_rows
from console.storage import handoff as handoff_rows
from console.storage.event import record


async def accept_handoff(desk: Desk, agent: Agent, conversation_id: str) -> Conversation:
    """Exactly one agent gets it. Raises `Taken` with the winner's name; nothing changes then."""
    return await _join(desk, agent, conversation_id, WAITING, "accepted")


async def take_over(desk: Desk, agent: Agent, conversation_id: str) -> Conversation:
    """Takes a conversation from the bot, waiting or not; a lead also from a colleague.

    Raises `Taken` with the name of who holds it.
    """
    states = WAITING | {State.WITH_BOT}
    if agent.may(Permission.TAKE_OVER):
        states |= {State.WITH_AGENT}
    return await _join(desk, agent, conversation_id, states, "taken_over")


async def _join(
    desk: Desk,
    agent: Agent,
    conversation_id: str,
    from_states: frozenset[State],
    how: str,
) -> Conversation:
    if not agent.may(Permission.ANSWER):
        raise NotAllowed()
    now = desk.clock.now()

    def work(tx: Connection) -> Conversation:
        head = conversation_rows.locked_head(tx, conversation_id)
        if head.state is State.WITH_AGENT and head.assignee_id == agent.id:
            return head  # the second click
        check_claim(tx, head, from_states)
        before = head.assignee_id or head.offered_to
        withdrawn = before if before != agent.id else None
        if handoff_rows.open_handoff(tx, conversation_id) is None:
            brief = build_brief(tx, head, HandoffReason.WISH, now)
            row = handoff_rows.brief_row(brief)
            open_row(tx, head, HandoffReason.WISH, head.queue, row, now)
        body = {
            "agent_id": agent.id,
            "name": agent.name,
            "how": how,
            "withdrawn_from": withdrawn,
            "text": agent_joined_text(head.lang, agent.name),
        }
        record(
            tx, conversation_id, [NewEvent(EventType.AGENT_JOINED, agent_actor(agent), body)], now
        )
        handoff_rows.end_handoff(tx, conversation_id, "accepted", now)
        case_rows.touch_case(tx, head.case_id, now, owner_id=agent.id)
        return conversation_rows.conversation(tx, conversation_id)

    return await desk.database.write(work)


def check_claim(tx: Connection, head: Conversation, from_states: frozenset[State]) -> None:
    """Refuses a claim when somebody else holds the conversation, or it has moved on."""
    if head.state in from_states:
        return
    if head.assignee_id is not None:
        holder = agent_rows.find_agent(tx, head.assignee_id)
        raise Taken(by={"id": head.assignee_id, "name": holder.name if holder else ""})
    raise Conflict("the conversation has moved on", state=head.state.value)


def held_by(
    tx: Connection, conversation_id: str, agent: Agent, version: int | None
) -> Conversation:
    """The locked head, if this agent holds it. Raises `Taken` or `NotAllowed`."""
    head = conversation_rows.locked_head(tx, conversation_id)
    if head.assignee_id != agent.id:
        if head.assignee_id is not None:
            check_claim(tx, head, frozenset())
        raise NotAllowed("you do not hold this conversation")
    if version is not None and version < head.state_seq:
        raise Conflict("the conversation has moved on", state=head.state.value)
    return head


async def decline_handoff(
    desk: Desk, agent: Agent, conversation_id: str, *, lapsed: bool = False
) -> None:
    """Gives the offer back for somebody else. Raises `Conflict` if it is not theirs."""
    now = desk.clock.now()

    def work(tx: Connection) -> None:
        head = conversation_rows.locked_head(tx, conversation_id)
        if head.state is not State.OFFERED or head.offered_to != agent.id:
            raise Conflict("not offered to you")
        withdraw_offer(tx, head, agent_actor(agent), now, lapsed=lapsed)

    await desk.database.write(work)


def withdraw_offer(
    tx: Connection, head: Conversation, actor: Actor, now: datetime, *, lapsed: bool
) -> None:
    """Inside a unit of work: back to the queue, and this agent is not asked again."""
    row = handoff_rows.open_handoff(tx, head.id)
    if row is not None:
        declined = sorted({*row.declined, str(head.offered_to)})
        handoff_rows.save_handoff(tx, row.id, offered_to=None, offered_at=None, declined=declined)
    body = {"agent_id": head.offered_to, "lapsed": lapsed}
    record(tx, head.id, [NewEvent(EventType.HANDOFF_DECLINED, actor, body)], now)
