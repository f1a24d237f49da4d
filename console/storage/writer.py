"""The one writer: gathers what is pending, writes it in one transaction, then answers everybody.

A commit costs the same for one row and for three hundred, so nothing waits for a timer: while
one group is being written the next one gathers. One bad job undoes itself, never its group.

A group holds many conversations until its commit. So that two desks do not wait for each other
in a circle, a job that finds a row held for long leaves the group and is done after it, holding
nothing else: messages together (they lock in the order of ids), every other job alone.
"""

from __future__ import annotations

import asyncio
import queue
import threading
from collections.abc import Callable, Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass, field
from typing import Any

from sqlalchemy import Connection, Engine
from sqlalchemy.exc import DBAPIError

from console.desk.event import Event
from console.storage.event import Receipt, recorded
from console.storage.message import NewMessage, Outcome, RepeatFound, append_messages

GROUP = 500  # jobs in one transaction at most
PATIENCE_MS = 100  # for a row that another desk holds; PostgreSQL finds a circle only after 1 s
TRIES_ALONE = 3
_HELD = frozenset({"55P03", "40P01"})  # lock_not_available, deadlock_detected


@dataclass(slots=True)
class _Job:
    """One caller's wish and its answer."""

    future: asyncio.Future[Any]
    work: Callable[[Connection], Any] | None = None
    message: NewMessage | None = None
    result: Any = None
    error: BaseException | None = None

    @property
    def was_held_up(self) -> bool:
        """Another desk held a row that this job needs; nothing of it is stored."""
        cause = self.error.orig if isinstance(self.error, DBAPIError) else self.error
        return getattr(cause, "sqlstate", None) in _HELD

    def settle(self) -> None:
        if self.future.cancelled():
            return
        if self.error is not None:
            self.future.set_exception(self.error)
        else:
            self.future.set_result(self.result)


@dataclass(slots=True)
class _Group:
    jobs: list[_Job]
    events: list[Event] = field(default_factory=list)

    @property
    def messages(self) -> list[_Job]:
        return [job for job in self.jobs if job.message is not None]

    @property
    def works(self) -> list[_Job]:
        return [job for job in self.jobs if job.work is not None]

    def without_held_up(self) -> tuple[_Group, list[_Job]]:
        held_up = [job for job in self.jobs if job.was_held_up]
        return _Group([job for job in self.jobs if not job.was_held_up], self.events), held_up

    def fail(self, error: BaseException) -> None:
        self.events.clear()
        for job in self.jobs:
            job.error = error


