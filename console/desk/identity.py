"""Ids: sortable by time, unguessable in their second half, one kind per noun."""

from __future__ import annotations

import os
import time
from typing import NewType

ConversationId = NewType("ConversationId", str)
CustomerId = NewType("CustomerId", str)
AgentId = NewType("AgentId", str)
CaseId = NewType("CaseId", str)
TurnId = NewType("TurnId", str)

_ALPHABET = "0123456789abcdefghjkmnpqrstvwxyz"  # Crockford: nothing to confuse when read aloud


def new_id(prefix: str) -> str:
    """`prefix_` and 24 characters: 10 of milliseconds, 14 (70 bits) of randomness."""
    stamp = _encode(int(time.time() * 1000), 10)
    return f"{prefix}_{stamp}{_encode(int.from_bytes(os.urandom(9), 'big') >> 2, 14)}"


def _encode(number: int, width: int) -> str:
    digits = []
    for _ in range(width):
        number, rest = divmod(number, 32)
        digits.append(_ALPHABET[rest])
    return "".join(reversed(digits))
