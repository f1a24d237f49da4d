"""For tests of two desks on one PostgreSQL: the first goes on when the second has come as far."""

from __future__ import annotations

from collections.abc import Callable
from threading import Event
from typing import Any

import pytest
import sqlalchemy as sa

from console.storage.database import Database

PATIENCE_S = 30


class FirstLingers:
    """The first who takes `step` holds its transaction open behind it until the second waits for a
    lock of the database or is over; `second_is_over` says the latter.
    """

    def __init__(self, url: str, monkeypatch: pytest.MonkeyPatch, owner: Any, step: str) -> None:
        self._url = url
        self._real = getattr(owner, step)
        self.has_taken = Event()
        self.second_is_over = Event()
        monkeypatch.setattr(owner, step, self._step)

    def _step(self, *arguments: Any, **options: Any) -> Any:
        found = self._real(*arguments, **options)
        if not self.has_taken.is_set():
            self.has_taken.set()
            _until_somebody_waits(self._url, self.second_is_over.is_set)
        return found

    def wait(self) -> None:
        assert self.has_taken.wait(PATIENCE_S)


def _until_somebody_waits(url: str, is_over: Callable[[], bool]) -> None:
    engine = Database(url).engine
    query = sa.text("SELECT COUNT(*) FROM pg_locks WHERE NOT granted")
    with engine.connect().execution_options(isolation_level="AUTOCOMMIT") as watching:
        while not is_over() and not watching.execute(query).scalar():
            pass
    engine.dispose()
