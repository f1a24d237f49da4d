"""Looks at the shop for everybody who waits for goods, a price or a parcel."""

from __future__ import annotations

from typing import override

import structlog

from console.desk.errors import ShopDown
from console.services.background import Regular
from console.services.item_alert import tell_item_alerts
from console.services.order_watch import tell_order_watches
from console.services.parts import Desk

log = structlog.get_logger()


class AlertWatch(Regular):
    """An alert is told by one desk only: whoever ends its row."""

    every_s = 30.0

    def __init__(self, desk: Desk) -> None:
        super().__init__()
        self._desk = desk

    @override
    async def look(self) -> None:
        for tell in (tell_item_alerts, tell_order_watches):
            try:
                await tell(self._desk)
            except ShopDown:
                log.warning("the shop does not answer; alerts are looked at later")
