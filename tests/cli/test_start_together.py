"""Two desks that start at once on one empty PostgreSQL prepare it once."""

from __future__ import annotations

from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path
from threading import Event
from typing import Any

import pytest
import sqlalchemy as sa

from console.cli import database as cli_database
from console.settings import Settings, load_settings
from console.storage import migration
from console.storage.database import Database
from console.storage.migration import newest_revision, revision_of

PATIENCE_S = 30


def prepare(settings: Settings) -> dict[str, str]:
    cli_database.migrated_database(settings).dispose()
    return cli_database.demo_passwords(settings)


@pytest.mark.parametrize(
    ("module", "step"),
    [
        pytest.param(migration.command, "upgrade", id="tables"),
        pytest.param(cli_database, "install_policies", id="policies"),
        pytest.param(cli_database, "seed_demo_shop", id="shop and agents"),
    ],
)
def test_the_second_waits_for_what_the_first_has_not_committed(
    fresh_postgres: str, tmp_path: Path, monkeypatch: pytest.MonkeyPatch, module: Any, step: str
) -> None:
    settings = load_settings(home=tmp_path, database_url=fresh_postgres)
    done, second_waits, real = Event(), Event(), getattr(module, step)

    def first_lingers(*arguments: Any, **options: Any) -> Any:
        found = real(*arguments, **options)
        if not done.is_set():
            done.set()
            assert second_waits.wait(PATIENCE_S)
        return found

    monkeypatch.setattr(module, step, first_lingers)
    with ThreadPoolExecutor(2) as desks:
        first = desks.submit(prepare, settings)
        assert done.wait(PATIENCE_S)
        second = desks.submit(prepare, settings)
        until_somebody_waits(fresh_postgres, second.done)
        second_waits.set()
        passwords = [first.result(), second.result()]

    assert sorted(map(len, passwords)) == [0, 5]
    engine = Database(fresh_postgres).engine
    assert revision_of(engine) == newest_revision()
    engine.dispose()


def until_somebody_waits(url: str, is_over: Callable[[], bool]) -> None:
    """For a lock of the database, whichever that is; or has failed without one."""
    engine = Database(url).engine
    query = sa.text("SELECT COUNT(*) FROM pg_locks WHERE NOT granted")
    with engine.connect().execution_options(isolation_level="AUTOCOMMIT") as watching:
        while not is_over() and not watching.execute(query).scalar():
            pass
    engine.dispose()
