"""The life of the desk's loops: started and stopped with the desk, and never ended by a fault.

These are the loops that must live: a fault is logged with its context, and the next look comes.
"""

from __future__ import annotations

import asyncio
import contextlib
from abc import ABC, abstractmethod

import structlog

log = structlog.get_logger()


async def ended(task: asyncio.Task[None] | None) -> None:
    """The task is cancelled and has ended; nothing happens without one."""
    if task is None:
        return
    task.cancel()
    with contextlib.suppress(asyncio.CancelledError):
        await task


class Regular(ABC):
    """Something that is looked at every `every_s` seconds."""

    every_s: float = 1.0

    def __init__(self) -> None:
        self._looking: asyncio.Task[None] | None = None

    @abstractmethod
    async def look(self) -> None:
        """One look; what it raises is logged."""

    def start(self) -> None:
        self._looking = asyncio.create_task(self._keep_looking(), name=type(self).__name__)

    async def stop(self) -> None:
        await ended(self._looking)

    async def _keep_looking(self) -> None:
        while True:
            try:
                await self.look()
            except Exception:
                log.exception("a look failed", loop=type(self).__name__)
            await asyncio.sleep(self.every_s)
