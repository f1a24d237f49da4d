"""Whoever writes is answered: also when others cannot be told, and when the desk is closing."""

from __future__ import annotations

import asyncio
import threading
from collections.abc import Sequence
from typing import Any

import pytest
import sqlalchemy as sa
from sqlalchemy import Connection

from console.desk.event import Event
from console.storage.database import Database

PATIENCE_S = 10.0  # only a caller who is forgotten waits that long


async def test_a_fault_of_those_who_are_told_leaves_no_writer_waiting(
    sqlite_url: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    faults: list[dict[str, Any]] = []
    asyncio.get_running_loop().set_exception_handler(lambda _, fault: faults.append(fault))

    def cannot_hear(_: Sequence[Event]) -> None:
        raise LookupError("a listener's fault")

    database = Database(sqlite_url, cannot_hear)
    await database.open()
    monkeypatch.setattr("console.storage.writer.recorded", lambda _: ["an event"])

    async with asyncio.timeout(PATIENCE_S):
        answers = await asyncio.gather(*(database.write(_answer) for _ in range(3)))

    assert answers == [42] * 3
    assert {type(fault["exception"]) for fault in faults} == {LookupError}
    await database.close()


async def test_who_writes_while_the_database_closes_is_refused_and_nobody_waits(
    sqlite_url: str,
) -> None:
    """What was submitted before is still written."""
    database, may_go_on = Database(sqlite_url), threading.Event()
    await database.open()
    before = asyncio.create_task(database.write(lambda tx: may_go_on.wait() and _answer(tx)))
    await asyncio.sleep(0)
    closing = asyncio.create_task(database.close())
    await asyncio.sleep(0)

    late = asyncio.create_task(database.write(_answer))
    may_go_on.set()

    async with asyncio.timeout(PATIENCE_S):
        assert await before == 42
        with pytest.raises(RuntimeError, match="closed"):
            await late
        await closing


async def test_a_closed_database_refuses(sqlite_url: str) -> None:
    database = Database(sqlite_url)
    await database.open()
    await database.close()

    async with asyncio.timeout(PATIENCE_S):
        with pytest.raises(RuntimeError, match="closed"):
            await database.write(_answer)


def _answer(tx: Connection) -> int:
    return int(tx.execute(sa.text("SELECT 42")).scalar_one())
