"""A TCP proxy that behaves badly on request: between a client and a desk, on loopback.

Kernel tools for bad networks are missing on many machines; this needs nothing. Every fault is asked
for by name, or drawn from a seed by `storm`, so that a failure can be played again.
"""

from __future__ import annotations

import asyncio
import contextlib
import random
import socket
import struct
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from dataclasses import dataclass, field

CHUNK = 65_536
RESET = struct.pack("ii", 1, 0)  # SO_LINGER: close with RST


@dataclass(eq=False)
class Link:
    """One client's connection and ours to the desk."""

    client: asyncio.StreamWriter
    desk: asyncio.StreamWriter
    tasks: list[asyncio.Task[None]] = field(default_factory=list)

    def end(self, *, reset: bool) -> None:
        for writer in (self.client, self.desk):
            if reset:
                raw: socket.socket = writer.get_extra_info("socket")
                with contextlib.suppress(OSError):
                    raw.setsockopt(socket.SOL_SOCKET, socket.SO_LINGER, RESET)
                writer.transport.abort()
            else:
                writer.close()


class ChaosProxy:
    """Faults hold for every connection, also for those still to come, until `heal`."""

    def __init__(self, target_port: int) -> None:
        self.target_port = target_port
        self.port = 0
        self.delay_s = 0.0
        self.trickle_bytes = 0  # at most so many at once, 0: as they come
        self.accepted = 0
        self._flows = asyncio.Event()
        self._flows.set()
        self._links: set[Link] = set()
        self._server: asyncio.Server | None = None

    async def open(self) -> None:
        self._server = await asyncio.start_server(self._accept, "127.0.0.1", 0)
        self.port = self._server.sockets[0].getsockname()[1]

    async def close(self) -> None:
        if self._server is not None:
            self._server.close()
        tasks = [task for link in self._links for task in link.tasks]
        self.reset()
        for task in tasks:
            task.cancel()
        await asyncio.gather(*tasks, return_exceptions=True)

    def cut(self) -> None:
        """Both ends see an orderly end."""
        self._end_all(reset=False)

    def reset(self) -> None:
        """Both ends see a reset; what was under way is gone."""
        self._end_all(reset=True)

    def freeze(self) -> None:
        """Half-open: connections stay, nothing passes, nobody is told."""
        self._flows.clear()

    def heal(self) -> None:
        self.delay_s, self.trickle_bytes = 0.0, 0
        self._flows.set()

    async def storm(self, seed: int, until: asyncio.Event, calm_s: float = 1.0) -> list[str]:
        """One fault after the other, drawn from `seed`; heals and returns their names."""
        drawn, names = random.Random(seed), []
        while not until.is_set():
            await asyncio.sleep(drawn.uniform(0.5, 1.5) * calm_s)
            names.append(await self._fault(drawn))
        self.heal()
        return names

    async def _fault(self, drawn: random.Random) -> str:
        name = drawn.choice(["cut", "reset", "freeze", "delay", "trickle"])
        match name:
            case "cut":
                self.cut()
            case "reset":
                self.reset()
            case "freeze":
                self.freeze()
                await asyncio.sleep(drawn.uniform(0.2, 0.8))
                self.reset()
            case "delay":
                self.delay_s = drawn.uniform(0.05, 0.2)
                await asyncio.sleep(0.5)
            case "trickle":
                self.trickle_bytes = drawn.randint(1, 40)
                await asyncio.sleep(0.5)
        self.heal()
        return name

    def _end_all(self, *, reset: bool) -> None:
        for link in list(self._links):
            link.end(reset=reset)

    async def _accept(self, reader: asyncio.StreamReader, client: asyncio.StreamWriter) -> None:
        self.accepted += 1
        try:
            answers, desk = await asyncio.open_connection("127.0.0.1", self.target_port)
        except OSError:
            client.transport.abort()
            return
        link = Link(client, desk)
        self._links.add(link)
        link.tasks = [
            asyncio.create_task(self._pump(reader, desk)),
            asyncio.create_task(self._pump(answers, client)),
        ]
        await asyncio.wait(link.tasks, return_when=asyncio.FIRST_COMPLETED)
        link.end(reset=False)
        await asyncio.gather(*link.tasks, return_exceptions=True)
        self._links.discard(link)

    async def _pump(self, source: asyncio.StreamReader, sink: asyncio.StreamWriter) -> None:
        with contextlib.suppress(OSError):
            while data := await source.read(CHUNK):
                await self._pass(data, sink)

    async def _pass(self, data: bytes, sink: asyncio.StreamWriter) -> None:
        step = self.trickle_bytes or len(data)
        for start in range(0, len(data), step):
            await self._flows.wait()
            if self.delay_s:
                await asyncio.sleep(self.delay_s)
            sink.write(data[start : start + step])
            await sink.drain()
            if self.trickle_bytes:
                await asyncio.sleep(0.001)


@asynccontextmanager
async def chaos_proxy(target_port: int) -> AsyncIterator[ChaosProxy]:
    proxy = ChaosProxy(target_port)
    await proxy.open()
    try:
        yield proxy
    finally:
        await proxy.close()
