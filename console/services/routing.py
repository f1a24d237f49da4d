"""Offers waiting conversations to agents, as soon as either side changes."""

from __future__ import annotations

import asyncio
from collections.abc import Sequence
from dataclasses import replace
from datetime import datetime, timedelta

import structlog
from sqlalchemy import Connection

from console.desk.agent import Presence, Seat
from console.desk.conversation import State
from console.desk.event import SYSTEM, Event, EventType, NewEvent
from console.desk.handoff import choose_seat, in_order
from console.gateways.bus import Hint
from console.services.assignment import withdraw_offer
from console.services.background import ended
from console.services.handoff_queue import places_in_queue
from console.services.hub import Reach, Signal
from console.services.parts import Desk
from console.storage import agent as agent_rows
from console.storage import conversation as conversation_rows
from console.storage import handoff as handoff_rows
from console.storage.event import record
from console.storage.routing_lock import take_routing

log = structlog.get_logger()

AGAIN_S = 0.1  # when another desk was routing
LOOK_EVERY_S = 5.0  # also when nothing happened: offers lapse and waiting raises priority
MOVES = frozenset(
    {
        EventType.HANDOFF_REQUESTED,
        EventType.HANDOFF_DECLINED,
        EventType.CONVERSATION_TRANSFERRED,
        EventType.RETURNED_TO_BOT,
        EventType.CONVERSATION_RESOLVED,
        EventType.HANDOFF_CANCELLED,
        EventType.AGENT_JOINED,
    }
)


async def route(desk: Desk) -> int | None:
    """Offers everything that somebody can take now; returns how many offers were made.

    None: another desk is doing it at this moment; it may have missed the latest change.
    """
    now = desk.clock.now()
    lapse = now - timedelta(seconds=desk.settings.timers.unanswered_s)

    def work(tx: Connection) -> int | None:
        if not take_routing(tx):
            return None
        _withdraw_lapsed(tx, lapse, now)
        return _offer_all(tx, now)

    return await desk.database.write(work)


def _withdraw_lapsed(tx: Connection, lapse: datetime, now: datetime) -> None:
    """An offer nobody answered goes on; the silent agent is put on break (field practice)."""
    for row in handoff_rows.waiting_handoffs(tx):
        if row.offered_to is None or row.offered_at is None or row.offered_at > lapse:
            continue
        head = conversation_rows.locked_head(tx, row.conversation_id)
        if head.state is State.OFFERED and head.offered_to == row.offered_to:
            withdraw_offer(tx, head, SYSTEM, now, lapsed=True)
            agent_rows.set_presence(tx, row.offered_to, Presence.BREAK, now)


def _offer_all(tx: Connection, now: datetime) -> int:
    rows = {row.conversation_id: row for row in handoff_rows.waiting_handoffs(tx)}
    seats = agent_rows.seats(tx)
    offered = 0
    for entry in in_order([handoff_rows.entry_of(row) for row in rows.values()], now):
        if rows[entry.conversation_id].offered_to is not None:
            continue
        chosen = choose_seat(entry, seats, now)
        if chosen is None:
            continue
        seat, why = chosen
        if _offer(tx, rows[entry.conversation_id].id, entry.conversation_id, seat, why, now):
            seats = [_one_more(other, seat) for other in seats]
            offered += 1
    return offered


def _offer(
    tx: Connection, handoff_id: str, conversation_id: str, seat: Seat, why: str, now: datetime
) -> bool:
    head = conversation_rows.locked_head(tx, conversation_id)
    if head.state is not State.QUEUED:
        return False
    handoff_rows.save_handoff(
        tx, handoff_id, offered_to=seat.agent.id, offered_at=now, routing_reason=why
    )
    body = {"agent_id": seat.agent.id, "name": seat.agent.name, "routing_reason": why}
    record(tx, conversation_id, [NewEvent(EventType.HANDOFF_OFFERED, SYSTEM, body)], now)
    return True


def _one_more(seat: Seat, taken: Seat) -> Seat:
    if seat.agent.id != taken.agent.id:
        return seat
    return replace(seat, open_count=seat.open_count + 1)


class Router:
    """Owns the loop. The desk where something moved makes the offers; the others tell their
    own customers the new places.
    """

    def __init__(self, desk: Desk) -> None:
        self._desk = desk
        self._wake = asyncio.Event()
        self._has_moved = False
        self._told: dict[str, int] = {}
        self._task: asyncio.Task[None] | None = None

    def start(self) -> None:
        self._desk.hub.listeners.append(self._heard)
        self._desk.hub.hint_listeners.append(self._hinted)
        self._desk.hub.signal_listeners.append(self._signalled)
        self._task = asyncio.create_task(self._run(), name="router")

    async def stop(self) -> None:
        self._desk.hub.listeners.remove(self._heard)
        self._desk.hub.hint_listeners.remove(self._hinted)
        self._desk.hub.signal_listeners.remove(self._signalled)
        await ended(self._task)

    def wake(self) -> None:
        """Routes now; may be called from anywhere in the event loop."""
        self._has_moved = True
        self._wake.set()

    async def _tell_positions(self) -> None:
        """Whoever has moved up, or waits a different time, is told."""
        now = self._desk.clock.now()
        places = await self._desk.database.read(lambda tx: places_in_queue(tx, now))
        for conversation_id, (position, wait) in places.items():
            if self._told.get(conversation_id) != position:
                eta_s = int(wait.total_seconds())
                self._desk.hub.tell_customer_here(
                    conversation_id, "queue_changed", position=position, eta_s=eta_s
                )
        self._told = {conversation_id: place[0] for conversation_id, place in places.items()}

    def _heard(self, events: Sequence[Event]) -> None:
        if any(event.type in MOVES for event in events):
            self.wake()

    def _hinted(self, hints: Sequence[Hint]) -> None:
        if any(not MOVES.isdisjoint(hint.types) for hint in hints):
            self._wake.set()

    def _signalled(self, signal: Signal) -> None:
        """Whoever comes online here may take something at once."""
        if signal.name == "presence_changed" and signal.reach is Reach.EVERYWHERE:
            self.wake()

    async def _run(self) -> None:
        while True:
            try:
                await asyncio.wait_for(self._wake.wait(), LOOK_EVERY_S)
            except TimeoutError:
                self._has_moved = True
            self._wake.clear()
            try:
                await self._route_if_moved()
                await self._tell_positions()
            except Exception:  # this loop must live; the next look tries again
                log.exception("routing failed")

    async def _route_if_moved(self) -> None:
        if not self._has_moved:
            return
        self._has_moved = False
        if await route(self._desk) is None:
            asyncio.get_running_loop().call_later(AGAIN_S, self.wake)
