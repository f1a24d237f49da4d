"""Sockets that keep order, stay bounded and are cheap: python-socketio with the hot path rewritten.

It knows nothing of the desk. Start reading at server.py; docs/adr/0010 to 0014 say why it exists.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable
from typing import Any

from console.web.transport.closing import SHUTDOWN, close_all_sockets
from console.web.transport.compression import refuse_compression
from console.web.transport.engine_server import SLOW
from console.web.transport.server import LeanSocketServer, SocketServer

__all__ = [
    "SHUTDOWN",
    "SLOW",
    "SocketServer",
    "build_socket_server",
    "close_all_sockets",
    "emit_now",
    "refuse_compression",
]


def build_socket_server(
    *,
    lean: bool,
    allowed_origins: Callable[[str | None, dict[str, Any]], bool],
    event_bytes: int,
    ping_interval_s: float,
    ping_timeout_s: float,
    queue_packets: int = 200,
    queue_bytes: int = 1_000_000,
) -> SocketServer:
    """A server to attach to an application. `allowed_origins`: asked with origin and environ.

    Requests without an Origin are not refused: no browser sends such a request across sites.
    """
    make = LeanSocketServer if lean else SocketServer
    return make(
        async_mode="aiohttp",
        cors_allowed_origins=allowed_origins,
        cors_credentials=False,
        http_compression=False,
        max_http_buffer_size=event_bytes,
        ping_interval=ping_interval_s,
        ping_timeout=ping_timeout_s,
        queue_packets=queue_packets,
        queue_bytes=queue_bytes,
    )


def emit_now(
    server: SocketServer, namespace: str, event: str, data: dict[str, Any], rooms: Iterable[str]
) -> None:
    """Every member of the rooms has been written to, once, also who is in several of them."""
    server.emit_now(namespace, event, data, rooms)
