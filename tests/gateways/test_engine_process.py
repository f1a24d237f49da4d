"""The engine is a child that is restarted when it falls, and never outlives the desk."""

from __future__ import annotations

import asyncio
import os
import signal
import subprocess
import sys
import time
from collections.abc import Callable
from pathlib import Path

import pytest

from console.gateways.engine_process import EngineProcess, Patience

QUICK = Patience(
    between_probes_s=0.02,
    to_start_s=5.0,
    without_answer_s=0.3,
    to_end_s=0.5,
    first_back_off_s=0.02,
    longest_back_off_s=0.1,
)
ENVIRONMENT = {"PATH": os.environ["PATH"]}
SLEEPER = "import time; time.sleep(60)"
STUBBORN = "import signal, time; signal.signal(signal.SIGTERM, signal.SIG_IGN); time.sleep(60)"


async def _yes() -> bool:
    return True


async def _no() -> bool:
    return False


async def _until(condition: Callable[[], bool]) -> None:
    async with asyncio.timeout(10):
        while not condition():
            await asyncio.sleep(0.01)


def _lives(pid: int) -> bool:
    try:
        return Path(f"/proc/{pid}/stat").read_text().rsplit(")", 1)[1].split()[0] != "Z"
    except FileNotFoundError:
        return False


def _engine(script: str, probe: Callable[[], object] = _yes) -> EngineProcess:
    return EngineProcess([sys.executable, "-c", script], ENVIRONMENT, probe, QUICK)  # type: ignore[arg-type]


async def test_is_ready_when_it_answers_and_down_after_the_stop() -> None:
    engine = _engine(SLEEPER)
    engine.start()
    await _until(lambda: engine.state == "ready")
    pid = engine.pid
    assert pid is not None

    await engine.stop()

    assert engine.state == "down"
    assert not _lives(pid)


async def test_is_started_again_after_a_kill() -> None:
    engine = _engine(SLEEPER)
    engine.start()
    await _until(lambda: engine.state == "ready")
    first = engine.pid
    assert first is not None

    os.kill(first, signal.SIGKILL)
    await _until(lambda: engine.pid != first and engine.state == "ready")

    assert engine.pid is not None
    assert _lives(engine.pid)
    await engine.stop()


async def test_one_that_stops_answering_is_replaced() -> None:
    answers = True

    async def probe() -> bool:
        return answers

    engine = _engine(SLEEPER, probe)
    engine.start()
    await _until(lambda: engine.state == "ready")
    first = engine.pid

    answers = False
    await _until(lambda: engine.pid != first)

    await engine.stop()


async def test_one_that_ignores_the_request_to_end_is_killed() -> None:
    engine = _engine(STUBBORN)
    engine.start()
    await _until(lambda: engine.state == "ready")
    await asyncio.sleep(0.2)  # until the script ignores the signal
    pid = engine.pid
    assert pid is not None

    await asyncio.wait_for(engine.stop(), 5)

    assert not _lives(pid)


async def test_waits_longer_after_each_crash() -> None:
    engine = _engine("raise SystemExit(1)", _no)
    pids: set[int | None] = set()
    engine.start()

    started = time.monotonic()
    while time.monotonic() - started < 1.0:
        pids.add(engine.pid)
        await asyncio.sleep(0.01)
    await engine.stop()

    assert 3 <= len(pids - {None}) <= 15


@pytest.mark.skipif(sys.platform != "linux", reason="the kernel's help is Linux only")
async def test_dies_with_a_desk_that_is_killed(tmp_path: Path) -> None:
    script = tmp_path / "desk.py"
    script.write_text(
        "import asyncio, os, sys\n"
        "from console.gateways.engine_process import EngineProcess\n"
        "async def yes(): return True\n"
        "async def main():\n"
        f"    engine = EngineProcess([sys.executable, '-c', {SLEEPER!r}], dict(os.environ), yes)\n"
        "    engine.start()\n"
        "    while engine.pid is None: await asyncio.sleep(0.01)\n"
        "    print(engine.pid, flush=True)\n"
        "    await asyncio.sleep(60)\n"
        "asyncio.run(main())\n"
    )
    project = Path(__file__).resolve().parents[2]
    desk = subprocess.Popen(
        [sys.executable, str(script)],
        env=ENVIRONMENT | {"PYTHONPATH": str(project)},
        stdout=subprocess.PIPE,
        stderr=subprocess.DEVNULL,
        text=True,
    )
    assert desk.stdout is not None
    pid = int(next(line for line in desk.stdout if line.strip().isdigit()))
    assert _lives(pid)

    desk.kill()
    desk.wait()
    desk.stdout.close()

    await _until(lambda: not _lives(pid))
