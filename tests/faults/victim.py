"""A process that is killed without warning and started again."""

from __future__ import annotations

import asyncio
import contextlib
import os
import random
import signal
import sys
from collections.abc import Mapping
from pathlib import Path

import aiohttp

PROJECT = Path(__file__).resolve().parents[2]
READY_WITHIN_S = 60.0


class Victim:
    """`module.main(*words)` in a child of a nursery. `health`: answers 200 when it can be used."""

    def __init__(self, module: str, *words: str, health: str, env: Mapping[str, str]) -> None:
        self._command = (sys.executable, "-m", "tests.faults.nursery", module, *words)
        self._health = health
        self._env = {**os.environ, **env}
        self._nursery: asyncio.subprocess.Process | None = None
        self._pid = 0
        self.kills = 0

    async def start(self) -> None:
        if self._nursery is None:
            self._nursery = await asyncio.create_subprocess_exec(
                *self._command,
                cwd=PROJECT,
                env=self._env,
                stdin=asyncio.subprocess.PIPE,
                stdout=asyncio.subprocess.PIPE,
            )
        assert self._nursery.stdin is not None
        assert self._nursery.stdout is not None
        async with asyncio.timeout(READY_WITHIN_S):
            self._nursery.stdin.write(b"start\n")
            self._pid = int(await self._nursery.stdout.readline())
            while not await self._is_ready():
                os.kill(self._pid, 0)  # raises when it has ended by itself; its stderr says why
                await asyncio.sleep(0.05)

    async def kill(self) -> None:
        """SIGKILL: no handler runs, nothing is flushed. Afterwards its port and files are free."""
        with contextlib.suppress(ProcessLookupError):
            os.kill(self._pid, signal.SIGKILL)
            while True:  # the nursery's kernel buries it
                os.kill(self._pid, 0)
                await asyncio.sleep(0.005)

    async def close(self) -> None:
        """No process of it is left."""
        if self._nursery is not None:
            await self._nursery.communicate()

    async def die_and_rise(self, seed: int, until: asyncio.Event, alive_s: float) -> None:
        """Killed after a time drawn from `seed`, and up again, until told to stop."""
        drawn = random.Random(seed)
        while not until.is_set():
            await asyncio.sleep(drawn.uniform(0.3, 1.7) * alive_s)
            await self.kill()
            self.kills += 1
            await self.start()

    async def _is_ready(self) -> bool:
        try:
            async with aiohttp.ClientSession() as session, session.get(self._health) as answer:
                return answer.status == 200
        except aiohttp.ClientError:
            return False
