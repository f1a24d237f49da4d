"""Token buckets in memory, one set for each desk: how often somebody may do something."""

from __future__ import annotations

import time
from collections import OrderedDict
from collections.abc import Callable
from dataclasses import dataclass, field

from console.desk.errors import TooOften

MOST_BUCKETS = 50_000  # the longest unused is dropped; a full bucket needs no memory


@dataclass(slots=True)
class Bucket:
    tokens: float
    at: float


@dataclass(slots=True)
class RateLimit:
    """`count` actions within `window_s` seconds for each key, refilled evenly."""

    count: int
    window_s: float
    clock: Callable[[], float] = time.monotonic
    buckets: OrderedDict[str, Bucket] = field(default_factory=OrderedDict)

    def take(self, key: str) -> None:
        """Raises `TooOften` with `retry_after_s`."""
        now = self.clock()
        bucket = self.buckets.pop(key, None) or Bucket(float(self.count), now)
        rate = self.count / self.window_s
        bucket.tokens = min(self.count, bucket.tokens + (now - bucket.at) * rate)
        bucket.at = now
        self.buckets[key] = bucket
        if len(self.buckets) > MOST_BUCKETS:
            self.buckets.popitem(last=False)
        if bucket.tokens < 1:
            raise TooOften(retry_after_s=round((1 - bucket.tokens) / rate, 1))
        bucket.tokens -= 1


@dataclass(frozen=True, slots=True)
class RateLimits:
    """All limits of the desk (contracts, section 7)."""

    visitor_messages: RateLimit
    sign_in_address: RateLimit
    sign_in_account: RateLimit
    sessions: RateLimit
    uploads: RateLimit
    guest_proof: RateLimit
    guest_proof_address: RateLimit
