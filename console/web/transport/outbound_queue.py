"""What waits to be sent to one client, bounded by packets and by bytes.

python-engineio asks its server for each socket's queue (`create_queue`, public) and leaves it
unbounded: a client that stops reading then fills the memory. A full queue calls `on_overflow` once
and takes nothing more; the client is cut off and catches up when it is back.
"""

from __future__ import annotations

import asyncio
import contextlib
from collections.abc import Callable
from typing import Any, override

from engineio import packet

JOIN_AT_MOST_S = 2.0


class OutboundQueue(asyncio.Queue[Any]):
    """Holds Engine.IO packets, and None where the library says "no more"."""

    def __init__(
        self, most_packets: int, most_bytes: int, on_overflow: Callable[[OutboundQueue], None]
    ) -> None:
        super().__init__()
        self._most_packets = most_packets
        self._most_bytes = most_bytes
        self._on_overflow = on_overflow
        self.waiting_bytes = 0
        self.has_overflowed = False

    @override
    def put_nowait(self, item: Any) -> None:
        if item is not None and item.packet_type == packet.MESSAGE and self._overflows(item):
            return
        super().put_nowait(item)

    @override
    async def join(self) -> None:
        """The library waits here for a last packet to be read; a dead client never reads it."""
        with contextlib.suppress(TimeoutError):
            await asyncio.wait_for(super().join(), JOIN_AT_MOST_S)

    def _overflows(self, item: Any) -> bool:
        if self.has_overflowed:
            return True
        # One packet always fits: a long answer must reach its client, however long it is.
        self.has_overflowed = not self.empty() and (
            self.qsize() >= self._most_packets
            or self.waiting_bytes + _size(item) > self._most_bytes
        )
        if self.has_overflowed:
            self._on_overflow(self)
        return self.has_overflowed

    @override
    def _put(self, item: Any) -> None:
        self.waiting_bytes += _size(item)
        super()._put(item)

    @override
    def _get(self) -> Any:
        item = super()._get()
        self.waiting_bytes -= _size(item)
        return item


def _size(item: Any) -> int:
    data = getattr(item, "data", None)
    return len(data) if isinstance(data, (str, bytes)) else 0
