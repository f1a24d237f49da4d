"""The database of a desk: one writer that commits in groups, and readers beside it.

Everything runs on threads over SQLAlchemy's plain engine; docs/adr/0003 has the figures that
decided against the asyncio layer. Use cases pass plain functions over a `Connection`.
"""

from __future__ import annotations

import asyncio
import fcntl
from collections.abc import Callable, Sequence
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path
from typing import IO, Any

from sqlalchemy import Connection, Engine, create_engine, event
from sqlalchemy.engine import make_url

from console.desk.errors import Conflict
from console.desk.event import Event
from console.storage.event import Receipt
from console.storage.message import NewMessage
from console.storage.writer import BUSY_S, Writer

READERS = 4
Committed = Callable[[Sequence[Event]], None]


class Database:
    """`read` and `write` run a function over a connection; `append` is the hot path.

    `on_commit` is called in the event loop, in commit order, with the events each group stored.
    A second desk on the same SQLite file is refused with `Conflict`.
    """

    def __init__(self, url: str, on_commit: Committed | None = None) -> None:
        self.url = make_url(url)
        self.on_commit = on_commit
        self._lock: IO[str] | None = None
        self._engine: Engine | None = None
        self._reading: Engine | None = None
        self._writer: Writer | None = None
        self._readers: ThreadPoolExecutor | None = None

    @property
    def is_sqlite(self) -> bool:
        return self.url.get_backend_name() == "sqlite"

    @property
    def engine(self) -> Engine:
        """The writing engine, for migrations and command-line tools while no desk runs."""
        if self._engine is None:
            self._engine = writing_engine(str(self.url.render_as_string(hide_password=False)))
        return self._engine

    async def open(self) -> None:
        self._lock = self._take_lock()
        self._reading = reading_engine(self.engine)
        self._readers = ThreadPoolExecutor(READERS, thread_name_prefix="reader")
        self._writer = Writer(self.engine, asyncio.get_running_loop(), self._committed)
        self._writer.start()

    async def close(self) -> None:
        """Waits for everything that was submitted, then lets go of files and connections."""
        if self._writer is not None:
            await self._writer.stop()
        if self._readers is not None:
            self._readers.shutdown(wait=True)
        for engine in (self._reading, self._engine):
            if engine is not None:
                engine.dispose()
        self._engine = self._reading = None
        if self._lock is not None:
            self._lock.close()

    async def read[T](self, query: Callable[[Connection], T]) -> T:
        """Runs `query` in a transaction of its own that cannot write."""
        if self._readers is None or self._reading is None:
            raise RuntimeError("the database is not open")
        loop = asyncio.get_running_loop()
        return await loop.run_in_executor(self._readers, _query, self._reading, query)

    async def write[T](self, work: Callable[[Connection], T]) -> T:
        """Runs `work` in the next group; returns after the commit.

        An exception of `work` undoes only this work and is raised here.
        """
        return await self._open_writer.submit(work)

    async def append(self, message: NewMessage) -> Receipt:
        """Stores a message; returns after the commit. A repeat returns the first receipt."""
        return await self._open_writer.append(message)

    @property
    def _open_writer(self) -> Writer:
        if self._writer is None:
            raise RuntimeError("the database is not open")
        return self._writer

    def _committed(self, events: Sequence[Event]) -> None:
        if self.on_commit is not None:
            self.on_commit(events)

    def _take_lock(self) -> IO[str] | None:
        if not self.is_sqlite or not self.url.database or self.url.database == ":memory:":
            return None
        path = Path(self.url.database + ".lock")
        path.parent.mkdir(parents=True, exist_ok=True)
        handle = path.open("w")
        try:
            fcntl.flock(handle, fcntl.LOCK_EX | fcntl.LOCK_NB)
        except OSError as error:
            handle.close()
            raise Conflict(f"another desk is using {self.url.database}") from error
        return handle


def _query[T](engine: Engine, query: Callable[[Connection], T]) -> T:
    with engine.connect() as connection:
        return query(connection)


def writing_engine(url: str) -> Engine:
    """SQLite: WAL, synchronous=FULL, own BEGIN. PostgreSQL: as it comes, commits are durable."""
    parsed = make_url(url)
    if parsed.get_backend_name() != "sqlite":
        return create_engine(
            _with_driver(url), pool_size=2, pool_pre_ping=True, hide_parameters=True
        )
    engine = create_engine(
        url,
        connect_args={"check_same_thread": False, "timeout": BUSY_S},
        hide_parameters=True,  # an error must not carry what customers wrote into the logs
    )
    event.listen(engine, "connect", _prepare_sqlite)
    event.listen(engine, "begin", _begin_immediate)
    return engine


def reading_engine(writing: Engine) -> Engine:
    """A pool beside the writer; on SQLite its connections refuse to write."""
    if writing.dialect.name != "sqlite":
        return create_engine(
            writing.url,
            pool_size=READERS,
            pool_pre_ping=True,
            hide_parameters=True,
            execution_options=_READ_ONLY,
        )
    engine = create_engine(
        writing.url,
        connect_args={"check_same_thread": False, "timeout": BUSY_S},
        pool_size=READERS,
        hide_parameters=True,
    )
    event.listen(engine, "connect", _prepare_sqlite_reader)
    return engine


_READ_ONLY: dict[str, Any] = {"postgresql_readonly": True}


def _with_driver(url: str) -> str:
    return url.replace("postgresql://", "postgresql+psycopg://", 1)


def _prepare_sqlite(connection: Any, _record: object) -> None:
    connection.isolation_level = None  # the driver must not open transactions by itself
    cursor = connection.cursor()
    cursor.execute("PRAGMA journal_mode=WAL")
    cursor.execute("PRAGMA synchronous=FULL")
    cursor.execute("PRAGMA foreign_keys=ON")
    # A busy desk touches the same few hundred pages in every group: they stay in memory, and go
    # from the log into the file once in 32 MB. The defaults cost a fifth of the writer's time.
    cursor.execute("PRAGMA cache_size=-65536")
    cursor.execute("PRAGMA wal_autocheckpoint=8000")
    cursor.close()


def _prepare_sqlite_reader(connection: Any, _record: object) -> None:
    connection.execute("PRAGMA query_only=ON")


def _begin_immediate(connection: Connection) -> None:
    # To the driver itself: on the way through SQLAlchemy it costs as much as a message.
    connection.connection.cursor().execute("BEGIN IMMEDIATE")
