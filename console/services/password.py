"""Passwords of agents: argon2id hashes, and fresh passwords that can be read aloud."""

from __future__ import annotations

import secrets

from argon2 import PasswordHasher
from argon2.exceptions import InvalidHashError, VerificationError

SHORTEST = 10
_LETTERS = "abcdefghjkmnpqrstuvwxyz23456789"  # nothing that looks like something else
_hasher = PasswordHasher()  # argon2id with the parameters of RFC 9106, low-memory profile


def hash_password(password: str) -> str:
    """Takes about 50 ms of CPU on purpose: call it on a thread from the event loop."""
    return _hasher.hash(password)


def is_password(password: str, password_hash: str) -> bool:
    """As slow as `hash_password`; an unreadable hash fits no password."""
    try:
        return _hasher.verify(password_hash, password)
    except (VerificationError, InvalidHashError):
        return False


def fresh_password() -> str:
    """Twelve letters in groups of four, 59 bits."""
    letters = [secrets.choice(_LETTERS) for _ in range(12)]
    return "-".join("".join(letters[start : start + 4]) for start in (0, 4, 8))
