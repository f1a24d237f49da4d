"""Keeps the sockets of this desk level with what other desks store.

Three ways lead to the same reading: a hint of another desk; a gap before an event of our own,
whose hint is still on its way; and a look at the heads every few seconds, which finds everything
that no hint told of. Events come from the database, go out in order, and each goes out once.
"""

from __future__ import annotations

import asyncio
import contextlib
from collections.abc import Sequence
from itertools import batched
from typing import Protocol

import structlog

from console.desk.event import Event, EventType
from console.gateways.bus import Bus, Hint
from console.services.parts import Desk
from console.storage.conversation import heads_at_work
from console.storage.event import events_after_each

log = structlog.get_logger()

AT_ONCE = 50  # conversations in one query
PAGE = 500  # events in one answer
LOOK_EVERY_S = 10.0  # while the bus is up: single hints may still be lost
LOOK_WHEN_DOWN_S = 2.0
TICK_S = 0.25
AGAIN_S = 1.0  # after a failed read
LAST_EVENTS = 20  # looked through for an offer when a conversation is new to this desk
RINGS = frozenset(
    {
        EventType.HANDOFF_OFFERED,
        EventType.CONVERSATION_TRANSFERRED,
        EventType.AGENT_JOINED,
        EventType.HANDOFF_DECLINED,
    }
)  # they concern agents who do not have the conversation open


class Outlet(Protocol):
    """The sockets of this desk."""

    def emit(self, event: Event) -> None: ...

    def row_changed(self, conversation_id: str, *, is_message: bool) -> None: ...

    def watched(self) -> set[str]: ...

    def is_open(self, conversation_id: str) -> bool: ...

    def has_agents(self) -> bool: ...


class Follower:
    """`_reached`: the last event of a conversation that this desk need not look at again."""

    def __init__(self, desk: Desk, bus: Bus, outlet: Outlet) -> None:
        self._desk = desk
        self._bus = bus
        self._outlet = outlet
        self._reached: dict[str, int] = {}
        self._wanted: set[str] = set()
        self._wake = asyncio.Event()
        self._has_looked = False
        self._tasks: list[asyncio.Task[None]] = []

    def start(self) -> None:
        if not self._bus.is_shared:
            return  # one desk emits all it stores and has nobody to follow
        self._desk.hub.hint_listeners.append(self.hinted)
        self._tasks = [
            asyncio.create_task(self._keep_reading(), name="events of other desks"),
            asyncio.create_task(self._keep_looking(), name="heads of other desks"),
        ]

    async def stop(self) -> None:
        if not self._tasks:
            return
        self._desk.hub.hint_listeners.remove(self.hinted)
        for task in self._tasks:
            task.cancel()
            with contextlib.suppress(asyncio.CancelledError):
                await task

    def is_next(self, event: Event) -> bool:
        """True when an event of our own may go out now; otherwise it goes out in its turn."""
        if not self._bus.is_shared:
            return True
        reached = self._reached.get(event.conversation_id)
        if reached is None or event.seq == reached + 1:
            self._reached[event.conversation_id] = event.seq
            return True
        if event.seq > reached:
            self._want(event.conversation_id)
        return False

    def follow(self, conversation_id: str, head: int, *, is_alone: bool) -> None:
        """A socket has everything up to `head`. Others in its room may still lack some of it."""
        if not self._bus.is_shared:
            return
        reached = self._reached.get(conversation_id)
        if reached is None or (is_alone and head > reached):
            self._reached[conversation_id] = head

    def hinted(self, hints: Sequence[Hint]) -> None:
        for hint in hints:
            self._hinted(hint)

    def _hinted(self, hint: Hint) -> None:
        is_message = hint.types == (EventType.MESSAGE_POSTED,)
        self._outlet.row_changed(hint.conversation_id, is_message=is_message)
        reached = self._reached.setdefault(hint.conversation_id, hint.first - 1)
        if hint.last <= reached:
            return
        if self._outlet.is_open(hint.conversation_id) or self._may_ring(hint):
            self._want(hint.conversation_id)
        else:
            self._reached[hint.conversation_id] = hint.last

    def _may_ring(self, hint: Hint) -> bool:
        is_unknown = not hint.types
        return self._outlet.has_agents() and (is_unknown or not RINGS.isdisjoint(hint.types))

    def _want(self, conversation_id: str) -> None:
        self._wanted.add(conversation_id)
        self._wake.set()

    async def _keep_reading(self) -> None:
        while True:
            await self._wake.wait()
            self._wake.clear()
            wanted, self._wanted = self._wanted, set()
            try:
                for some in batched(sorted(wanted), AT_ONCE):
                    await self._read(some)
            except Exception:  # this loop must live; nothing is skipped, it is read again
                log.exception("events of other desks were not read")
                self._wanted |= wanted
                await asyncio.sleep(AGAIN_S)
                self._wake.set()

    async def _read(self, ids: Sequence[str]) -> None:
        after = {one: self._reached[one] for one in ids if one in self._reached}
        events = await self._desk.database.read(lambda tx: events_after_each(tx, after, limit=PAGE))
        for event in events:
            self._pass_on(event)
        if len(events) == PAGE:
            self._wanted.update(ids)
            self._wake.set()

    def _pass_on(self, event: Event) -> None:
        if event.seq > self._reached.get(event.conversation_id, 0):
            self._reached[event.conversation_id] = event.seq
            self._outlet.emit(event)

    async def _keep_looking(self) -> None:
        """At once when the bus is back: others may have spoken before we listened again."""
        clock = asyncio.get_running_loop().time
        looked_at, was_up = -LOOK_EVERY_S, True
        while True:
            is_up = self._bus.is_up
            every_s = LOOK_EVERY_S if is_up else LOOK_WHEN_DOWN_S
            if clock() - looked_at >= every_s or (is_up and not was_up):
                await self._look_safely()
                looked_at = clock()
            was_up = is_up
            await asyncio.sleep(TICK_S)

    async def _look_safely(self) -> None:
        try:
            await self.look()
        except Exception:  # this loop must live; the next look tries again
            log.exception("heads of other desks were not read")

    async def look(self) -> None:
        """As if every conversation that moved without our knowledge had been hinted at."""
        watched = self._outlet.watched()
        heads = await self._desk.database.read(lambda tx: heads_at_work(tx, watched))
        for conversation_id, head in heads.items():
            self._compare(conversation_id, head, is_watched=conversation_id in watched)
        self._forget_all_but(heads)
        self._has_looked = True

    def _compare(self, conversation_id: str, head: int, *, is_watched: bool) -> None:
        reached = self._reached.get(conversation_id)
        if reached is None and is_watched:
            return  # its socket has just come and is about to ask for everything itself
        if reached is None and not self._has_looked:
            self._reached[conversation_id] = head  # as it was when this desk started
        elif reached is None:
            self._hinted(Hint(conversation_id, max(1, head - LAST_EVENTS), head))
        elif head > reached:
            self._hinted(Hint(conversation_id, reached + 1, head))

    def _forget_all_but(self, heads: dict[str, int]) -> None:
        """What nobody watches or works on any more; lists hear that it has left them."""
        for conversation_id in self._reached.keys() - heads.keys() - self._wanted:
            if self._outlet.is_open(conversation_id):
                continue  # opened while we were looking
            del self._reached[conversation_id]
            self._outlet.row_changed(conversation_id, is_message=False)
