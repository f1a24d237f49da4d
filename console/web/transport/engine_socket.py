"""One Engine.IO connection with one read loop, direct writes and a timer instead of ping tasks.

The library runs a task and a timer for each frame that comes in, and a queue, a task and a timer
for each that goes out; that is half the cost of a message. This class overrides private methods of
its base; tests/contract/test_transport_pins.py fails when the library changes one of them.
"""

from __future__ import annotations

import asyncio
import contextlib
from typing import Any, override

from aiohttp import WSCloseCode, WSMsgType, web
from engineio import async_socket, exceptions, packet, payload

from console.web.transport.outgoing import Outgoing, text_frame

RETRY_WRITE_S = 0.05  # how soon a congested connection is looked at again
HANDSHAKE_S = 10.0  # a browser that begins an upgrade finishes it within this time
GOODBYE_S = 2.0  # how long a closing frame waits for its answer

_PING = text_frame(b"2")


class UnreadablePayload(exceptions.EngineIOError):  # type: ignore[misc]  # the library has no types
    """The body of a polling request is not a list of packets; the library answers 400."""


class LeanSocket(async_socket.AsyncSocket):  # type: ignore[misc]  # the library has no types
    """Polling works as in the library; everything about WebSockets is here."""

    connected: bool
    upgrading: bool
    upgraded: bool
    closing: bool
    closed: bool

    def __init__(self, server: Any, sid: str) -> None:
        super().__init__(server, sid)
        self.last_ping = None  # the timer below watches instead
        self._ws: web.WebSocketResponse | None = None
        self._transport: asyncio.Transport | None = None
        self._protocol: Any = None
        self._is_handling = False
        self._ping_timer: asyncio.TimerHandle | None = None
        self._flush_timer: asyncio.TimerHandle | None = None

    # --- out ---

    def deliver(self, message: Outgoing) -> None:
        """Writes now, or waits in the bounded queue behind what waits already."""
        if self.closed or self._line_is_cut():
            return
        if self._can_write_now():
            self._transport.write(message.frame)  # type: ignore[union-attr]  # just looked at
        else:
            self._queue_up(message.engine_packet)

    @override
    async def send(self, pkt: Any) -> None:
        if self.closed:
            raise exceptions.SocketIsClosedError()
        self._send_now(pkt)

    def _send_now(self, pkt: Any) -> None:
        if self._can_write_now():
            self._write(pkt)
        else:
            self._queue_up(pkt)

    @property
    def is_congested(self) -> bool:
        """More waits than the connection takes at once."""
        return self._ws is not None and not self._can_write_now()

    def _can_write_now(self) -> bool:
        return (
            self._ws is not None
            and not self._protocol.writing_paused
            and self.queue.empty()
            and not self._ws.closed
            and not self._line_is_cut()
        )

    def _line_is_cut(self) -> bool:
        """The peer is gone and the read loop does not know yet; uvloop raises on such a write."""
        return self._transport is not None and self._transport.is_closing()

    def _write(self, pkt: Any) -> None:
        encoded = pkt.encode()
        text = encoded if isinstance(encoded, str) else pkt.encode(b64=True)
        self._transport.write(text_frame(text.encode()))  # type: ignore[union-attr]

    def _queue_up(self, pkt: Any) -> None:
        self.queue.put_nowait(pkt)
        if self._ws is not None and self._flush_timer is None:
            self._flush_timer = _loop().call_later(RETRY_WRITE_S, self._flush)

    def _flush(self) -> None:
        """Writes what waits, until the connection is full again."""
        self._flush_timer = None
        if self._ws is None or self._ws.closed or self._line_is_cut():
            return
        while not self.queue.empty() and not self._protocol.writing_paused:
            if (pkt := self.queue.get_nowait()) is not None:
                self._write(pkt)
            self.queue.task_done()
        if not self.queue.empty():
            self._flush_timer = _loop().call_later(RETRY_WRITE_S, self._flush)

    # --- in ---

    @override
    async def receive(self, pkt: Any) -> None:
        if pkt.packet_type == packet.MESSAGE:
            await self._handle(pkt.data)
        elif pkt.packet_type == packet.PONG:
            self.schedule_ping()
        else:
            await super().receive(pkt)

    async def _handle(self, message: str | bytes) -> None:
        """The next frame is read when this one is done: order is kept, and memory."""
        self._is_handling = True
        try:
            await self.server.handlers["message"](self.sid, message)
        finally:
            self._is_handling = False

    @override
    async def handle_post_request(self, environ: dict[str, Any]) -> None:
        length = int(environ.get("CONTENT_LENGTH", "0"))
        if length > self.server.max_http_buffer_size:
            raise exceptions.ContentTooLongError()
        try:
            body = await environ["wsgi.input"].readexactly(length)
            packets = payload.Payload(encoded_payload=body.decode()).packets
        except (ValueError, KeyError, EOFError) as error:  # also too many packets in one body
            raise UnreadablePayload() from error
        for pkt in packets:
            await self.receive(pkt)

    # --- pings ---

    @override
    def schedule_ping(self) -> None:
        """The client has answered, or has just come: the next ping is due in an interval."""
        self._set_ping_timer(self.server.ping_interval, self._ping)

    @override
    async def check_ping_timeout(self) -> bool:
        return not self.closed  # the timer watches

    def _ping(self) -> None:
        if self._ws is not None and self._can_write_now():
            self._transport.write(_PING)  # type: ignore[union-attr]  # just looked at
        else:
            self._queue_up(packet.Packet(packet.PING))
        self._set_ping_timer(self.server.ping_timeout, self._judge)

    def _judge(self) -> None:
        """No answer in time. While a message is being handled, the answer could not be read."""
        if self._is_handling:
            self._ping()
        else:
            self.server.in_background(self.server.cut_off(self, self.server.reason.PING_TIMEOUT))

    def _set_ping_timer(self, after_s: float, then: Any) -> None:
        if self._ping_timer is not None:
            self._ping_timer.cancel()
        self._ping_timer = None if self.closing else _loop().call_later(after_s, then)

    # --- WebSocket ---

    @override
    async def _upgrade_websocket(self, environ: dict[str, Any]) -> Any:
        if self.upgraded or self.upgrading:
            return self.server._bad_request()
        was_polling = self.connected
        ws = web.WebSocketResponse(
            max_msg_size=self.server.max_http_buffer_size, compress=False, timeout=GOODBYE_S
        )
        try:
            await self._serve(ws, environ["aiohttp.request"])
        finally:
            await self._websocket_ended(was_polling=was_polling)
        await ws.close()
        return ws

    async def _serve(self, ws: web.WebSocketResponse, request: web.Request) -> None:
        await ws.prepare(request)
        if await self._takes_over(ws):
            self._open(ws, request)
            await self._read(ws)

    async def _websocket_ended(self, *, was_polling: bool) -> None:
        """An upgrade that did not succeed leaves the polling connection as it was."""
        if self.upgraded or not was_polling:
            await self.close(wait=False, abort=True, reason=self.server.reason.TRANSPORT_CLOSE)

    async def _takes_over(self, ws: web.WebSocketResponse) -> bool:
        """True when this WebSocket is the connection now: at once, or after the upgrade's probe."""
        if not self.connected:
            self.connected = self.upgraded = True
            return True
        self.upgrading = True  # polling answers with NOOP from here on, and keeps what waits
        try:
            async with asyncio.timeout(HANDSHAKE_S):
                self.upgraded = await self._answers_probe(ws)
        except TimeoutError:
            self.upgraded = False
        finally:
            self.upgrading = False
        return bool(self.upgraded)

    async def _answers_probe(self, ws: web.WebSocketResponse) -> bool:
        if (await ws.receive()).data != "2probe":
            return False
        await ws.send_str("3probe")
        self.queue.put_nowait(packet.Packet(packet.NOOP))  # ends the poll that waits
        return bool((await ws.receive()).data == "5" and not self.closed)

    def _open(self, ws: web.WebSocketResponse, request: web.Request) -> None:
        """From here on writes are direct; what waited goes first."""
        self._transport, self._protocol = request.transport, request.protocol
        if self._transport is not None:
            self._ws = ws
            self._flush()

    async def _read(self, ws: web.WebSocketResponse) -> None:
        while not self.closed:
            message = await ws.receive()
            if message.type is not WSMsgType.TEXT or not await self._took(message.data):
                return

    async def _took(self, frame: str) -> bool:
        """False when the client broke the protocol, or has said goodbye."""
        if frame[:1] == "4":
            await self._handle(frame[1:])
            return True
        try:
            await self.receive(packet.Packet(encoded_packet=frame))
        except (ValueError, exceptions.EngineIOError):
            return False
        return True

    # --- the end ---

    @override
    async def close(
        self, wait: bool = True, abort: bool = False, reason: str | None = None
    ) -> None:
        """Tells the namespaces, then the client; never waits for a client to read."""
        if self.closed or self.closing:
            return
        self.closing = True
        self._cancel_timers()
        try:
            await self.server._trigger_event(
                "disconnect",
                self.sid,
                reason or self.server.reason.SERVER_DISCONNECT,
                run_async=False,
            )
        finally:
            self._end()

    def _end(self) -> None:
        self.closed = True
        self.server.sockets.pop(self.sid, None)
        if self._ws is None:
            self.queue.put_nowait(packet.Packet(packet.CLOSE))  # ends the poll that waits
        elif not self._ws.closed:
            self.server.in_background(_say_goodbye(self._ws))

    def _cancel_timers(self) -> None:
        for timer in (self._ping_timer, self._flush_timer):
            if timer is not None:
                timer.cancel()


async def _say_goodbye(ws: web.WebSocketResponse) -> None:
    """Code 1001: browsers come back on their own, and catch up."""
    with contextlib.suppress(ConnectionError, RuntimeError):
        await ws.close(code=WSCloseCode.GOING_AWAY)


def _loop() -> asyncio.AbstractEventLoop:
    return asyncio.get_running_loop()
