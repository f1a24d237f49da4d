"""A client that stops reading, and a server that is told to stop: in a process of its own."""

from __future__ import annotations

import asyncio
import json
import re
import socket
import sys
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from dataclasses import dataclass
from pathlib import Path

import aiohttp
import pytest

from tests.contract.transport_client import POLLING, WEBSOCKET, Client, started

PROJECT = Path(__file__).resolve().parents[2]
JOIN = '40/customer,{"token":"secret","room":"flooded"}'
GROWTH_KB = 24_000  # the bound of a slow client is 1 MB; stock buffers took 83,000
PATH = "/socket.io/?EIO=4&transport="


@dataclass
class Server:
    process: asyncio.subprocess.Process
    port: int

    @property
    def url(self) -> str:
        return f"http://127.0.0.1:{self.port}"

    def resident_kb(self) -> int:
        status = Path(f"/proc/{self.process.pid}/status").read_text()
        found = re.search(r"VmRSS:\s+(\d+) kB", status)
        assert found is not None
        return int(found[1])


@pytest.fixture(params=["lean", "stock"])
async def server(request: pytest.FixtureRequest) -> AsyncIterator[Server]:
    async with started_server(request.param) as found:
        yield found


@asynccontextmanager
async def started_server(kind: str) -> AsyncIterator[Server]:
    process = await asyncio.create_subprocess_exec(
        *(sys.executable, "-m", "tests.contract.transport_server", kind),
        cwd=PROJECT,
        stdout=asyncio.subprocess.PIPE,
    )
    assert process.stdout is not None
    yield Server(process, int(await process.stdout.readline()))
    if process.returncode is None:
        process.kill()
    await process.wait()


@asynccontextmanager
async def never_reading(port: int, join: str) -> AsyncIterator[None]:
    """Joins over a WebSocket of its own making and reads nothing from then on."""
    loop = asyncio.get_running_loop()
    head = (
        f"GET {PATH}websocket HTTP/1.1\r\nHost: x\r\nUpgrade: websocket\r\nConnection: Upgrade\r\n"
        "Sec-WebSocket-Version: 13\r\nSec-WebSocket-Key: MDEyMzQ1Njc4OWFiY2RlZg==\r\n\r\n"
    )
    frame = bytes([0x81, 0x80 | len(join), 0, 0, 0, 0]) + join.encode()
    with socket.socket() as found:
        found.setsockopt(socket.SOL_SOCKET, socket.SO_RCVBUF, 4_096)
        found.setblocking(False)
        await loop.sock_connect(found, ("127.0.0.1", port))
        await loop.sock_sendall(found, head.encode() + frame)
        yield


async def never_polling(browser: aiohttp.ClientSession, join: str) -> str:
    async with browser.get(f"{PATH}polling") as answer:
        sid = str(json.loads((await answer.text())[1:])["sid"])
    async with browser.post(f"{PATH}polling&sid={sid}", data=join) as answer:
        assert answer.status == 200
    return sid


async def push(browser: aiohttp.ClientSession, count: int, size: int) -> None:
    ws = await browser.ws_connect(f"{PATH}websocket", max_msg_size=0)
    await ws.receive_str()
    await ws.send_str('40/customer,{"token":"secret"}')
    await ws.receive_str()
    body = {"count": count, "size": size, "rooms": ["flooded", "healthy"], "every_s": 0.002}
    await ws.send_str(f"42/customer,1{json.dumps(['push', body])}")
    while not (await ws.receive_str()).startswith("43/customer,1"):
        pass
    await ws.close()


async def left_with(browser: aiohttp.ClientSession) -> list[str]:
    async with browser.get("/left") as answer:
        return list(await answer.json())


async def test_a_client_that_stops_reading_is_cut_off_and_others_feel_nothing(
    server: Server,
) -> None:
    async with (
        started("listen", server.url, client=WEBSOCKET, room="healthy") as healthy,
        aiohttp.ClientSession(server.url) as browser,
        never_reading(server.port, JOIN),
    ):
        await healthy.connected()
        silent = await never_polling(browser, JOIN)
        before_kb = server.resident_kb()

        await push(browser, count=20_000, size=2_000)

        assert server.resident_kb() - before_kb < GROWTH_KB
        assert (await left_with(browser)).count("slow") == 2
        async with browser.get(f"{PATH}polling&sid={silent}") as answer:
            assert answer.status == 400
        report = await healthy.report()
    assert report == {"got": list(range(20_000)), "reasons": [], "connected": True}


async def test_without_the_bound_the_same_client_fills_the_memory() -> None:
    async with (
        started_server("unbounded") as server,
        aiohttp.ClientSession(server.url) as browser,
        never_reading(server.port, JOIN),
    ):
        before_kb = server.resident_kb()

        await push(browser, count=20_000, size=2_000)

        assert server.resident_kb() - before_kb > GROWTH_KB
        assert "slow" not in await left_with(browser)


async def test_a_server_that_is_told_to_stop_ends_within_five_seconds(server: Server) -> None:
    async with (
        started("listen", server.url, client=WEBSOCKET) as websocket,
        started("listen", server.url, client=POLLING) as polling,
        never_reading(server.port, JOIN),
    ):
        await asyncio.gather(websocket.connected(), polling.connected())

        server.process.terminate()
        async with asyncio.timeout(5):
            status = await server.process.wait()

        assert status == 0
        assert await _goodbye_of(websocket) == ["transport close"]
        assert (await _goodbye_of(polling))[0] in ("transport close", "transport error")


async def _goodbye_of(client: Client) -> list[str]:
    """Not "io server disconnect": after that a browser does not come back on its own."""
    report = await client.report()
    assert report["connected"] is False
    reasons: list[str] = report["reasons"]
    return reasons
