"""Whoever writes is answered, after the commit and in turn; nobody stops the desk."""

from __future__ import annotations

import asyncio
import sqlite3
import threading
from collections.abc import Sequence
from typing import Any

import pytest
import sqlalchemy as sa
from sqlalchemy import Connection

from console.desk.event import Actor, ActorKind, Event
from console.desk.message import text_body
from console.storage import message as message_rows
from console.storage.conversation import conversation
from console.storage.database import Database
from console.storage.event import Receipt
from console.storage.message import NewMessage
from console.storage.writer import MESSAGES
from tests.given import NOW

PATIENCE_S = 10.0  # only a caller who is forgotten waits that long
CUSTOMER = Actor(ActorKind.CUSTOMER, "cu_1", "访客")
# On PostgreSQL no other process locks everything.
only_sqlite = pytest.mark.parametrize("database_url", ["sqlite"], indirect=True)


async def test_a_fault_of_those_who_are_told_leaves_no_writer_waiting(
    sqlite_url: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    faults: list[dict[str, Any]] = []
    asyncio.get_running_loop().set_exception_handler(lambda _, fault: faults.append(fault))

    def cannot_hear(_: Sequence[Event]) -> None:
        raise LookupError("a listener's fault")

    database = Database(sqlite_url, cannot_hear)
    await database.open()
    monkeypatch.setattr("console.storage.group.recorded", lambda _: ["an event"])

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


def message(number: int) -> NewMessage:
    return NewMessage("co_1", CUSTOMER, f"message-{number:04}", text_body("你好"), NOW)


async def last_seq(database) -> int:
    return (await database.read(lambda tx: conversation(tx, "co_1"))).last_seq


async def test_whoever_waits_for_a_commit_that_fails_is_told_and_nobody_else(
    database, conversation_id, monkeypatch
):
    told = []
    database.on_commit = told.extend

    def fail(tx: Connection) -> None:
        raise OSError("the disk is full")

    with monkeypatch.context() as broken:
        broken.setattr(Connection, "commit", fail)
        broken.setattr("sqlalchemy.engine.base.RootTransaction.commit", fail)
        with pytest.raises(OSError, match="full"):
            await database.append(message(1))
        assert told == []
    receipt = await database.append(message(2))

    assert receipt.seq == 1
    assert [event.client_msg_id for event in told] == ["message-0002"]


async def test_what_a_failed_first_try_stored_is_undone_before_it_is_written_with_care(
    database, conversation_id, monkeypatch
):
    told, tries = [], []
    database.on_commit = told.extend
    save = message_rows._save

    def fails_after_the_first(*everything: Any) -> None:
        tries.append(len(everything[2]))
        save(*everything)
        if len(tries) == 1:
            raise OSError("the line was cut")

    monkeypatch.setattr(message_rows, "_save", fails_after_the_first)

    receipts = await asyncio.gather(*(database.append(message(number)) for number in range(3)))

    assert tries == [3, 3]
    assert [receipt.seq for receipt in receipts] == [1, 2, 3]
    assert [event.seq for event in told] == [1, 2, 3]
    assert await last_seq(database) == 3


async def test_a_fault_that_stays_reaches_those_who_wrote_and_stores_nothing(
    database, conversation_id, monkeypatch
):
    def fails(*_: Any) -> None:
        raise OSError("the line was cut")

    monkeypatch.setattr(message_rows, "_save", fails)
    appended = (database.append(message(number)) for number in range(3))

    outcomes = await asyncio.gather(*appended, return_exceptions=True)

    assert [str(outcome) for outcome in outcomes] == ["the line was cut"] * 3
    assert await last_seq(database) == 0


async def test_a_stream_of_messages_does_not_keep_other_work_waiting(database, conversation_id):
    done = []

    async def append(number: int) -> None:
        await database.append(message(number))
        done.append("message")

    async def work() -> None:
        await database.write(lambda tx: None)
        done.append("work")

    await asyncio.gather(*(append(number) for number in range(4 * MESSAGES)), work(), work())

    assert done.index("work") == MESSAGES
    assert done.count("work") == 2
    assert len(done) == 4 * MESSAGES + 2


async def test_what_was_submitted_before_the_end_is_stored(database, conversation_id):
    appended = [asyncio.ensure_future(database.append(message(number))) for number in range(250)]
    worked = asyncio.ensure_future(database.write(lambda tx: "done"))
    await asyncio.sleep(0)

    await database.close()

    assert [one.result().seq for one in appended] == list(range(1, 251))
    assert worked.result() == "done"


class OtherProcess:
    """Holds the lock under which SQLite writes."""

    def __init__(self, path: str) -> None:
        self._connection = sqlite3.connect(path, isolation_level=None)

    def __enter__(self) -> None:
        self._connection.execute("BEGIN IMMEDIATE")

    def __exit__(self, *_: object) -> None:
        self._connection.execute("ROLLBACK")
        self._connection.close()


@only_sqlite
async def test_the_event_loop_goes_on_while_another_process_writes(database, conversation_id):
    """It lets go only when the loop has gone on: waiting in the loop would end in an error."""
    with OtherProcess(database.url.database):
        appended = asyncio.ensure_future(database.append(message(1)))
        for _ in range(20):
            await asyncio.sleep(0.005)
        assert not appended.done()

    assert await appended == Receipt(1, NOW)


@only_sqlite
async def test_without_the_thread_the_message_would_be_lost_to_the_other_process(
    database, conversation_id, monkeypatch
):
    monkeypatch.setattr("console.storage.writer.BUSY_S", 0)
    locked = pytest.raises(sqlite3.OperationalError, match="locked")
    with OtherProcess(database.url.database), locked:
        await database.append(message(1))

    assert await last_seq(database) == 0
