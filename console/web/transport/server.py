"""The Socket.IO server of the desk: every event is answered, whatever a client sends.

Connecting, namespaces, rooms and sessions are python-socketio's own. Events are dispatched here, in
order, and a client that breaks the protocol is disconnected without a word about our insides.
"""

from __future__ import annotations

import asyncio
import inspect
from collections.abc import Awaitable, Callable, Iterable
from typing import Any, override

import socketio
import structlog
from aiohttp import web
from engineio import payload
from socketio import packet as library_packet

from console.web.transport.answers import (
    BAD_REQUEST,
    INTERNAL,
    UNKNOWN_EVENT,
    UNKNOWN_NAMESPACE,
)
from console.web.transport.closing import close_all_sockets
from console.web.transport.engine_server import BoundedEngineServer, LeanEngineServer
from console.web.transport.manager import LeanManager
from console.web.transport.outgoing import Outgoing
from console.web.transport.packet import (
    CONNECT,
    CONNECT_ERROR,
    EVENT,
    LeanPacket,
    UnreadablePacket,
    encoded_ack,
)

log = structlog.get_logger(__name__)

Handler = Callable[..., Awaitable[Any]]
JOIN_WITHIN_S = 20.0  # a connection that has joined no namespace by then is closed

# python-engineio's documented setting. A browser on polling sends all it has in one body, which
# `event_bytes` bounds already; with the library's 16 the whole body is dropped and answered "OK".
payload.Payload.max_decode_packets = 512


