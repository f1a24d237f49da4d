"""The desk's clock: promises, silent agents, silent customers. One loop, one look a second."""

from __future__ import annotations

from datetime import datetime, timedelta
from typing import override

import sqlalchemy as sa
from sqlalchemy import Connection

from console.desk.conversation import State
from console.services.background import Regular
from console.services.parts import Desk
from console.services.promise import tend_promises
from console.services.resolution import close_silent
from console.storage.conversation import conversations


class Timekeeper(Regular):
    """An alarm is told once for each message that waits.

    Every desk keeps time. What is stored is stored by one of them (locked rows, checked again);
    what is only told is told by each desk to its own sockets.
    """

    def __init__(self, desk: Desk) -> None:
        super().__init__()
        self._desk = desk
        self._alarmed: set[tuple[str, datetime]] = set()
        self._warned: set[tuple[str, datetime]] = set()

    @override
    async def look(self) -> None:
        await tend_promises(self._desk)
        await self._alarm_silent_agents()
        await self._close_silent_customers()

    async def _alarm_silent_agents(self) -> None:
        """A customer waits for an agent's answer for more than 100 s (a setting)."""
        patience = timedelta(seconds=self._desk.settings.timers.agent_silent_s)
        since = self._desk.clock.now() - patience
        for row in await self._desk.database.read(lambda tx: _unanswered(tx, since)):
            key = (row.id, row.waiting_since)
            if key not in self._alarmed:
                self._alarmed.add(key)
                self._desk.hub.tell_agent_here(
                    row.assignee_id, "alarm", kind="agent_silent", conversation_id=row.id
                )

    async def _close_silent_customers(self) -> None:
        """Half an hour without a word with an agent closes; two minutes before it is said."""
        timers = self._desk.settings.timers
        now = self._desk.clock.now()
        closing = now - timedelta(seconds=timers.close_after_s)
        warning = closing + timedelta(seconds=timers.close_warning_s)
        for row in await self._desk.database.read(lambda tx: _quiet(tx, warning)):
            if row.last_at <= closing:
                await close_silent(self._desk, row.id, closing)
            elif (row.id, row.last_at) not in self._warned:
                self._warned.add((row.id, row.last_at))
                self._desk.hub.tell_customer_here(
                    row.id, "closing_soon", seconds=timers.close_warning_s
                )


def _unanswered(tx: Connection, since: datetime) -> list[sa.Row[tuple[str, str, datetime]]]:
    query = sa.select(
        conversations.c.id, conversations.c.assignee_id, conversations.c.waiting_since
    ).where(
        conversations.c.state == State.WITH_AGENT,
        conversations.c.waiting_since.is_not(None),
        conversations.c.waiting_since <= since,
    )
    return list(tx.execute(query))


def _quiet(tx: Connection, since: datetime) -> list[sa.Row[tuple[str, datetime]]]:
    """Held by an agent, nothing unanswered, and silent since."""
    query = sa.select(conversations.c.id, conversations.c.last_at).where(
        conversations.c.state == State.WITH_AGENT,
        conversations.c.waiting_since.is_(None),
        conversations.c.last_at <= since,
    )
    return list(tx.execute(query))
