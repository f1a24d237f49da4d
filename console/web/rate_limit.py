"""How often somebody may do something: counted in memory, for each desk on its own."""

from __future__ import annotations

import math
import time
from collections import OrderedDict, deque
from collections.abc import Callable
from dataclasses import dataclass, field

from console.desk.errors import TooOften

MOST_KEYS = 50_000  # the longest unused is dropped


@dataclass(slots=True)
class RateLimit:
    """At most `count` actions of one key within any `window_s` seconds. Refused ones are free."""

    count: int
    window_s: float
    clock: Callable[[], float] = time.monotonic
    taken: OrderedDict[str, deque[float]] = field(default_factory=OrderedDict)

    def take(self, key: str) -> None:
        """Raises `TooOften` with `retry_after_s`."""
        now = self.clock()
        times = self.taken.setdefault(key, deque())
        self.taken.move_to_end(key)
        if len(self.taken) > MOST_KEYS:
            self.taken.popitem(last=False)
        while times and times[0] <= now - self.window_s:
            times.popleft()
        if len(times) >= self.count:
            waits = times[0] + self.window_s - now
            raise TooOften(retry_after_s=math.ceil(waits * 10) / 10)
        times.append(now)


@dataclass(frozen=True, slots=True)
class RateLimits:
    """Limits that a restart may forget (contracts, section 7)."""

    visitor_messages: RateLimit
    visitor_commands: RateLimit
    agent_actions: RateLimit
    agent_commands: RateLimit
    sign_in_address: RateLimit
    sign_in_account: RateLimit
    sessions: RateLimit
    demo_customers: RateLimit  # as many as sessions: each opens one
    reveals: RateLimit  # of one agent: a session in wrong hands reads no whole customer base
    uploads: RateLimit
    uploads_address: RateLimit
