"""The parts a use case works with, put together once in `console/app.py`."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import UTC, datetime
from typing import Protocol

from console.gateways.engine import BotEngine
from console.gateways.shop import Shop
from console.services.hub import Hub
from console.settings import Settings
from console.storage.database import Database


class Clock(Protocol):
    """Where the time comes from; tests turn it by hand."""

    def now(self) -> datetime: ...


class SystemClock:
    def now(self) -> datetime:
        return datetime.now(UTC)


@dataclass(frozen=True, slots=True)
class Desk:
    """First argument of every use case."""

    database: Database
    shop: Shop
    engine: BotEngine
    hub: Hub
    clock: Clock
    settings: Settings
