"""The one writer: gathers what is pending, writes it in one transaction, then answers everybody.

A commit costs the same for one row and for three hundred, so nothing waits for a timer: while
one group is being written the next one gathers. Messages and works, as every other job is called,
go in groups of their own, in turns.

Works are run on the writer's thread. So are messages on PostgreSQL. On SQLite the statements of
messages run in the event loop, in less time than the two threads would lose to each other over
the interpreter's lock; only the commit, which waits for the disk, is the thread's (docs/adr/0015).
"""

from __future__ import annotations

import asyncio
import queue
import sqlite3
import threading
from collections import deque
from collections.abc import Callable, Sequence
from functools import partial

from sqlalchemy import Connection, Engine

from console.desk.event import Event
from console.storage.event import Receipt
from console.storage.group import Group, Job
from console.storage.message import NewMessage

WORKS = 500  # in one transaction at most
MESSAGES = 250  # the same; the event loop is theirs for seven milliseconds then
TRIES_ALONE = 3
BUSY_S = 30  # how long the thread waits for another process that writes to the same SQLite file


class Writer:
    """Owns the writing connection and its thread.

    What is not said to be the thread's is the event loop's. One group at a time is under way, so
    the two never use a connection together.
    """

    def __init__(
        self,
        engine: Engine,
        loop: asyncio.AbstractEventLoop,
        on_commit: Callable[[Sequence[Event]], None],
    ) -> None:
        self._engine = engine
        self._loop = loop
        self._on_commit = on_commit
        self._messages: deque[Job] = deque()
        self._works: deque[Job] = deque()
        self._works_are_next = False
        self._is_closed = False
        self._idle = asyncio.Event()  # nothing is pending or under way
        self._idle.set()
        self._handed: queue.SimpleQueue[Callable[[], None] | None] = queue.SimpleQueue()
        self._thread = threading.Thread(target=self._run, name="writer", daemon=True)

    def start(self) -> None:
        self._thread.start()

    async def stop(self) -> None:
        """What was submitted is written and answered; from now on everything is refused."""
        self._is_closed = True
        await self._idle.wait()
        self._handed.put(None)
        await asyncio.to_thread(self._thread.join)

    async def submit[T](self, work: Callable[[Connection], T]) -> T:
        job = Job(self._loop.create_future(), work=work)
        self._put(self._works, job)
        result: T = await job.future
        return result

    async def append(self, message: NewMessage) -> Receipt:
        job = Job(self._loop.create_future(), message=message)
        self._put(self._messages, job)
        receipt: Receipt = await job.future
        return receipt

    def _put(self, waiting: deque[Job], job: Job) -> None:
        """Nothing gets behind the end, where nobody answers it."""
        if self._is_closed:
            raise RuntimeError("the database is closed")
        waiting.append(job)
        if self._idle.is_set():
            self._idle.clear()
            self._loop.call_soon(self._gather, 0)

    def _gather(self, seen: int) -> None:
        """Lets messages come together as long as each round of the loop brings more of them."""
        if seen < len(self._messages) < MESSAGES:
            self._loop.call_soon(self._gather, len(self._messages))
            return
        group = self._next_group()
        if group.is_of_messages and self._engine.dialect.name == "sqlite":
            self._write_here(group)
        else:
            self._handed.put(partial(self._write_there, group))

    def _next_group(self) -> Group:
        takes_works = bool(self._works) and (self._works_are_next or not self._messages)
        self._works_are_next = not takes_works
        waiting, most = (self._works, WORKS) if takes_works else (self._messages, MESSAGES)
        return Group([waiting.popleft() for _ in range(min(most, len(waiting)))])

    def _write_here(self, group: Group) -> None:
        """The statements now, the commit on the thread."""
        tx = self._begin_at_once()
        if tx is None:
            self._handed.put(partial(self._write_there, group))
            return
        try:
            group.write(tx)
        except Exception:  # found again by the thread, which may wait to begin anew
            tx.close()
            group.is_careful = True
            self._handed.put(partial(self._write_there, group))
        else:
            self._handed.put(partial(self._commit, group, tx))

    def _begin_at_once(self) -> Connection | None:
        """None when another process is writing, which only the thread may wait for.

        No cursor may outlive this function's error, nor anything else here: to free one takes
        the lock that SQLite holds while the thread is using the connection.
        """
        tx = self._engine.connect()
        cursor = tx.connection.cursor()
        cursor.execute("PRAGMA busy_timeout=0")
        try:
            tx.begin()
        except sqlite3.OperationalError:
            has_begun = False
        else:
            has_begun = True
        cursor.execute(f"PRAGMA busy_timeout={BUSY_S * 1_000}")
        cursor.close()
        if has_begun:
            return tx
        tx.close()
        return None

    def _done(self, group: Group) -> None:
        try:
            self._answer(group)
        finally:
            if self._messages or self._works:
                self._loop.call_soon(self._gather, 0)
            else:
                self._idle.set()

    def _answer(self, group: Group) -> None:
        """Events go out in the order of the commit, then every caller goes on."""
        try:
            if group.events:
                self._on_commit(group.events)
        finally:  # it is stored, whoever could not be told of it
            for job in group.jobs:
                job.settle()

    def _run(self) -> None:
        """The thread's."""
        while (step := self._handed.get()) is not None:
            step()

    def _commit(self, group: Group, tx: Connection) -> None:
        """The thread's."""
        try:
            with tx:
                tx.commit()
        except Exception as error:  # nobody may be told otherwise
            group.fail(error)
        self._loop.call_soon_threadsafe(self._done, group)

    def _write_there(self, group: Group) -> None:
        """The thread's. What another desk holds up is done after the rest has its answer."""
        self._write(group)
        done, later = group.without_held_up()
        for part in later:
            self._loop.call_soon_threadsafe(self._answer, done)
            self._write_patiently(part)
            done = part
        self._loop.call_soon_threadsafe(self._done, done)

    def _write_patiently(self, group: Group) -> None:
        """Waits as long as it takes: whoever holds the row is not waiting for us."""
        for _ in range(TRIES_ALONE):
            group.forget_errors()
            self._write(group, is_patient=True)
            if not any(job.was_held_up for job in group.jobs):
                break

    def _write(self, group: Group, *, is_patient: bool = False) -> None:
        try:
            with self._engine.connect() as tx, tx.begin():
                group.write(tx, is_patient=is_patient)
        except Exception as error:  # also of the commit: nobody may be told otherwise
            group.fail(error)
            if group.can_take_care():
                self._write(group, is_patient=is_patient)
