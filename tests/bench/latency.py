"""Open loop: how long an acknowledgement and a push take at rates that a desk really sees."""

from __future__ import annotations

from dataclasses import dataclass
from pathlib import Path

from tests.bench.client import browser
from tests.bench.desks import SeededDesk, fresh_desk
from tests.bench.figures import percentile
from tests.bench.load import Relay
from tests.bench.plan import Plan

PERCENTS = (50.0, 95.0, 99.0)


@dataclass(frozen=True, slots=True)
class Latency:
    """Milliseconds from the appointed time; `busy`: share of a core that the server used."""

    rate: int
    sent: int
    acknowledged: int
    missing: int
    ack_ms: tuple[float, ...]
    push_ms: tuple[float, ...]
    busy: float


async def open_loop(plan: Plan, folder: Path) -> list[Latency]:
    """Each rate in turn on one desk, with a pause in which everything is answered."""
    seeded = SeededDesk(folder, plan.rate_pairs)
    return [await _at_rate(plan, seeded, rate) for rate in plan.rates]


async def _at_rate(plan: Plan, seeded: SeededDesk, rate: int) -> Latency:
    with fresh_desk(seeded) as server:
        async with browser(server.url) as http:
            relay = Relay()
            await relay.join_desk(http, seeded.pairs)
            await relay.send_at(rate, plan.warm_s)
            await relay.drain()
            warm, cpu = len(relay.seen.due), server.cpu_s()
            await relay.send_at(rate, plan.rate_s)
            busy = (server.cpu_s() - cpu) / plan.rate_s
            await relay.drain()
            await relay.close()
    return _latency(relay, rate, warm, busy)


def _latency(relay: Relay, rate: int, warm: int, busy: float) -> Latency:
    seen = relay.seen
    measured = dict(list(seen.due.items())[warm:])
    return Latency(
        rate=rate,
        sent=len(measured),
        acknowledged=sum(sent_id in seen.acknowledged for sent_id in measured),
        missing=seen.missing,
        ack_ms=_percentiles(measured, seen.acknowledged),
        push_ms=_percentiles(measured, seen.pushed),
        busy=busy,
    )


def _percentiles(due: dict[str, float], done: dict[str, float]) -> tuple[float, ...]:
    taken = [(done[sent_id] - at) * 1e3 for sent_id, at in due.items() if sent_id in done]
    return tuple(percentile(taken, percent) for percent in PERCENTS)
