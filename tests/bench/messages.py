"""Rows about messages: what one costs on the desk, beside stock echo, naive relay and no store."""

from __future__ import annotations

import asyncio
import time
from collections.abc import Awaitable, Callable, Iterator
from contextlib import AbstractContextManager, contextmanager
from dataclasses import dataclass
from pathlib import Path

import aiohttp

from tests.bench.client import browser
from tests.bench.desks import SeededDesk, fresh_desk
from tests.bench.load import Relay
from tests.bench.machine import spin_ms
from tests.bench.plan import Plan
from tests.bench.processes import Server, serving

Join = Callable[[Relay, aiohttp.ClientSession], Awaitable[None]]


@dataclass(frozen=True, slots=True)
class Contender:
    """Something that takes messages. `pushes`: whether an agent hears of each."""

    name: str
    start: Callable[[], AbstractContextManager[Server]]
    join: Join
    connections: int
    pushes: bool = True


@dataclass(frozen=True, slots=True)
class Load:
    """One contender in one round. `acknowledged` … `missing` are for the whole of its load."""

    cpu_us: float
    per_s: float
    acknowledged: int
    pushed: int
    missing: int
    refused: int


@dataclass(frozen=True, slots=True)
class Round:
    spin_ms: float
    loads: dict[str, Load]


def contenders(plan: Plan, folder: Path) -> list[Contender]:
    """All that is compared, the desk with many and few connections among it."""
    seeded = SeededDesk(folder, max(plan.pairs, plan.many_pairs))
    return [
        Contender("echo", _echo, _join_echo(2 * plan.pairs), 2 * plan.pairs, pushes=False),
        _desk("desk", seeded, plan.pairs),
        _desk("desk, nothing stored", seeded, plan.pairs, "--without-store"),
        _naive(plan, folder),
        _desk("desk, few", seeded, plan.few_pairs),
        _desk("desk, many", seeded, plan.many_pairs),
        _desk("desk, bot listens", seeded, plan.pairs, "--bot", "scripted"),
    ]


def _desk(name: str, seeded: SeededDesk, pairs: int, *words: str) -> Contender:
    async def join(relay: Relay, http: aiohttp.ClientSession) -> None:
        await relay.join_desk(http, seeded.pairs[:pairs])

    return Contender(name, lambda: fresh_desk(seeded, *words), join, 2 * pairs)


def _naive(plan: Plan, folder: Path) -> Contender:
    async def join(relay: Relay, http: aiohttp.ClientSession) -> None:
        await relay.join_naive(http, plan.pairs)

    @contextmanager
    def start() -> Iterator[Server]:
        file = folder / "naive.sqlite3"
        with serving("relay", file) as server:
            yield server
        for left in folder.glob("naive.sqlite3*"):
            left.unlink()

    return Contender("naive relay", start, join, 2 * plan.pairs)


def _echo() -> AbstractContextManager[Server]:
    return serving("echo")


def _join_echo(count: int) -> Join:
    async def join(relay: Relay, http: aiohttp.ClientSession) -> None:
        await relay.join_echo(http, count)

    return join


async def one_round(compared: list[Contender], plan: Plan) -> Round:
    """Every contender once, one after the other: only these figures may be divided."""
    spin = spin_ms()
    loads = {contender.name: await measure(contender, plan) for contender in compared}
    return Round(spin, loads)


async def measure(contender: Contender, plan: Plan) -> Load:
    """Starts it, connects everybody, waits until it is warm, and measures."""
    with contender.start() as server:
        async with browser(server.url) as http:
            relay = Relay()
            await contender.join(relay, http)
            cpu_us, per_s = await _under_load(relay, server, plan)
            seen = relay.seen
            await relay.close()
    return Load(
        cpu_us=cpu_us,
        per_s=per_s,
        acknowledged=len(seen.acknowledged),
        pushed=len(seen.pushed),
        missing=seen.missing if contender.pushes else 0,
        refused=len(seen.refusals),
    )


async def _under_load(relay: Relay, server: Server, plan: Plan) -> tuple[float, float]:
    await relay.begin()
    await asyncio.sleep(plan.warm_s)
    done, cpu, wall = len(relay.seen.acknowledged), server.cpu_s(), time.perf_counter()
    await asyncio.sleep(plan.measure_s)
    done = len(relay.seen.acknowledged) - done
    cpu, wall = server.cpu_s() - cpu, time.perf_counter() - wall
    await relay.end()
    return cpu / max(1, done) * 1e6, done / wall
