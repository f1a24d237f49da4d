"""Jobs that are written in one transaction: one bad job undoes itself, never its group.

Messages are first written as if all were well, without savepoints: SQLite copies every page that
is changed under one, which costs a third of a message. If not all is well the whole transaction
is undone, and the group is written anew with care.

A group holds many conversations until its commit. So that two desks do not wait for each other
in a circle, a job that finds a row held for long leaves the group and is done after it, holding
nothing else: messages together (they lock in the order of ids), every other job alone.
"""

from __future__ import annotations

import asyncio
from collections.abc import Callable, Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass, field
from typing import Any

from sqlalchemy import Connection
from sqlalchemy.exc import DBAPIError

from console.desk.event import Event
from console.storage.event import recorded
from console.storage.message import NewMessage, Outcome, append_messages

PATIENCE_MS = 100  # for a row that another desk holds; PostgreSQL finds a circle only after 1 s
_HELD = frozenset({"55P03", "40P01"})  # lock_not_available, deadlock_detected


@dataclass(slots=True)
class Job:
    """One caller's wish and its answer: a message to append, or any other work."""

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
class Group:
    """Messages only, or works only. `events`: what they stored, in the order of the commit.

    `is_careful`: messages are looked for before they are stored, and a bad one undoes itself.
    """

    jobs: list[Job]
    events: list[Event] = field(default_factory=list)
    is_careful: bool = False

    @property
    def is_of_messages(self) -> bool:
        return self.jobs[0].message is not None

    def without_held_up(self) -> tuple[Group, list[Group]]:
        """What is done, and what is still to do in groups that cannot wait in a circle."""
        held_up = [job for job in self.jobs if job.was_held_up]
        if not held_up:
            return self, []
        done = Group([job for job in self.jobs if not job.was_held_up], self.events)
        later = [held_up] if self.is_of_messages else [[job] for job in held_up]
        return done, [Group(jobs) for jobs in later]

    def fail(self, error: BaseException) -> None:
        self.events.clear()
        for job in self.jobs:
            job.error = error

    def can_take_care(self) -> bool:
        """Whether writing it anew may help what has just failed; if so, it is ready for that."""
        if self.is_careful or not self.is_of_messages or self.jobs[0].was_held_up:
            return False
        self.is_careful = True
        self.forget_errors()
        return True

    def forget_errors(self) -> None:
        for job in self.jobs:
            job.error = None

    def write(self, tx: Connection, *, is_patient: bool = False) -> None:
        """Runs every job in the transaction of `tx`, which the caller began and commits.

        What is raised undoes the transaction; messages may be written anew then (`can_take_care`).
        """
        recorded(tx).clear()
        if len(self.jobs) > 1 and not is_patient:
            _lose_patience(tx)
        if not self.is_of_messages:
            for job in self.jobs:
                _attempt(tx, job)
        elif self.is_careful:
            _append_carefully(tx, self.jobs)
        else:
            _append(tx, self.jobs, look_first=False)
        self.events = list(recorded(tx))


def _lose_patience(tx: Connection) -> None:
    if tx.dialect.name == "postgresql":
        tx.exec_driver_sql(f"SET LOCAL lock_timeout = {PATIENCE_MS}")


def _append_carefully(tx: Connection, jobs: list[Job]) -> None:
    """All messages with a handful of statements; if one of them cannot be kept, one by one."""
    try:
        with _savepoint(tx):
            _append(tx, jobs)
    except Exception as error:  # handed to the callers
        for job in jobs:
            job.error = error
            if not job.was_held_up:  # else each of them would wait once more
                job.error = None
                _attempt(tx, job)


def _append(tx: Connection, jobs: list[Job], *, look_first: bool = True) -> None:
    messages = [job.message for job in jobs if job.message is not None]
    _take(jobs, append_messages(tx, messages, look_first=look_first))


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


def _take(jobs: list[Job], outcomes: Sequence[Outcome]) -> None:
    for job, outcome in zip(jobs, outcomes, strict=True):
        if isinstance(outcome, BaseException):
            job.error = outcome
        else:
            job.result = outcome


def _attempt(tx: Connection, job: Job) -> None:
    """One job under its own savepoint."""
    try:
        with _savepoint(tx):
            if job.message is not None:
                _append(tx, [job])
            elif job.work is not None:
                job.result = job.work(tx)
    except Exception as error:  # handed to the caller, who knows what it means
        job.error = error
