"""From stored events and signals to sockets: who hears what.

Rows of lists are sent at most five times a second, however much happens.
"""

from __future__ import annotations

import asyncio
from collections.abc import Callable, Sequence
from datetime import timedelta
from typing import Any

import socketio
import structlog

from console.desk.event import Event, EventType
from console.desk.language import LANGUAGES
from console.gateways.bus import Bus
from console.services.background import ended
from console.services.conversation import conversation_detail, summaries_of
from console.services.hub import Audience, Signal
from console.services.parts import Desk
from console.services.product import names_of
from console.services.promise import wire_time
from console.web.follower import Follower
from console.web.transport import emit_now
from console.web.wire import brief_view, event_view, summary_view, worded_promise

log = structlog.get_logger()

CUSTOMERS = "/customer"
AGENTS = "/agent"
EVERYBODY = "everybody"  # room of all sockets of a namespace
ROWS_EVERY_S = 0.2


def customer_room(conversation_id: str) -> str:
    return f"customer:{conversation_id}"


def watch_room(conversation_id: str) -> str:
    return f"watch:{conversation_id}"


def agent_room(agent_id: str) -> str:
    return f"agent:{agent_id}"


def in_language_room(room: str, lang: str) -> str:
    """Of those in `room` whose page is shown in `lang`."""
    return f"{room}:{lang}"


