"""Keeps one engine running as a child: starts it, asks for its health, restarts it, ends it.

Only the process is its business; turns go through the engine gateway, which may as well speak to an
engine that runs elsewhere. The engine keeps nothing, so it may be killed at any moment.
"""

from __future__ import annotations

import asyncio
import contextlib
import os
import signal
import sys
from collections.abc import AsyncIterator, Awaitable, Callable, Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path

import structlog
from aiohttp import ClientError, ClientSession, ClientTimeout

from console.gateways.engine import EngineState

log = structlog.get_logger(__name__)

_LAUNCHER = Path(__file__).with_name("die_with_parent.py")

Probe = Callable[[], Awaitable[bool]]


@dataclass(frozen=True)
class Patience:
    """How long the supervisor waits for what, in seconds."""

    between_probes_s: float = 1.0
    to_start_s: float = 120.0
    without_answer_s: float = 20.0
    to_end_s: float = 6.0
    first_back_off_s: float = 0.5
    longest_back_off_s: float = 30.0
    counts_as_stable_s: float = 60.0


class EngineProcess:
    """One supervised engine. `state` is for `doctor` and logs."""

    def __init__(
        self,
        command: Sequence[str],
        environment: Mapping[str, str],
        probe: Probe,
        patience: Patience | None = None,
    ) -> None:
        self.state: EngineState = "down"
        self._command = command
        self._environment = environment
        self._probe = probe
        self._patience = patience or Patience()
        self._process: asyncio.subprocess.Process | None = None
        self._task: asyncio.Task[None] | None = None

    @property
    def pid(self) -> int | None:
        return self._process.pid if self._process else None

    def start(self) -> None:
        """The engine is being started; it is kept running until `stop`."""
        self._task = asyncio.create_task(self._keep_running(), name="engine-process")

    async def stop(self) -> None:
        """The engine has ended: asked first, killed after `to_end_s`."""
        if self._task is not None:
            self._task.cancel()
            with contextlib.suppress(asyncio.CancelledError):
                await self._task
        await self._end()

    async def restart(self) -> None:
        """A fresh process is being started, with whatever model is newest."""
        await self._end()  # the supervisor sees the exit and starts the next one
        if self._task is None:
            self.start()

    async def _keep_running(self) -> None:
        back_off_s = self._patience.first_back_off_s
        loop = asyncio.get_running_loop()
        while True:
            started = loop.time()
            try:
                await self._run_once()
            except OSError:  # no memory or no file handles left: later there may be some
                log.exception("engine cannot be started")
            if loop.time() - started >= self._patience.counts_as_stable_s:
                back_off_s = self._patience.first_back_off_s
            await asyncio.sleep(back_off_s)
            back_off_s = min(back_off_s * 2, self._patience.longest_back_off_s)

    async def _run_once(self) -> None:
        process = await self._spawn()
        self._process = process
        watcher = asyncio.create_task(self._watch(process))
        try:
            status = await process.wait()
            log.warning("engine ended", status=status)
        finally:
            watcher.cancel()
            self._change("down")

    async def _spawn(self) -> asyncio.subprocess.Process:
        self._change("starting")
        return await asyncio.create_subprocess_exec(
            sys.executable,
            "-I",
            "-S",
            str(_LAUNCHER),
            str(os.getpid()),
            *self._command,
            env=dict(self._environment),
            stdin=asyncio.subprocess.DEVNULL,
            stdout=sys.stderr,
            start_new_session=True,  # Ctrl-C reaches the desk, which ends the engine in order
        )

    async def _watch(self, process: asyncio.subprocess.Process) -> None:
        """Kills a process that never becomes ready, or stops answering."""
        loop = asyncio.get_running_loop()
        patient_until = loop.time() + self._patience.to_start_s
        while loop.time() < patient_until:
            if await self._probe():
                self._change("ready")
                patient_until = loop.time() + self._patience.without_answer_s
            await asyncio.sleep(self._patience.between_probes_s)
        log.error("engine does not answer and is restarted", pid=process.pid)
        _signal(process, signal.SIGKILL)

    async def _end(self) -> None:
        process = self._process
        if process is None or process.returncode is not None:
            return
        _signal(process, signal.SIGTERM)
        try:
            await asyncio.wait_for(process.wait(), self._patience.to_end_s)
        except TimeoutError:
            _signal(process, signal.SIGKILL)
            await process.wait()

    def _change(self, state: EngineState) -> None:
        if state != self.state:
            self.state = state
            log.info("engine", state=state)


def _signal(process: asyncio.subprocess.Process, number: signal.Signals) -> None:
    with contextlib.suppress(ProcessLookupError):
        process.send_signal(number)


@contextlib.asynccontextmanager
async def health_probe(engine_url: str, token: str) -> AsyncIterator[Probe]:
    """A question "do you answer with a loaded model?" that never raises."""
    timeout = ClientTimeout(total=3)
    headers = {"Authorization": f"Bearer {token}"}
    async with ClientSession(timeout=timeout, headers=headers) as session:

        async def is_ready() -> bool:
            try:
                async with session.get(f"{engine_url}/webhooks/desk/health") as response:
                    return response.status == 200 and bool((await response.json())["ready"])
            except (ClientError, TimeoutError, ValueError, KeyError):
                return False

        yield is_ready
