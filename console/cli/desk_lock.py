"""One desk per data folder: a lock that ends with the process, however it ends."""

from __future__ import annotations

import fcntl
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

from console.cli.outcome import CommandEnds

_NAME = "desk.lock"


@contextmanager
def desk_lock(home: Path, refusal: str) -> Iterator[None]:
    """Holds the folder for this process. Raises `CommandEnds` with `refusal` if a desk has it."""
    home.mkdir(parents=True, exist_ok=True)
    with (home / _NAME).open("w") as handle:
        try:
            fcntl.flock(handle, fcntl.LOCK_EX | fcntl.LOCK_NB)
        except OSError as error:
            raise CommandEnds(refusal) from error
        yield


def desk_is_running(home: Path) -> bool:
    try:
        with desk_lock(home, ""):
            return False
    except CommandEnds:
        return True
