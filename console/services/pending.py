"""Finishes what a crash left half-way with the shop: claims, cancellations, errands, refusals."""

from __future__ import annotations

from typing import override

import structlog

from console.desk.errors import ShopDown
from console.services.after_sale_pickup import finish_pending_pickups
from console.services.background import Regular
from console.services.consent import finish_pending_refusals
from console.services.errand import finish_pending_requests
from console.services.order import finish_pending_cancellations
from console.services.parts import Desk
from console.services.price_protection import finish_pending_claims

log = structlog.get_logger()


class PendingWork(Regular):
    """Each repeat carries the key of the first try, so nothing is done twice."""

    every_s = 30.0

    def __init__(self, desk: Desk) -> None:
        super().__init__()
        self._desk = desk

    @override
    async def look(self) -> None:
        for finish in (
            finish_pending_claims,
            finish_pending_cancellations,
            finish_pending_pickups,
            finish_pending_requests,
            finish_pending_refusals,
        ):
            try:
                await finish(self._desk)
            except ShopDown:
                log.warning("the shop does not answer; tried again later")
            except Exception:  # the rows stay pending, and the other kinds still get their turn
                log.exception("pending work failed")
