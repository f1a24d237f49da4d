"""From a person back to the bot, with everything that was settled meanwhile."""

from __future__ import annotations

from typing import Any

from sqlalchemy import Connection

from console.desk.agent import Agent
from console.desk.case import Fact, Source
from console.desk.conversation import Conversation
from console.desk.errors import BadRequest
from console.desk.event import EventType, NewEvent
from console.desk.wording import returned_text
from console.services.assignment import held_by
from console.services.context import FACT_SLOTS, learn_facts
from console.services.message import agent_actor
from console.services.parts import Desk
from console.storage import conversation as conversation_rows
from console.storage.event import record

VALUE_LIMIT = 500  # characters of one settled value


async def return_to_bot(
    desk: Desk,
    agent: Agent,
    conversation_id: str,
    *,
    settled: dict[str, Any] | None = None,
    note: str = "",
    version: int | None = None,
) -> Conversation:
    """The bot goes on where it stopped; `settled`: slots and values that the agent agreed on."""
    values = _checked(settled or {})
    now = desk.clock.now()
    actor = agent_actor(agent)

    def work(tx: Connection) -> Conversation:
        head = held_by(tx, conversation_id, agent, version)
        news = [Fact(name, value, Source.AGENT, now) for name, value in values.items()]
        learn_facts(tx, conversation_id, head.case_id, news, now)
        events = []
        if note.strip():
            events.append(NewEvent(EventType.NOTE_ADDED, actor, {"text": note.strip()}))
        body = {"settled": sorted(values), "text": returned_text(head.lang)}
        events.append(NewEvent(EventType.RETURNED_TO_BOT, actor, body))
        record(tx, conversation_id, events, now)
        return conversation_rows.conversation(tx, conversation_id)

    return await desk.database.write(work)


def _checked(settled: dict[str, Any]) -> dict[str, Any]:
    """Only known slots, only plain values of bounded length. Raises `BadRequest`."""
    for name, value in settled.items():
        if name not in FACT_SLOTS:
            raise BadRequest("unknown slot", field=str(name)[:40])
        if not isinstance(value, (str, int, bool)) or len(str(value)) > VALUE_LIMIT:
            raise BadRequest("a settled value must be short text, a number or yes/no", field=name)
    return settled
