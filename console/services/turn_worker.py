"""The loop that pays what the bot owes: one turn per conversation, several at once."""

from __future__ import annotations

import asyncio
from collections.abc import Sequence

import structlog

from console.desk.errors import EngineDown, NotFound
from console.desk.event import ActorKind, Event, EventType
from console.desk.identity import new_id
from console.services.background import ended
from console.services.parts import Desk
from console.services.turn import Finish, claim_turn, finish_turn, put_off
from console.services.turn_step import ask_engine
from console.storage.turn import owing

log = structlog.get_logger()

AT_ONCE = 8  # turns in flight; the engine is one process and answers in tens of milliseconds
LOOK_EVERY_S = 1.0  # for turns of a desk that died, and for those that were put off


class TurnWorker:
    """Owns the tasks; a conversation is worked on by one task at a time."""

    def __init__(self, desk: Desk) -> None:
        self._desk = desk
        self._owner = new_id("wk")
        self._slots = asyncio.Semaphore(AT_ONCE)
        self._working: dict[str, asyncio.Task[None]] = {}
        self._again: set[str] = set()
        self._look: asyncio.Task[None] | None = None

    def start(self) -> None:
        self._desk.hub.listeners.append(self._heard)
        self._look = asyncio.create_task(self._keep_looking(), name="owed turns")

    async def stop(self) -> None:
        self._desk.hub.listeners.remove(self._heard)
        tasks = [task for task in (self._look, *self._working.values()) if task is not None]
        for task in tasks:
            await ended(task)

    def _heard(self, events: Sequence[Event]) -> None:
        for event in events:
            if _is_owed(event):
                self.wake(event.conversation_id)

    def wake(self, conversation_id: str) -> None:
        """Starts a task for the conversation, or lets the running one look once more."""
        if conversation_id in self._working:
            self._again.add(conversation_id)
            return
        task = asyncio.create_task(self._work(conversation_id), name=f"turn {conversation_id}")
        self._working[conversation_id] = task

    async def _work(self, conversation_id: str) -> None:
        try:
            async with self._slots:
                while await self._one_turn(conversation_id) or self._asked_again(conversation_id):
                    pass
        except Exception:  # this loop must live; the turn's lease runs out and it is tried again
            log.exception("turn failed", conversation_id=conversation_id)
        finally:
            self._working.pop(conversation_id, None)
            self._again.discard(conversation_id)

    def _asked_again(self, conversation_id: str) -> bool:
        if conversation_id not in self._again:
            return False
        self._again.discard(conversation_id)
        return True

    async def _one_turn(self, conversation_id: str) -> bool:
        """True when a turn was finished and another is owed."""
        try:
            claim = await claim_turn(self._desk, conversation_id, self._owner)
        except NotFound:
            return False
        if claim is None:
            return False
        if not claim.is_listening:
            self._say_typing(conversation_id, on=True)
        try:
            outcome = await ask_engine(self._desk, claim)
        except EngineDown as error:
            log.warning("engine turn failed", turn_id=claim.turn_id, error=str(error))
            await put_off(self._desk, claim, error)
            return False
        finished = await finish_turn(self._desk, claim, outcome)
        self._say_typing(conversation_id, on=False)
        return finished is Finish.OWES_MORE

    def _say_typing(self, conversation_id: str, *, on: bool) -> None:
        actor = {"kind": ActorKind.BOT.value}
        self._desk.hub.tell_customer(conversation_id, "typing", actor=actor, on=on)

    async def _keep_looking(self) -> None:
        while True:
            try:
                for conversation_id in await self._owing():
                    self.wake(conversation_id)
            except Exception:  # this loop must live
                log.exception("looking for owed turns failed")
            await asyncio.sleep(LOOK_EVERY_S)

    async def _owing(self) -> list[str]:
        now = self._desk.clock.now()
        return await self._desk.database.read(lambda tx: owing(tx, now))


def _is_owed(event: Event) -> bool:
    if event.type is EventType.RETURNED_TO_BOT:
        return True
    return event.type is EventType.MESSAGE_POSTED and event.actor.kind is ActorKind.CUSTOMER
