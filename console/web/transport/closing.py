"""Ends every socket when the desk stops; without it the process lives on until each ping fails."""

from __future__ import annotations

import asyncio
import contextlib
from typing import Any

import socketio

SHUTDOWN = "shutdown"  # reason of a disconnect: this desk ends, another will answer
WITHIN_S = 1.5


async def close_all_sockets(server: socketio.AsyncServer) -> None:
    """Every namespace has been told, every connection is gone, new ones are refused.

    Clients see a lost connection, not a dismissal: they come back on their own and catch up.
    """
    engine = server.eio
    if engine.is_closing:
        return
    engine.is_closing = True
    transports = [engine.transport_of(socket) for socket in engine.sockets.values()]
    with contextlib.suppress(TimeoutError):
        async with asyncio.timeout(WITHIN_S):
            await _say_goodbye_to_all(engine)
            await _until_closed(transports)
    for transport in transports:
        if transport is not None:
            transport.abort()
    await server.shutdown()


async def _say_goodbye_to_all(engine: Any) -> None:
    sockets = list(engine.sockets.values())
    await asyncio.gather(*(_say_goodbye(socket) for socket in sockets), return_exceptions=True)


async def _say_goodbye(socket: Any) -> None:
    await socket.close(wait=False, abort=True, reason=SHUTDOWN)
    socket.queue.put_nowait(None)  # the library's writer closes its WebSocket at this


async def _until_closed(transports: list[asyncio.Transport | None]) -> None:
    open_ones = [transport for transport in transports if transport is not None]
    while any(not transport.is_closing() for transport in open_ones):  # noqa: ASYNC110  # no event
        await asyncio.sleep(0.02)
