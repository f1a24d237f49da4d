"""What a browser's connection costs in memory when it offers compression, as all browsers do."""

from __future__ import annotations

import asyncio
from collections.abc import Awaitable, Callable
from contextlib import AbstractContextManager
from dataclasses import dataclass
from pathlib import Path

import aiohttp

from tests.bench.client import browser
from tests.bench.desks import SeededDesk, fresh_desk
from tests.bench.load import Relay
from tests.bench.machine import uss_kb
from tests.bench.plan import Plan
from tests.bench.processes import Server, serving

SETTLES_S = 1.0
WARM_PAIRS = 5  # code and caches that only the first connections load

Join = Callable[[Relay, aiohttp.ClientSession, int, int], Awaitable[None]]


@dataclass(frozen=True, slots=True)
class Memory:
    connections: int
    desk_kb: float
    stock_kb: float


async def memory(plan: Plan, folder: Path) -> Memory:
    """kB for each connection: half of the desk's are widgets, half are consoles."""
    seeded = SeededDesk(folder, plan.idle_pairs + WARM_PAIRS)

    async def join_desk(relay: Relay, http: aiohttp.ClientSession, first: int, last: int) -> None:
        await relay.join_desk(http, seeded.pairs[first:last], deflate=True)

    async def join_stock(relay: Relay, http: aiohttp.ClientSession, first: int, last: int) -> None:
        await relay.join_echo(http, 2 * (last - first), deflate=True)

    return Memory(
        connections=2 * plan.idle_pairs,
        desk_kb=await _each_kb(fresh_desk(seeded), join_desk, plan.idle_pairs),
        stock_kb=await _each_kb(serving("echo"), join_stock, plan.idle_pairs),
    )


async def _each_kb(start: AbstractContextManager[Server], join: Join, pairs: int) -> float:
    """After each connection has sent and received, since buffers are made on first use."""
    with start as server:
        async with browser(server.url) as http:
            relay = Relay()
            await join(relay, http, 0, WARM_PAIRS)
            await _talk(relay)
            before = uss_kb(server.pid)
            await join(relay, http, WARM_PAIRS, WARM_PAIRS + pairs)
            await _talk(relay)
            grown = uss_kb(server.pid) - before
            await relay.close()
    return grown / (2 * pairs)


async def _talk(relay: Relay) -> None:
    for sender in relay.senders:
        await sender.send()
    await relay.drain()
    await asyncio.sleep(SETTLES_S)
