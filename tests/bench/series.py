"""One run: every part in turn, in a folder that is thrown away, with a word to whoever waits."""

from __future__ import annotations

import gc
import sys
import tempfile
import time
from dataclasses import dataclass
from pathlib import Path

from tests.bench.bots import BotFigures, bot_figures
from tests.bench.crash import Crash, crash
from tests.bench.engines import NoEngine
from tests.bench.latency import Latency, open_loop
from tests.bench.machine import allow_many_files, description, fsync_ms
from tests.bench.memory import Memory, memory
from tests.bench.messages import Round, contenders, one_round
from tests.bench.plan import Plan
from tests.bench.processes import PROJECT, stay_on_generators_core

KEEP = PROJECT / "var" / "bench"  # models and the stock environment, which take long to make
PARTS = ("messages", "memory", "latency", "crash", "bot")


@dataclass(slots=True)
class Results:
    """None for a part that was left out; `why_no_bot` says why that one is missing."""

    machine: dict[str, object]
    rounds: list[Round] | None = None
    memory: Memory | None = None
    latency: list[Latency] | None = None
    crash: Crash | None = None
    bot: BotFigures | None = None
    why_no_bot: str = "left out"
    seconds: float = 0.0


async def run(plan: Plan, parts: tuple[str, ...] = PARTS) -> Results:
    """Everything in `parts`. The generator's own garbage collection is put off."""
    allow_many_files()
    stay_on_generators_core()
    gc.freeze()
    gc.disable()
    KEEP.mkdir(parents=True, exist_ok=True)
    results = Results(machine={**description(), "fsync_ms": round(fsync_ms(KEEP), 2)})
    started = time.monotonic()
    try:
        with tempfile.TemporaryDirectory(dir=KEEP, prefix="run-") as folder:
            await _measure(results, plan, parts, Path(folder))
    finally:
        gc.enable()
    results.seconds = time.monotonic() - started
    return results


async def _measure(results: Results, plan: Plan, parts: tuple[str, ...], folder: Path) -> None:
    if "messages" in parts:
        results.rounds = await _rounds(plan, _part(folder, "messages"))
    if "memory" in parts:
        results.memory = await memory(plan, _part(folder, "memory"))
    if "latency" in parts:
        results.latency = await open_loop(plan, _part(folder, "latency"))
    if "crash" in parts:
        results.crash = await crash(plan, _part(folder, "crash"))
    if "bot" in parts:
        try:
            results.bot = await bot_figures(plan, _part(folder, "bot"), KEEP)
        except NoEngine as reason:
            results.why_no_bot = str(reason)


async def _rounds(plan: Plan, folder: Path) -> list[Round]:
    compared = [one for one in contenders(plan, folder) if one.name not in plan.skipped]
    rounds = []
    for number in range(plan.rounds):
        _say(f"round {number + 1} of {plan.rounds}")
        rounds.append(await one_round(compared, plan))
    return rounds


def _part(folder: Path, name: str) -> Path:
    _say(name)
    place = folder / name
    place.mkdir()
    return place


def _say(what: str) -> None:
    print(f"bench: {what}", file=sys.stderr, flush=True)
