"""What desks tell each other: hints about stored events, and signals that are not worth storing.

Nothing on the bus is the truth. Whoever misses a hint finds the events in the database
(console/web/follower.py); whoever misses a signal misses a "typing". `LocalBus` is for one desk,
valkey_bus.py for several.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any, Protocol


@dataclass(frozen=True, slots=True)
class Hint:
    """Another desk has stored `first`…`last` of a conversation; `types`: which kinds of event."""

    conversation_id: str
    first: int
    last: int
    types: tuple[str, ...] = ()


BusSignal = dict[str, Any]  # written and read by console/services/relay.py


class BusListener(Protocol):
    """Who is told what other desks said; called in the event loop, must not wait."""

    def hinted(self, hints: Sequence[Hint]) -> None: ...

    def signalled(self, signal: BusSignal) -> None: ...


class Bus(Protocol):
    """`publish_…` never waits and never fails: while the bus is down local work goes on."""

    @property
    def is_shared(self) -> bool:
        """True when there may be other desks."""
        ...

    @property
    def is_up(self) -> bool:
        """True while this desk hears what it says itself."""
        ...

    def subscribe(self, listener: BusListener) -> None: ...

    def publish_hints(self, hints: Sequence[Hint]) -> None: ...

    def publish_signal(self, signal: BusSignal) -> None: ...

    async def open(self) -> None: ...

    async def close(self) -> None: ...


class LocalBus:
    """One desk: there is nobody to tell."""

    is_shared = False
    is_up = True

    def subscribe(self, listener: BusListener) -> None: ...

    def publish_hints(self, hints: Sequence[Hint]) -> None: ...

    def publish_signal(self, signal: BusSignal) -> None: ...

    async def open(self) -> None: ...

    async def close(self) -> None: ...
