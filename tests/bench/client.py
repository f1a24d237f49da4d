"""A lean Socket.IO client: as little Python for a message as will do, so that the server is what waits.

Frames are not parsed as JSON on the way in; the generator looks for the few characters it needs.
"""

from __future__ import annotations

import asyncio
import contextlib
from collections.abc import Awaitable, Callable
from typing import Any

import aiohttp
import orjson

PATH = "/socket.io/?EIO=4&transport=websocket"
DEFLATE_BITS = 15  # the offer that browsers make


class Refused(Exception):
    """The server would not let a client in, or answered with an error."""


class Client:
    """One connection in one namespace. `on_ack` gets number and text, `on_event` the text."""

    def __init__(self, ws: aiohttp.ClientWebSocketResponse, namespace: str) -> None:
        self._ws = ws
        self._where = "" if namespace == "/" else f"{namespace},"
        self._event = f"2{self._where}"
        self._ack = f"43{self._where}"
        self._answers: dict[int, asyncio.Future[Any]] = {}
        self._number = 1_000_000_000  # of `call`, beyond those that `post` is given
        self._reading: asyncio.Task[None] | None = None
        self.on_ack: Callable[[int, str], Awaitable[None]] | None = None
        self.on_event: Callable[[str], None] | None = None

    def start(self) -> None:
        self._reading = asyncio.create_task(self._read())

    async def post(self, number: int, event_and_data: str) -> None:
        """`event_and_data`: a JSON list as text. The answer goes to `on_ack`."""
        await self._ws.send_str(f"4{self._event}{number}{event_and_data}")

    async def call(self, event: str, data: Any) -> dict[str, Any]:
        """Raises `Refused` when the answer is not ok."""
        self._number += 1
        answer = self._answers[self._number] = asyncio.get_running_loop().create_future()
        await self.post(self._number, orjson.dumps([event, data]).decode())
        found: dict[str, Any] = await asyncio.wait_for(answer, 20)
        if not found.get("ok"):
            raise Refused(f"{event}: {found}")
        return found

    async def close(self) -> None:
        if self._reading is not None:
            self._reading.cancel()
            with contextlib.suppress(asyncio.CancelledError, ConnectionError):
                await self._reading
        with contextlib.suppress(ConnectionError):
            await self._ws.close()

    async def _read(self) -> None:
        with contextlib.suppress(ConnectionError):
            async for message in self._ws:
                await self._take(message.data)

    async def _take(self, frame: str) -> None:
        if frame.startswith(self._ack):
            start = frame.index("[")
            await self._acknowledged(int(frame[len(self._ack) : start]), frame[start:])
        elif frame == "2":
            await self._ws.send_str("3")
        elif self.on_event is not None:
            self.on_event(frame)

    async def _acknowledged(self, number: int, text: str) -> None:
        if (waiting := self._answers.pop(number, None)) is not None:
            waiting.set_result(orjson.loads(text)[0])
        elif self.on_ack is not None:
            await self.on_ack(number, text)


async def connect(
    http: aiohttp.ClientSession,
    namespace: str,
    *,
    auth: Any = None,
    cookie: str = "",
    offers_deflate: bool = False,
) -> Client:
    """A client that has joined the namespace and reads. Raises `Refused`."""
    ws = await http.ws_connect(
        PATH,
        headers={"Cookie": cookie} if cookie else None,
        compress=DEFLATE_BITS if offers_deflate else 0,
        max_msg_size=0,
    )
    await ws.receive_str()
    where = "" if namespace == "/" else f"{namespace},"
    await ws.send_str(f"40{where}{orjson.dumps(auth).decode() if auth is not None else ''}")
    answer = await ws.receive_str()
    while answer.startswith("42"):  # something for this agent was told before the answer
        answer = await ws.receive_str()
    if not answer.startswith("40"):
        raise Refused(answer)
    client = Client(ws, namespace)
    client.start()
    return client


def browser(url: str) -> aiohttp.ClientSession:
    """As many connections as are asked for."""
    return aiohttp.ClientSession(url, connector=aiohttp.TCPConnector(limit=0, force_close=True))
