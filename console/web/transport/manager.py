"""Who is in which room, and sending to rooms: encoded once, one write for each member.

`client_manager=` of python-socketio is a public extension point. The library starts one task for
each member of a room and scans every room when a client leaves; with thousands of clients both are
felt by everybody.
"""

from __future__ import annotations

import asyncio
from collections import defaultdict
from collections.abc import Iterable
from typing import Any, override

import socketio

from console.web.transport.outgoing import Outgoing
from console.web.transport.packet import encoded_event


class LeanManager(socketio.AsyncManager):  # type: ignore[misc]  # the library has no types
    """For one process, with lean sockets."""

    def __init__(self) -> None:
        super().__init__()
        self._rooms_of: dict[tuple[str, str], set[str | None]] = defaultdict(set)

    def emit_now(self, namespace: str, event: str, data: Any, rooms: Iterable[str | None]) -> bool:
        """True when some member reads more slowly than it is written to."""
        members = self._members(namespace, rooms)
        if not members:
            return False
        return self._deliver(members, Outgoing(encoded_event(namespace, event, data)))

    @override
    async def emit(
        self,
        event: str,
        data: Any,
        namespace: str,
        room: Any = None,
        skip_sid: Any = None,
        callback: Any = None,
        to: Any = None,
        **kwargs: Any,
    ) -> None:
        rooms = _listed(to or room)
        if callback is not None or skip_sid is not None or isinstance(data, tuple) or data is None:
            await super().emit(event, data, namespace, rooms, skip_sid, callback, **kwargs)
        elif self.emit_now(namespace, event, data, rooms):
            await asyncio.sleep(0)  # a long series of emits lets the readers have their turn

    def _members(self, namespace: str, rooms: Iterable[str | None]) -> set[str]:
        by_room = self.rooms.get(namespace, {})
        found: set[str] = set()
        for room in rooms:
            if room in by_room:
                found.update(by_room[room].values())
        return found

    def _deliver(self, members: set[str], message: Outgoing) -> bool:
        sockets = self.server.eio.sockets
        has_congested = False
        for eio_sid in members:
            if (socket := sockets.get(eio_sid)) is not None:
                socket.deliver(message)
                has_congested = has_congested or socket.is_congested
        return has_congested

    @override
    def basic_enter_room(
        self, sid: str, namespace: str, room: str | None, eio_sid: str | None = None
    ) -> None:
        super().basic_enter_room(sid, namespace, room, eio_sid=eio_sid)
        self._rooms_of[namespace, sid].add(room)

    @override
    def basic_leave_room(self, sid: str, namespace: str, room: str | None) -> None:
        super().basic_leave_room(sid, namespace, room)
        rooms = self._rooms_of.get((namespace, sid), set())
        rooms.discard(room)
        if not rooms:
            self._rooms_of.pop((namespace, sid), None)

    @override
    def basic_disconnect(self, sid: str, namespace: str, **kwargs: Any) -> None:
        for room in list(self._rooms_of.get((namespace, sid), ())):
            self.basic_leave_room(sid, namespace, room)
        self.callbacks.pop(sid, None)
        for pending in (self.pending_connect, self.pending_disconnect):
            _forget(pending, namespace, sid)

    @override
    def get_rooms(self, sid: str, namespace: str) -> list[str]:
        rooms = self._rooms_of.get((namespace, sid), set())
        return [room for room in rooms if room is not None]


def _listed(room: Any) -> list[Any]:
    if isinstance(room, (list, tuple, set)):
        return list(room)
    return [room]


def _forget(pending: dict[str, list[str]], namespace: str, sid: str) -> None:
    """The library keeps those who are coming or going in a list for each namespace."""
    if sid in pending.get(namespace, ()):
        pending[namespace].remove(sid)
        if not pending[namespace]:
            del pending[namespace]
