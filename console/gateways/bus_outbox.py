"""What waits to be said on the bus: bounded, and the oldest goes first when there is no room.

Losing something here is allowed. A hint that is lost costs its reader a few seconds until the
next poll; a signal that comes late is worse than none, so it is not kept long.
"""

from __future__ import annotations

from collections import deque
from collections.abc import Callable, Sequence

from console.gateways.bus import BusSignal, Hint

ROOM = 10_000
SIGNAL_KEEPS_S = 5.0


class Outbox:
    """`dropped`: how much has been thrown away for want of room. `clock`: seconds."""

    def __init__(self, clock: Callable[[], float], room: int = ROOM) -> None:
        self._clock = clock
        self._room = room
        self._waiting: deque[tuple[float, Hint | BusSignal]] = deque()
        self.dropped = 0

    def __len__(self) -> int:
        return len(self._waiting)

    def put(self, item: Hint | BusSignal) -> None:
        self._waiting.append((self._clock(), item))
        self._make_room()

    def put_back(self, hints: Sequence[Hint]) -> None:
        """Hints of a batch that was not delivered, perhaps; saying them twice does no harm."""
        now = self._clock()
        self._waiting.extendleft((now, hint) for hint in reversed(hints))
        self._make_room()

    def take(self, most: int) -> tuple[list[Hint], list[BusSignal]]:
        """The oldest, at most `most`; both lists empty when nothing is left."""
        hints: list[Hint] = []
        signals: list[BusSignal] = []
        oldest = self._clock() - SIGNAL_KEEPS_S
        while self._waiting and len(hints) + len(signals) < most:
            since, item = self._waiting.popleft()
            if isinstance(item, Hint):
                hints.append(item)
            elif since >= oldest:
                signals.append(item)
        return hints, signals

    def _make_room(self) -> None:
        while len(self._waiting) > self._room:
            self._waiting.popleft()
            self.dropped += 1
