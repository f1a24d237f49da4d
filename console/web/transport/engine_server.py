"""The Engine.IO servers: the library's own with bounded queues, and the lean one.

`BoundedEngineServer` uses public methods only. `LeanEngineServer` overrides `_handle_connect`,
which is private: tests/contract/test_transport_pins.py fails when the library changes it.
"""

from __future__ import annotations

import asyncio
import contextlib
from collections.abc import Coroutine
from typing import Any, override

import engineio
from aiohttp import web
from engineio import exceptions, packet

from console.web.transport.engine_socket import LeanSocket
from console.web.transport.outbound_queue import OutboundQueue

_FITS_THE_READ_BUFFER = 1 << 17  # bytes; aiohttp stops reading beyond it

SLOW = "slow"  # reason of a disconnect: the client does not read as fast as it is written to


class BoundedEngineServer(engineio.AsyncServer):  # type: ignore[misc]  # the library has no types
    """Cuts off whoever does not read; knows the transport of every WebSocket."""

    def __init__(self, *, queue_packets: int, queue_bytes: int, **options: Any) -> None:
        super().__init__(**options)
        self.is_closing = False
        self._queue_packets = queue_packets
        self._queue_bytes = queue_bytes
        self._transports: dict[str, asyncio.Transport] = {}
        self._tasks: set[asyncio.Task[None]] = set()

    @override
    def create_queue(self, *_args: Any, **_kwargs: Any) -> OutboundQueue:
        return OutboundQueue(self._queue_packets, self._queue_bytes, self._cut_off_reader_of)

    @override
    async def handle_request(self, request: web.Request) -> web.StreamResponse:
        if self.is_closing:
            return web.Response(status=503, headers={"Retry-After": "1"})
        if request.method == "POST":
            await _whole_body(request)
        elif "Upgrade" in request.headers and request.query.get("sid") in self.sockets:
            self.remember_transport(request.query["sid"], request)
        return await self._answered(request)

    async def _answered(self, request: web.Request) -> web.StreamResponse:
        """The library lets an unreadable frame end the request with its socket still open."""
        try:
            response: web.StreamResponse = await super().handle_request(request)
        except ValueError as error:
            self.logger.info("unreadable request: %s", error)
            await self._cut_off_sender_of(request)
            return web.Response(status=400)
        return response

    def remember_transport(self, sid: str, request: web.Request) -> None:
        """The library keeps the connection of a WebSocket to itself."""
        if request.transport is not None:
            self._transports[sid] = request.transport

    def forget_transport(self, sid: str) -> None:
        self._transports.pop(sid, None)

    def transport_of(self, socket: Any) -> asyncio.Transport | None:
        """The connection of a WebSocket; None for polling, which has none of its own."""
        return self._transports.get(socket.sid) if socket.upgraded else None

    def in_background(self, work: Coroutine[Any, Any, None]) -> None:
        task = asyncio.get_running_loop().create_task(work)
        self._tasks.add(task)
        task.add_done_callback(self._tasks.discard)

    def _cut_off_reader_of(self, queue: OutboundQueue) -> None:
        """Seldom enough for a search; the library does not say whose queue it makes."""
        for socket in self.sockets.values():
            if socket.queue is queue:
                self.in_background(self.cut_off(socket, SLOW))
                return

    async def _cut_off_sender_of(self, request: web.Request) -> None:
        for sid, transport in list(self._transports.items()):
            if transport is request.transport and sid in self.sockets:
                await self.cut_off(self.sockets[sid], self.reason.TRANSPORT_ERROR)

    async def cut_off(self, socket: Any, reason: str) -> None:
        """Ends a connection without waiting for its client."""
        if (transport := self.transport_of(socket)) is not None:
            transport.abort()
        await socket.close(wait=False, abort=True, reason=reason)
        socket.queue.put_nowait(None)  # ends the task or the poll that waits for more
        self.sockets.pop(socket.sid, None)


class LeanEngineServer(BoundedEngineServer):
    """Makes lean sockets. They watch their own pings, so there is no monitor that visits all."""

    def __init__(self, **options: Any) -> None:
        super().__init__(monitor_clients=False, **options)

    @override
    async def _handle_connect(
        self, environ: dict[str, Any], transport: str, jsonp_index: int | None = None
    ) -> Any:
        socket = LeanSocket(self, self.generate_id())
        self.sockets[socket.sid] = socket
        await socket.send(packet.Packet(packet.OPEN, self._greeting(socket.sid, transport)))
        refusal = await self._trigger_event("connect", socket.sid, environ, run_async=False)
        if refusal not in (None, True):
            del self.sockets[socket.sid]
            return self._unauthorized(refusal or None)
        socket.schedule_ping()
        if transport == "websocket":
            return await socket.handle_get_request(environ)
        socket.connected = True
        return await self._first_poll(socket, jsonp_index)

    def _greeting(self, sid: str, transport: str) -> dict[str, Any]:
        return {
            "sid": sid,
            "upgrades": self._upgrades(sid, transport),
            "pingTimeout": int(self.ping_timeout * 1000),
            "pingInterval": int(self.ping_interval * 1000),
            "maxPayload": self.max_http_buffer_size,
        }

    async def _first_poll(self, socket: LeanSocket, jsonp_index: int | None) -> Any:
        try:
            return self._ok(await socket.poll(), jsonp_index=jsonp_index)
        except exceptions.QueueEmpty:
            return self._bad_request()


async def _whole_body(request: web.Request) -> None:
    """The library reads what has arrived by then and takes it for everything."""
    if (request.content_length or 0) <= _FITS_THE_READ_BUFFER:
        with contextlib.suppress(ConnectionError, web.RequestPayloadError):
            await request.content.wait_eof()
