"""A small server on the transport, for tests: in this process, or as one of its own.

`python -m tests.contract.transport_server lean|stock|unbounded` prints its port and serves until
SIGTERM.
"""

from __future__ import annotations

import asyncio
import random
import signal
import sys
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from dataclasses import dataclass
from typing import Any, override

import socketio
from aiohttp import web

from console.web.transport import (
    SocketServer,
    build_socket_server,
    close_all_sockets,
    emit_now,
    refuse_compression,
)

EVENT_BYTES = 65_536
ORIGIN = "https://shop.example"


class Room(socketio.AsyncNamespace):
    """Echoes, keeps order, fails on request."""

    def __init__(self, seed: int = 1) -> None:
        super().__init__("/customer")
        self.seen: list[int] = []
        self.left: dict[str, str] = {}
        self.random = random.Random(seed)

    async def on_connect(self, sid: str, _environ: dict[str, Any], auth: Any = None) -> None:
        if not isinstance(auth, dict) or auth.get("token") != "secret":
            raise socketio.exceptions.ConnectionRefusedError("not_signed_in", {"code": "no"})
        await self.enter_room(sid, "everybody")
        if room := auth.get("room"):
            await self.enter_room(sid, room)

    async def on_disconnect(self, sid: str, reason: str) -> None:
        self.left[sid] = reason

    async def on_echo(self, sid: str, *arguments: Any) -> dict[str, Any]:
        return {"ok": True, "back": list(arguments)}

    async def on_count(self, sid: str, data: dict[str, int]) -> dict[str, Any]:
        """Takes a different time for each message; a dispatcher that does not wait mixes them."""
        await asyncio.sleep(self.random.uniform(0, 0.003))
        self.seen.append(data["n"])
        return {"ok": True, "n": data["n"]}

    async def on_fail(self, sid: str, _data: Any) -> None:
        raise RuntimeError("a secret of the inside")

    async def on_nothing(self, sid: str, _data: Any) -> None:
        return None

    async def on_pause(self, sid: str, data: dict[str, float]) -> dict[str, Any]:
        await asyncio.sleep(data["s"])
        return {"ok": True}

    async def on_push(self, sid: str, data: dict[str, Any]) -> dict[str, Any]:
        """Emits `count` numbered events of `size` bytes to a room."""
        for n in range(data["count"]):
            body = {"n": n, "filler": "x" * data.get("size", 0)}
            emit_now(self.server, self.namespace, "pushed", body, data["rooms"])
            if n % 10 == 9:
                await asyncio.sleep(data.get("every_s", 0))
        return {"ok": True}


@dataclass
class Running:
    """A served transport."""

    server: SocketServer
    room: Room
    port: int

    @property
    def url(self) -> str:
        return f"http://127.0.0.1:{self.port}"


def build(*, lean: bool, **settings: Any) -> SocketServer:
    given: dict[str, Any] = {
        "allowed_origins": lambda origin, _environ: origin in (None, ORIGIN),
        "event_bytes": EVENT_BYTES,
        "ping_interval_s": 10,
        "ping_timeout_s": 10,
    }
    return build_socket_server(lean=lean, **{**given, **settings})


@asynccontextmanager
async def served(*, lean: bool, **settings: Any) -> AsyncIterator[Running]:
    server, room = build(lean=lean, **settings), Room()
    server.register_namespace(room)
    server.register_namespace(Other("/agent"))
    app = web.Application(middlewares=[refuse_compression()])
    server.attach(app)

    async def left(_request: web.Request) -> web.Response:
        return web.json_response(list(room.left.values()))

    app.router.add_get("/left", left)
    runner = web.AppRunner(app, access_log=None, shutdown_timeout=1)
    await runner.setup()
    site = web.TCPSite(runner, "127.0.0.1", 0)
    await site.start()
    try:
        yield Running(server, room, runner.addresses[0][1])
    finally:
        await close_all_sockets(server)
        await runner.cleanup()


class Other(socketio.AsyncNamespace):
    """Lets everybody in; dispatches in its own way."""

    @override
    async def trigger_event(self, event: str, *args: Any) -> Any:
        return await super().trigger_event(event, *args)

    async def on_echo(self, sid: str, data: Any) -> dict[str, Any]:
        return {"ok": True, "agent": data}


async def main(kind: str) -> None:
    stop = asyncio.Event()
    asyncio.get_running_loop().add_signal_handler(signal.SIGTERM, stop.set)
    bounds = {"queue_packets": 10**9, "queue_bytes": 10**12} if kind == "unbounded" else {}
    async with served(lean=kind != "stock", **bounds) as running:
        print(running.port, flush=True)
        await stop.wait()


if __name__ == "__main__":
    asyncio.run(main(sys.argv[1]))