class Emitter:
    """Listens to the hub. Emits are hints: whoever misses one catches up."""

    def __init__(self, desk: Desk, sockets: socketio.AsyncServer, bus: Bus) -> None:
        self._desk = desk
        self._sockets = sockets
        self._follower = Follower(desk, bus, self)
        self._changed: dict[str, bool] = {}  # conversation → everybody's lists, or the holder's
        self._holders: dict[str, str] = {}  # conversation → who held it when its row was sent
        self._wake = asyncio.Event()
        self._offers: set[asyncio.Task[None]] = set()
        self._task: asyncio.Task[None] | None = None

    def start(self) -> None:
        self._desk.hub.listeners.append(self._committed)
        self._desk.hub.signal_listeners.append(self._signalled)
        self._task = asyncio.create_task(self._keep_rows_fresh(), name="list rows")
        self._follower.start()

    async def stop(self) -> None:
        await self._follower.stop()
        self._desk.hub.listeners.remove(self._committed)
        self._desk.hub.signal_listeners.remove(self._signalled)
        for task in (self._task, *self._offers):
            await ended(task)

    def _committed(self, events: Sequence[Event]) -> None:
        for event in events:
            if self._follower.is_next(event):
                self.emit(event)
            self.row_changed(
                event.conversation_id, is_message=event.type is EventType.MESSAGE_POSTED
            )

    def emit(self, event: Event) -> None:
        """To everybody on this desk whom it concerns."""
        if event.public:
            self._to(CUSTOMERS, customer_room(event.conversation_id), event, public=True)
        self._to(AGENTS, watch_room(event.conversation_id), event, public=False)
        self._emit_offers(event)

    def follow(self, conversation_id: str, head: int) -> None:
        """A socket in the conversation's room has been given everything up to `head`."""
        rooms = ((CUSTOMERS, customer_room(conversation_id)), (AGENTS, watch_room(conversation_id)))
        members = sum(self._members(namespace, room) for namespace, room in rooms)
        self._follower.follow(conversation_id, head, is_alone=members <= 1)

    def watched(self) -> set[str]:
        """Conversations that somebody on this desk has open."""
        rooms = [
            room for namespace in (CUSTOMERS, AGENTS) for room in self._rooms(namespace) if room
        ]
        prefixes = (customer_room(""), watch_room(""))
        return {room.partition(":")[2] for room in rooms if room.startswith(prefixes)}

    def is_open(self, conversation_id: str) -> bool:
        return self._members(CUSTOMERS, customer_room(conversation_id)) > 0 or self._has_watcher(
            conversation_id
        )

    def has_agents(self) -> bool:
        return self._members(AGENTS, EVERYBODY) > 0

    def _to(self, namespace: str, room: str, event: Event, *, public: bool) -> None:
        if not self._members(namespace, room):
            return
        view = event_view(self._desk, event, public=public)
        emit_now(self._sockets, namespace, event.type.value, view, [room])

    def _emit_offers(self, event: Event) -> None:
        """The offered agent's screen; and the screen from which an offer disappears."""
        match event.type:
            case EventType.HANDOFF_OFFERED:
                self.offer(event.body["agent_id"], event.conversation_id)
            case EventType.CONVERSATION_TRANSFERRED if event.body.get("to_agent_id"):
                self.offer(event.body["to_agent_id"], event.conversation_id)
            case EventType.AGENT_JOINED if event.body.get("withdrawn_from"):
                body = {
                    "conversation_id": event.conversation_id,
                    "taken_by": {"id": event.body["agent_id"], "name": event.body["name"]},
                }
                self._to_agent(event.body["withdrawn_from"], "handoff_withdrawn", body)
            case EventType.HANDOFF_REQUESTED if event.body.get("withdrawn_from"):
                moved_up = {"conversation_id": event.conversation_id, "taken_by": None}
                self._to_agent(event.body["withdrawn_from"], "handoff_withdrawn", moved_up)
            case EventType.HANDOFF_DECLINED:
                given_up = {"conversation_id": event.conversation_id, "taken_by": None}
                self._to_agent(event.body["agent_id"], "handoff_withdrawn", given_up)
            case _:
                pass

    def offer(self, agent_id: str, conversation_id: str) -> None:
        """Rings on every console that the agent has open here."""
        if not self._members(AGENTS, agent_room(agent_id)):
            return
        task = asyncio.create_task(self._send_offer(agent_id, conversation_id), name="offer")
        self._offers.add(task)
        task.add_done_callback(self._offers.discard)

    async def _send_offer(self, agent_id: str, conversation_id: str) -> None:
        """With row and brief, so that the agent reads before deciding."""
        detail = await conversation_detail(self._desk, conversation_id)
        lasts = timedelta(seconds=self._desk.settings.timers.unanswered_s)
        names = await names_of(self._desk, detail.goods)
        body = {
            "conversation_id": conversation_id,
            "summary": summary_view(detail.summary),
            "offer_expires_at": wire_time(self._desk.clock.now() + lasts),
        }
        self._to_readers(
            agent_room(agent_id),
            "handoff_offered",
            lambda lang: {**body, "brief": brief_view(detail.brief, lang, names)},
        )

    def _to_readers(self, room: str, name: str, body: Callable[[str], dict[str, Any]]) -> None:
        """To everybody in `room`, worded in the language in which each page is shown."""
        for lang in LANGUAGES:
            readers = in_language_room(room, lang)
            if self._members(AGENTS, readers):
                emit_now(self._sockets, AGENTS, name, body(lang), [readers])

    def _to_agent(self, agent_id: str, name: str, body: dict[str, Any]) -> None:
        emit_now(self._sockets, AGENTS, name, body, [agent_room(agent_id)])

    def _signalled(self, signal: Signal) -> None:
        body = dict(signal.body)
        if signal.conversation_id is not None:
            body["conversation_id"] = signal.conversation_id
        match signal.audience:
            case Audience.CUSTOMER:
                room = customer_room(str(signal.conversation_id))
                emit_now(self._sockets, CUSTOMERS, signal.name, body, [room])
            case Audience.WATCHERS:
                room = watch_room(str(signal.conversation_id))
                emit_now(self._sockets, AGENTS, signal.name, body, [room])
            case Audience.AGENT:
                self._to_consoles(agent_room(str(signal.agent_id)), signal.name, body)
            case Audience.AGENTS:
                self._to_consoles(EVERYBODY, signal.name, body)

    def _to_consoles(self, room: str, name: str, body: dict[str, Any]) -> None:
        """A promise names what was promised; everything else is worded by the page."""
        if "promise" not in body:
            emit_now(self._sockets, AGENTS, name, body, [room])
            return
        promise = body["promise"]
        self._to_readers(
            room, name, lambda lang: {**body, "promise": worded_promise(promise, lang)}
        )

    def row_changed(self, conversation_id: str, *, is_message: bool) -> None:
        """A message concerns the holder's list, unless it is open there; the rest concerns all."""
        if not self.has_agents() or (is_message and self._holder_has_it_open(conversation_id)):
            return
        if not is_message:
            self._holders.pop(conversation_id, None)
        before = self._changed.get(conversation_id, False)
        self._changed[conversation_id] = before or not is_message
        self._wake.set()

    async def _keep_rows_fresh(self) -> None:
        while True:
            await self._wake.wait()
            self._wake.clear()
            changed, self._changed = self._changed, {}
            try:
                await self._emit_rows(changed)
            except Exception:  # this loop must live; lists also refetch on their own
                log.exception("list rows were not sent")
            await asyncio.sleep(ROWS_EVERY_S)

    async def _emit_rows(self, changed: dict[str, bool]) -> None:
        for summary in await summaries_of(self._desk, list(changed)):
            holder = summary.head.assignee_id or summary.head.offered_to
            if holder is not None:
                self._holders[summary.head.id] = holder
            if changed[summary.head.id]:
                room = EVERYBODY
            elif holder is not None:
                room = agent_room(holder)
            else:
                room = EVERYBODY
            view = {"summary": summary_view(summary)}
            emit_now(self._sockets, AGENTS, "conversation_changed", view, [room])

    def _holder_has_it_open(self, conversation_id: str) -> bool:
        """On every console of the holder; a holder this desk does not know yet has not."""
        holder = self._holders.get(conversation_id)
        if holder is None or not self._has_watcher(conversation_id):
            return False
        watching = self._rooms(AGENTS)[watch_room(conversation_id)]
        return all(sid in watching for sid in self._rooms(AGENTS).get(agent_room(holder), ()))

    def _has_watcher(self, conversation_id: str) -> bool:
        return self._members(AGENTS, watch_room(conversation_id)) > 0

    def _members(self, namespace: str, room: str) -> int:
        return len(self._rooms(namespace).get(room) or ())

    def _rooms(self, namespace: str) -> dict[str | None, dict[str, str]]:
        rooms: dict[str | None, dict[str, str]] = self._sockets.manager.rooms.get(namespace) or {}
        return rooms
