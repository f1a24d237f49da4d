"""Starts the JavaScript client for one scenario of js/client.mjs and reads what it reports."""

from __future__ import annotations

import asyncio
import json
import sys
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from pathlib import Path
from typing import Any

from tests.plugins.missing import cannot_run

SCRIPT = Path(__file__).with_name("js") / "client.mjs"
NODE = Path(sys.executable).with_name("node")
WEBSOCKET = {"transports": ["websocket"]}
POLLING = {"transports": ["polling"]}
WITHIN_S = 30


LIBRARY = Path(__file__).parents[2] / "console" / "static" / "node_modules" / "socket.io-client"


class Client:
    """A client that has connected and goes on by itself."""

    def __init__(self, process: asyncio.subprocess.Process) -> None:
        self._process = process

    async def connected(self) -> None:
        assert self._process.stdout is not None
        async with asyncio.timeout(WITHIN_S):
            assert await self._process.stdout.readline() == b"connected\n"

    async def report(self) -> dict[str, Any]:
        """The last line of its output; ends its stdin first, which some wait for."""
        async with asyncio.timeout(WITHIN_S):
            output, _ = await self._process.communicate()
        report: dict[str, Any] = json.loads(output.splitlines()[-1])
        assert "error" not in report, report["error"]
        return report

    async def end(self) -> None:
        if self._process.returncode is None:
            self._process.kill()
        await self._process.communicate()


@asynccontextmanager
async def started(scenario: str, url: str, **options: Any) -> AsyncIterator[Client]:
    if not LIBRARY.exists():
        cannot_run("socket.io-client", "run `make run` once, or `npm ci` in console/static")
    process = await asyncio.create_subprocess_exec(
        *(str(NODE), str(SCRIPT), scenario, url, json.dumps(options)),
        stdin=asyncio.subprocess.PIPE,
        stdout=asyncio.subprocess.PIPE,
    )
    client = Client(process)
    try:
        yield client
    finally:
        await client.end()


async def play(scenario: str, url: str, **options: Any) -> dict[str, Any]:
    async with started(scenario, url, **options) as client:
        return await client.report()
