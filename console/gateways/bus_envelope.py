"""What travels on the bus, sealed: whoever can reach the bus must not be able to speak as a desk.

The seal is an HMAC over channel and content under a key that only desks have. A number and a time
in each envelope keep recorded ones from being played again. Content is not encrypted: `rediss://`.
"""

from __future__ import annotations

import hashlib
import hmac
from collections import OrderedDict

import msgspec

from console.gateways.bus import BusSignal, Hint

SEAL_BYTES = 32
AGE_MS = 60_000  # desks whose clocks differ by more cannot hear each other; they still poll
SENDERS = 1_000  # remembered; a desk that starts again is a new sender


class Envelope(msgspec.Struct, frozen=True):
    """One batch of one desk. `number` grows with each envelope of the same sender."""

    sender: str
    number: int
    sent_ms: int
    hints: list[Hint] = []
    signals: list[BusSignal] = []


_encode = msgspec.json.Encoder().encode
_decode = msgspec.json.Decoder(Envelope).decode


class Seal:
    """Closes and opens envelopes. `name` tells the channels of two installations apart."""

    def __init__(self, secret: str) -> None:
        self._key = _derived(secret.encode(), b"baton bus: key of the seal")
        self.name = _derived(secret.encode(), b"baton bus: name of the channels").hex()[:12]

    def close(self, channel: str, envelope: Envelope) -> bytes:
        content = _encode(envelope)
        return self._mac(channel, content) + content

    def open(self, channel: str, raw: bytes) -> Envelope | None:
        """None for what no desk of this installation has written."""
        seal, content = raw[:SEAL_BYTES], raw[SEAL_BYTES:]
        if not hmac.compare_digest(seal, self._mac(channel, content)):
            return None
        try:
            return _decode(content)
        except msgspec.MsgspecError:  # a desk of another version
            return None

    def _mac(self, channel: str, content: bytes) -> bytes:
        return hmac.digest(self._key, channel.encode() + b"\0" + content, hashlib.sha256)


class Freshness:
    """Which envelopes have been heard."""

    def __init__(self) -> None:
        self._last_number_of: OrderedDict[str, int] = OrderedDict()

    def accepts(self, envelope: Envelope, now_ms: int) -> bool:
        """True once for each envelope, while it is young."""
        if abs(now_ms - envelope.sent_ms) > AGE_MS:
            return False
        if envelope.number <= self._last_number_of.get(envelope.sender, -1):
            return False
        self._last_number_of[envelope.sender] = envelope.number
        self._last_number_of.move_to_end(envelope.sender)
        if len(self._last_number_of) > SENDERS:
            self._last_number_of.popitem(last=False)
        return True


def _derived(secret: bytes, purpose: bytes) -> bytes:
    return hmac.digest(secret, purpose, hashlib.sha256)