class SocketServer(socketio.AsyncServer):  # type: ignore[misc]  # the library has no types
    """With the library's Engine.IO, its queues bounded."""

    def __init__(self, **options: Any) -> None:
        super().__init__(serializer=LeanPacket, async_handlers=False, **options)
        self._routes: dict[tuple[str, str], Handler] = {}
        self.eio.on("connect", self._on_engine_connect)
        self.eio.on("message", self._on_engine_message)
        self.eio.on("disconnect", self._on_engine_disconnect)

    @override
    def _engineio_server_class(self) -> type[BoundedEngineServer]:
        return BoundedEngineServer

    @override
    def attach(self, app: web.Application, socketio_path: str = "socket.io") -> None:
        """Sockets end when the application shuts down, before anything it needs is closed."""
        super().attach(app, socketio_path)
        app.on_shutdown.append(self._on_shutdown)

    async def _on_shutdown(self, _app: web.Application) -> None:
        await close_all_sockets(self)

    def emit_now(self, namespace: str, event: str, data: Any, rooms: Iterable[str]) -> None:
        """The library's own emit, in a task of its own; emits keep their order."""
        if to := list(rooms):
            self.eio.in_background(self.emit(event, data, room=to, namespace=namespace))

    async def _on_engine_connect(self, eio_sid: str, environ: dict[str, Any]) -> None:
        self.eio.remember_transport(eio_sid, environ["aiohttp.request"])
        await self._handle_eio_connect(eio_sid, environ)
        asyncio.get_running_loop().call_later(JOIN_WITHIN_S, self._close_if_alone, eio_sid)

    async def _on_engine_disconnect(self, eio_sid: str, reason: str) -> None:
        self.eio.forget_transport(eio_sid)
        await self._handle_eio_disconnect(eio_sid, reason)

    async def _on_engine_message(self, eio_sid: str, message: str | bytes) -> None:
        """Never raises: whatever goes wrong, this client is answered or disconnected."""
        try:
            await self._take(eio_sid, message)
        except UnreadablePacket as error:
            log.info("unreadable packet", reason=str(error))
            await self._refuse(eio_sid)
        except Exception:
            log.exception("a packet could not be handled")
            await self._refuse(eio_sid)

    async def _take(self, eio_sid: str, message: str | bytes) -> None:
        packet = LeanPacket(encoded_packet=message) if message else None
        if packet is None:
            raise UnreadablePacket("empty packet")
        if packet.packet_type == EVENT:
            await self._take_event(eio_sid, packet)
        elif packet.packet_type == CONNECT:
            await self._take_connect(eio_sid, packet.namespace or "/", packet.data)
        else:
            await self._handle_eio_message(eio_sid, message)

    async def _take_connect(self, eio_sid: str, namespace: str, auth: Any) -> None:
        """A `connect` handler that fails refuses; the library would leave the client waiting.

        Who goes away while it runs leaves after it; the library overhears that.
        """
        if namespace not in self.handlers and namespace not in self.namespace_handlers:
            await self._refuse_to_join(eio_sid, namespace, UNKNOWN_NAMESPACE)
            return
        try:
            await self._handle_connect(eio_sid, namespace, auth)
        except Exception:
            log.exception("connect handler failed", namespace=namespace)
            await self._refuse_to_join(eio_sid, namespace, INTERNAL)
            sid = self.manager.sid_from_eio_sid(eio_sid, namespace)
            await self.manager.disconnect(sid, namespace, ignore_queue=True)
        if eio_sid not in self.eio.sockets:
            await self._handle_disconnect(eio_sid, namespace, self.reason.TRANSPORT_CLOSE)

    async def _refuse_to_join(self, eio_sid: str, namespace: str, answer: dict[str, Any]) -> None:
        refusal = {"message": answer["error"]["code"], "data": answer["error"]}
        await self._send_packet(eio_sid, LeanPacket(CONNECT_ERROR, refusal, namespace))

    async def _take_event(self, eio_sid: str, packet: LeanPacket) -> None:
        namespace = packet.namespace or "/"
        sid = self.manager.sid_from_eio_sid(eio_sid, namespace)
        if not self.manager.is_connected(sid, namespace):
            return
        answer = await self._answer_to(namespace, sid, packet.data)
        if packet.id is not None:
            await self._acknowledge(eio_sid, namespace, packet.id, _as_arguments(answer))

    async def _answer_to(self, namespace: str, sid: str, data: Any) -> Any:
        if not isinstance(data, list) or not data or not isinstance(data[0], str):
            return BAD_REQUEST
        handler = self._handler_of(namespace, data[0])
        if handler is None:
            return UNKNOWN_EVENT
        try:
            return await handler(sid, *data[1:])
        except Exception:
            log.exception("socket handler failed", namespace=namespace, socket_event=data[0])
            return INTERNAL

    def _handler_of(self, namespace: str, event: str) -> Handler | None:
        """None for events nobody handles, and for `connect` and `disconnect`: not a client's."""
        if (route := self._routes.get((namespace, event))) is not None:
            return route
        if event in self.reserved_events:
            return None
        if (method := self._plain_method(namespace, event)) is not None:
            return self._routes.setdefault((namespace, event), method)
        return self._library_route(namespace, event)

    def _plain_method(self, namespace: str, event: str) -> Handler | None:
        """The method of a namespace class that dispatches as the library does."""
        owner = self.namespace_handlers.get(namespace)
        if owner is None or type(owner).trigger_event is not socketio.AsyncNamespace.trigger_event:
            return None
        if self._get_event_handler(event, namespace, ())[0] is not None:
            return None
        method = getattr(owner, f"on_{event}", None)
        return method if inspect.iscoroutinefunction(method) else None

    def _library_route(self, namespace: str, event: str) -> Handler | None:
        owner = self._get_namespace_handler(namespace, ())[0]
        is_known = self._get_event_handler(event, namespace, ())[0] is not None
        if not is_known and not hasattr(owner, f"on_{event}"):
            return None

        async def through_the_library(sid: str, *arguments: Any) -> Any:
            return await self._trigger_event(event, namespace, sid, *arguments)

        return through_the_library

    async def _acknowledge(
        self, eio_sid: str, namespace: str, number: int, arguments: list[Any]
    ) -> None:
        packet = LeanPacket(library_packet.ACK, arguments, namespace, number)
        await self._send_packet(eio_sid, packet)

    async def _refuse(self, eio_sid: str) -> None:
        if (socket := self.eio.sockets.get(eio_sid)) is not None:
            await self.eio.cut_off(socket, self.reason.TRANSPORT_ERROR)

    def _close_if_alone(self, eio_sid: str) -> None:
        socket = self.eio.sockets.get(eio_sid)
        if socket is None or any(
            self.manager.sid_from_eio_sid(eio_sid, namespace)
            for namespace in self.manager.get_namespaces()
        ):
            return
        self.eio.in_background(self.eio.cut_off(socket, self.reason.SERVER_DISCONNECT))


class LeanSocketServer(SocketServer):
    """The same, several times cheaper; see docs/adr/0010-sockets-run-lean-behind-a-switch.md."""

    def __init__(self, **options: Any) -> None:
        super().__init__(client_manager=LeanManager(), **options)

    @override
    def _engineio_server_class(self) -> type[BoundedEngineServer]:
        return LeanEngineServer

    @override
    def emit_now(self, namespace: str, event: str, data: Any, rooms: Iterable[str]) -> None:
        self.manager.emit_now(namespace, event, data, rooms)

    @override
    async def _acknowledge(
        self, eio_sid: str, namespace: str, number: int, arguments: list[Any]
    ) -> None:
        if (socket := self.eio.sockets.get(eio_sid)) is not None:
            socket.deliver(Outgoing(encoded_ack(namespace, number, arguments)))


def _as_arguments(answer: Any) -> list[Any]:
    """What a handler returns, as the library spreads it over the arguments of the callback."""
    if answer is None:
        return []
    return list(answer) if isinstance(answer, tuple) else [answer]
