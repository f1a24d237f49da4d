"""Two desks that start at once on one empty PostgreSQL prepare it once."""

from __future__ import annotations

from concurrent.futures import ThreadPoolExecutor
from pathlib import Path
from typing import Any

import pytest

from console.cli import database as cli_database
from console.settings import Settings, load_settings
from console.storage import migration
from console.storage.database import Database
from console.storage.migration import newest_revision, revision_of
from tests.waiting import FirstLingers


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
    lingering = FirstLingers(fresh_postgres, monkeypatch, module, step)

    with ThreadPoolExecutor(2) as desks:
        first = desks.submit(prepare, settings)
        lingering.wait()
        second = desks.submit(prepare, settings)
        second.add_done_callback(lambda _: lingering.second_is_over.set())
        passwords = [first.result(), second.result()]

    assert sorted(map(len, passwords)) == [0, 5]
    engine = Database(fresh_postgres).engine
    assert revision_of(engine) == newest_revision()
    engine.dispose()
