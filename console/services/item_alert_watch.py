"""Looks at the shop for everybody who waits for goods or a price."""

from __future__ import annotations

from typing import override

import structlog

from console.desk.errors import ShopDown
from console.services.background import Regular
from console.services.item_alert import tell_item_alerts
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
        try:
            await tell_item_alerts(self._desk)
        except ShopDown:
            log.warning("the shop does not answer; alerts are looked at later")
