"""Finishes what a crash left half-way with the shop: claims, cancellations, pickups."""

from __future__ import annotations

import asyncio
import contextlib

import structlog

from console.desk.errors import ShopDown
from console.services.after_sale import finish_pending_returns
from console.services.order import finish_pending_cancellations
from console.services.parts import Desk
from console.services.price_protection import finish_pending_claims

log = structlog.get_logger()

LOOK_EVERY_S = 30.0


class PendingWork:
    """Owns the loop; each repeat carries the key of the first try, so nothing is done twice."""

    def __init__(self, desk: Desk) -> None:
        self._desk = desk
        self._task: asyncio.Task[None] | None = None

    def start(self) -> None:
        self._task = asyncio.create_task(self._run(), name="pending work")

    async def stop(self) -> None:
        if self._task is not None:
            self._task.cancel()
            with contextlib.suppress(asyncio.CancelledError):
                await self._task

    async def _run(self) -> None:
        while True:
            for finish in (
                finish_pending_claims,
                finish_pending_cancellations,
                finish_pending_returns,
            ):
                try:
                    await finish(self._desk)
                except ShopDown:
                    log.warning("the shop does not answer; tried again later")
                except Exception:  # this loop must live; the rows stay pending
                    log.exception("pending work failed")
            await asyncio.sleep(LOOK_EVERY_S)
