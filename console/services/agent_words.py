"""Reads what agents write: what they ask for is remembered, and counted when it was known.

After the commit and beside the acknowledgement. A message that is read twice asks once: its place
in the conversation is stored with the question. What a desk that died has not read, the next one
reads when it starts; a resolved conversation is read to its end and never looked at again.
"""

from __future__ import annotations

import asyncio
from collections import deque
from collections.abc import Mapping, Sequence
from itertools import batched

import structlog
from sqlalchemy import Connection

from console.desk.agent import Agent
from console.desk.case import Fact
from console.desk.errors import NotFound
from console.desk.event import ActorKind, Event, EventType
from console.desk.question import asked_slots
from console.services import context
from console.services.background import ended
from console.services.parts import Desk
from console.storage import agent_words as words_rows
from console.storage import case as case_rows
from console.storage import conversation as conversation_rows

log = structlog.get_logger()

AGAIN_AFTER_S = 5.0  # when the database did not answer
AT_ONCE = 200  # conversations with one look and one write: at the start there may be thousands


async def known_answers(desk: Desk, agent: Agent, conversation_id: str, text: str) -> list[Fact]:
    """What the holder's draft asks for although it is known. Raises `NotFound` for all others."""
    now = desk.clock.now()

    def query(tx: Connection) -> list[Fact]:
        head = conversation_rows.conversation(tx, conversation_id)
        if head.assignee_id != agent.id:
            raise NotFound("conversation")
        facts = context.settled(case_rows.facts_of(tx, head.case_id), now)
        return [facts[slot] for slot in asked_slots(text) if slot in facts]

    return await desk.database.read(query)


async def note_questions(
    desk: Desk, messages: Sequence[Event], read_to: Mapping[str, int] | None = None
) -> None:
    """Records what messages ask for. `read_to`: by conversation, up to where that is now known."""
    asking = [(message, slots) for message in messages if (slots := _slots(message))]
    if not asking and not read_to:
        return

    def work(tx: Connection) -> set[str]:
        words_rows.mark_read(tx, read_to or {})
        return {event.conversation_id for event, slots in asking if _record(tx, event, slots)}

    for conversation_id in await desk.database.write(work):
        desk.hub.tell_watchers(conversation_id, "context_changed")


def _slots(message: Event) -> tuple[str, ...]:
    return asked_slots(str(message.body.get("text") or ""))


def _record(tx: Connection, message: Event, slots: tuple[str, ...]) -> bool:
    """The conversation is locked, so that two desks cannot record the same message."""
    head = conversation_rows.locked_head(tx, message.conversation_id)
    known = case_rows.slots_asked_at(tx, head.id, message.seq)
    fresh = [slot for slot in slots if slot not in known]
    for slot in fresh:
        context.ask(
            tx,
            head.case_id,
            slot,
            message.actor.name or message.actor.id,
            str(message.body["text"]),
            message.at,
            conversation_id=head.id,
            seq=message.seq,
        )
    return bool(fresh)


async def catch_up(desk: Desk, conversation_ids: Sequence[str]) -> None:
    """Reads whatever agents wrote in these that no desk has read to its end."""

    def query(tx: Connection) -> tuple[dict[str, int], list[Event]]:
        """The ends first: what is written meanwhile is read twice then, never left out."""
        ends = words_rows.last_seqs(tx, conversation_ids)
        return ends, words_rows.unread_messages(tx, list(ends))

    read_to, messages = await desk.database.read(query)
    await note_questions(desk, messages, read_to)


class AgentWords:
    """Owns the loop. Work is a message to read, or a conversation to catch up with."""

    def __init__(self, desk: Desk) -> None:
        self._desk = desk
        self._work: deque[Event] = deque()
        self._wake = asyncio.Event()
        self._is_behind = True  # there may be messages of a desk that died
        self._task: asyncio.Task[None] | None = None

    def start(self) -> None:
        self._desk.hub.listeners.append(self._heard)
        self._task = asyncio.create_task(self._run(), name="agent words")

    async def stop(self) -> None:
        self._desk.hub.listeners.remove(self._heard)
        await ended(self._task)

    def _heard(self, events: Sequence[Event]) -> None:
        news = [event for event in events if _is_said(event) or _is_end(event)]
        if news:
            self._work.extend(news)
            self._wake.set()

    async def _run(self) -> None:
        while True:
            try:
                await self.look()
                await self._wake.wait()
                self._wake.clear()
            except Exception:  # this loop must live; what was missed is read from the database
                log.exception("agents' words were not read")
                self._is_behind = True
                await asyncio.sleep(AGAIN_AFTER_S)

    async def look(self) -> None:
        """Everything that is there to read now."""
        if self._is_behind:
            unread = await self._desk.database.read(words_rows.unread_words)
            for some in batched(unread, AT_ONCE):
                await catch_up(self._desk, some)
            self._is_behind = False
        while self._work:
            event = self._work.popleft()
            if _is_end(event):
                await catch_up(self._desk, [event.conversation_id])
            else:
                await note_questions(self._desk, [event])


def _is_said(event: Event) -> bool:
    is_agent = event.actor.kind is ActorKind.AGENT
    return is_agent and event.type is EventType.MESSAGE_POSTED and bool(event.body.get("text"))


def _is_end(event: Event) -> bool:
    return event.type is EventType.CONVERSATION_RESOLVED