class Writer:
    """Owns the writing connection and its thread."""

    def __init__(
        self,
        engine: Engine,
        loop: asyncio.AbstractEventLoop,
        on_commit: Callable[[Sequence[Event]], None],
    ) -> None:
        self._engine = engine
        self._loop = loop
        self._on_commit = on_commit
        self._pending: queue.SimpleQueue[_Job | None] = queue.SimpleQueue()
        self._thread = threading.Thread(target=self._run, name="writer", daemon=True)
        self._is_closed = False

    def start(self) -> None:
        self._thread.start()

    async def stop(self) -> None:
        """What was submitted is written and answered; from now on everything is refused."""
        self._is_closed = True
        self._pending.put(None)
        await asyncio.to_thread(self._thread.join)

    async def submit[T](self, work: Callable[[Connection], T]) -> T:
        job = _Job(self._loop.create_future(), work=work)
        self._put(job)
        result: T = await job.future
        return result

    async def append(self, message: NewMessage) -> Receipt:
        job = _Job(self._loop.create_future(), message=message)
        self._put(job)
        receipt: Receipt = await job.future
        return receipt

    def _put(self, job: _Job) -> None:
        """In the event loop, as `stop`: nothing gets behind the end, where nobody answers it."""
        if self._is_closed:
            raise RuntimeError("the database is closed")
        self._pending.put(job)

    def _run(self) -> None:
        while (first := self._pending.get()) is not None:
            jobs, stopping = self._gather(first)
            group = _Group(jobs)
            self._write(group)
            settled, held_up = group.without_held_up()
            self._loop.call_soon_threadsafe(self._answer, settled)
            for later in _apart(held_up):
                self._write_patiently(later)
                self._loop.call_soon_threadsafe(self._answer, later)
            if stopping:
                return

    def _gather(self, first: _Job) -> tuple[list[_Job], bool]:
        jobs = [first]
        while len(jobs) < GROUP:
            try:
                job = self._pending.get_nowait()
            except queue.Empty:
                break
            if job is None:
                return jobs, True
            jobs.append(job)
        return jobs, False

    def _write_patiently(self, group: _Group) -> None:
        """Waits as long as it takes: whoever holds the row is not waiting for us."""
        for _ in range(TRIES_ALONE):
            for job in group.jobs:
                job.error = None
            self._write(group, is_patient=True)
            if not any(job.was_held_up for job in group.jobs):
                break

    def _write(self, group: _Group, *, is_patient: bool = False) -> None:
        try:
            with self._engine.connect() as tx, tx.begin():
                recorded(tx).clear()
                if len(group.jobs) > 1 and not is_patient:
                    _lose_patience(tx)
                _append_all(tx, group.messages)
                for job in group.works:
                    _attempt(tx, job)
                group.events = list(recorded(tx))
        except Exception as error:  # the commit itself failed: nobody may be told otherwise
            group.fail(error)

    def _answer(self, group: _Group) -> None:
        """In the event loop: events go out in commit order, then every caller goes on."""
        try:
            if group.events:
                self._on_commit(group.events)
        finally:  # it is stored, whoever could not be told of it
            for job in group.jobs:
                job.settle()


def _apart(jobs: list[_Job]) -> list[_Group]:
    """Groups that cannot wait in a circle with another desk's."""
    messages = [job for job in jobs if job.message is not None]
    works = [[job] for job in jobs if job.work is not None]
    return [_Group(some) for some in (messages, *works) if some]


def _lose_patience(tx: Connection) -> None:
    if tx.dialect.name == "postgresql":
        tx.exec_driver_sql(f"SET LOCAL lock_timeout = {PATIENCE_MS}")


def _append_all(tx: Connection, jobs: list[_Job]) -> None:
    """All messages with a handful of statements; if one of them cannot be kept, one by one."""
    if not jobs:
        return
    try:
        _append(tx, jobs)
    except Exception as error:  # handed to the callers
        for job in jobs:
            job.error = error
            if not job.was_held_up:  # else each of them would wait once more
                job.error = None
                _attempt(tx, job)


def _append(tx: Connection, jobs: list[_Job]) -> None:
    """Looks for repeats only when there is one: they are as rare as broken connections."""
    messages = [job.message for job in jobs if job.message is not None]
    try:
        with _savepoint(tx):
            outcomes = append_messages(tx, messages, look_first=False)
    except RepeatFound:
        with _savepoint(tx):
            outcomes = append_messages(tx, messages)
    _take(jobs, outcomes)


@contextmanager
def _savepoint(tx: Connection) -> Iterator[None]:
    """As `begin_nested`, which builds its statements anew each time: half of a small group."""
    kept = len(recorded(tx))
    cursor = tx.connection.cursor()
    cursor.execute("SAVEPOINT job")
    try:
        yield
    except BaseException:
        cursor.execute("ROLLBACK TO SAVEPOINT job")
        cursor.execute("RELEASE SAVEPOINT job")
        del recorded(tx)[kept:]
        raise
    cursor.execute("RELEASE SAVEPOINT job")


def _take(jobs: list[_Job], outcomes: Sequence[Outcome]) -> None:
    for job, outcome in zip(jobs, outcomes, strict=True):
        if isinstance(outcome, BaseException):
            job.error = outcome
        else:
            job.result = outcome


def _attempt(tx: Connection, job: _Job) -> None:
    """One job under its own savepoint."""
    try:
        if job.message is not None:
            _append(tx, [job])
        elif job.work is not None:
            with _savepoint(tx):
                job.result = job.work(tx)
    except Exception as error:  # handed to the caller, who knows what it means
        job.error = error
