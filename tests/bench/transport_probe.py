"""`python -m tests.bench.transport_probe`: server CPU µs per message on each transport.

Interleaved rounds with a calibration spin in between, because machines change their speed by the
minute: compare columns of one run, never numbers of two. An acknowledged echo over WebSocket, one
message under way on each connection; then one emit to a room that everybody is in.
"""

from __future__ import annotations

import asyncio
import multiprocessing
import os
import statistics
import sys
import time
from collections.abc import Awaitable, Callable
from multiprocessing.connection import Connection
from typing import Any

import aiohttp
import socketio
import uvloop
from aiohttp import web

from console.web.transport import build_socket_server, emit_now

KINDS = ("library", "stock", "lean", "bare")
CONNECTIONS, ROUNDS, SECONDS, EMITS = 200, 3, 2.0, 60
BODY = '{"client_msg_id":"0190-aaaa","text":"' + "您好,我想问一下这个订单什么时候发货" * 2 + '"}'
PATH = "/socket.io/?EIO=4&transport=websocket"
TICKS = os.sysconf("SC_CLK_TCK")


class Echo(socketio.AsyncNamespace):
    async def on_connect(self, sid: str, _environ: Any, _auth: Any = None) -> None:
        await self.enter_room(sid, "everybody")

    async def on_echo(self, _sid: str, data: Any) -> dict[str, Any]:
        return {"ok": True, "seq": len(data)}

    async def on_shout(self, _sid: str, data: Any) -> None:
        for n in range(EMITS):
            if "now" not in data:
                await self.server.emit("heard", {"n": n}, room="everybody", namespace="/customer")
            else:
                emit_now(self.server, "/customer", "heard", {"n": n}, ["everybody"])
                await asyncio.sleep(0)


def socket_server(kind: str) -> Any:
    if kind == "library":
        return socketio.AsyncServer(async_mode="aiohttp", cors_allowed_origins="*")
    return build_socket_server(
        lean=kind == "lean",
        allowed_origins=lambda _origin, _environ: True,
        event_bytes=65_536,
        ping_interval_s=25,
        ping_timeout_s=20,
        queue_packets=100_000,
        queue_bytes=100_000_000,
    )


async def bare_echo(request: web.Request) -> web.WebSocketResponse:
    ws = web.WebSocketResponse(compress=False)
    await ws.prepare(request)
    async for message in ws:
        await ws.send_str(message.data)
    return ws


async def serve(kind: str, told: Connection) -> None:
    app = web.Application()
    if kind == "bare":
        app.router.add_get("/socket.io/", bare_echo)
    else:
        server = socket_server(kind)
        server.register_namespace(Echo("/customer"))
        server.attach(app)
    runner = web.AppRunner(app, access_log=None)
    await runner.setup()
    await web.TCPSite(runner, "127.0.0.1", 0).start()
    told.send(runner.addresses[0][1])
    await asyncio.Event().wait()


def serve_forever(kind: str, told: Connection) -> None:
    uvloop.run(serve(kind, told))


def cpu_s(pid: int) -> float:
    with open(f"/proc/{pid}/stat") as stat:
        fields = stat.read().rsplit(")", 1)[1].split()
    return (int(fields[11]) + int(fields[12])) / TICKS


async def connect(browser: aiohttp.ClientSession, kind: str) -> aiohttp.ClientWebSocketResponse:
    ws = await browser.ws_connect(PATH)
    if kind != "bare":
        await ws.receive_str()
        await ws.send_str("40/customer,")
        await ws.receive_str()
    return ws


async def echo(ws: aiohttp.ClientWebSocketResponse, kind: str, until: float) -> int:
    count = 0
    while time.monotonic() < until:
        count += 1
        await ws.send_str(f'42/customer,{count}["echo",{BODY}]')
        answer = await ws.receive_str()
        while kind != "bare" and not answer.startswith("43"):
            answer = await ws.receive_str()
    return count


async def hear(ws: aiohttp.ClientWebSocketResponse) -> int:
    for _ in range(EMITS):
        await ws.receive_str()
    return EMITS


async def measure(kind: str, port: int, pid: int) -> tuple[float, float | None]:
    """CPU µs for an echo and for one delivery of a room emit."""
    connector = aiohttp.TCPConnector(limit=0)
    async with aiohttp.ClientSession(f"http://127.0.0.1:{port}", connector=connector) as browser:
        sockets = [await connect(browser, kind) for _ in range(CONNECTIONS)]
        until = time.monotonic() + SECONDS
        echoed = await cost(pid, lambda: each(echo(ws, kind, until) for ws in sockets))
        if kind == "bare":
            return echoed, None
        how = "now" if kind == "lean" else "later"
        await sockets[0].send_str(f'42/customer,["shout",{{"{how}":1}}]')
        return echoed, await cost(pid, lambda: each(hear(ws) for ws in sockets))


async def each(works: Any) -> int:
    return sum(await asyncio.gather(*works))


async def cost(pid: int, work: Callable[[], Awaitable[int]]) -> float:
    before = cpu_s(pid)
    count = await work()
    return (cpu_s(pid) - before) / count * 1e6


def spin_ms() -> float:
    begun = time.process_time()
    sum(n * n for n in range(1_000_000))
    return (time.process_time() - begun) * 1e3


def measured(kind: str) -> tuple[float, float | None]:
    ours, theirs = multiprocessing.get_context("spawn").Pipe()
    process = multiprocessing.get_context("spawn").Process(
        target=serve_forever, args=(kind, theirs), daemon=True
    )
    process.start()
    try:
        assert process.pid is not None
        return uvloop.run(measure(kind, ours.recv(), process.pid))
    finally:
        process.kill()
        process.join()


def main() -> None:
    echoes: dict[str, list[float]] = {kind: [] for kind in KINDS}
    deliveries: dict[str, list[float]] = {kind: [] for kind in KINDS}
    spins = []
    for _ in range(ROUNDS):
        spins.append(spin_ms())
        for kind in KINDS:
            echoed, delivered = measured(kind)
            echoes[kind].append(echoed)
            deliveries[kind].extend([] if delivered is None else [delivered])
    print(f"{CONNECTIONS} connections, spin {min(spins):.0f}-{max(spins):.0f} ms")
    for kind in KINDS:
        ratio = statistics.median(a / b for a, b in zip(echoes[kind], echoes["lean"], strict=True))
        print(f"{kind:8} echo {shown(echoes[kind])} = {ratio:.2f} x lean", end="")
        print(f"   delivery {shown(deliveries[kind])}" if deliveries[kind] else "")


def shown(values: list[float]) -> str:
    return f"{statistics.median(values):6.1f} ({min(values):.1f}-{max(values):.1f})"


if __name__ == "__main__":
    sys.exit(main())
