"""One message on its way out, encoded once for every receiver."""

from __future__ import annotations

import struct
from typing import Any

from engineio import packet

_TEXT = 0x81  # a whole text frame
_SHORT, _MEDIUM = 126, 1 << 16


class Outgoing:
    """`message`: a Socket.IO packet as bytes."""

    __slots__ = ("_engine_packet", "_frame", "message")

    def __init__(self, message: bytes) -> None:
        self.message = message
        self._frame: bytes | None = None
        self._engine_packet: Any = None

    @property
    def frame(self) -> bytes:
        """For a WebSocket."""
        if self._frame is None:
            self._frame = text_frame(b"4" + self.message)
        return self._frame

    @property
    def engine_packet(self) -> Any:
        """For a queue."""
        if self._engine_packet is None:
            self._engine_packet = packet.Packet(packet.MESSAGE, self.message.decode())
        return self._engine_packet


def text_frame(payload: bytes) -> bytes:
    """A WebSocket text frame from server to client: not masked (RFC 6455, 5.2)."""
    size = len(payload)
    if size < _SHORT:
        return struct.pack("!BB", _TEXT, size) + payload
    if size < _MEDIUM:
        return struct.pack("!BBH", _TEXT, 126, size) + payload
    return struct.pack("!BBQ", _TEXT, 127, size) + payload
