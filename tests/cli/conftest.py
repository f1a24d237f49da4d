"""A data folder with a migrated database, and the command line as a person calls it."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path
from typing import NamedTuple

import pytest

from console.cli.__main__ import main
from console.cli.database import migrated_database
from console.settings import Settings, load_settings


class Ended(NamedTuple):
    status: int
    out: str
    err: str


Baton = Callable[..., Ended]


@pytest.fixture
def settings(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Settings:
    monkeypatch.setenv("BATON_HOME", str(tmp_path / "home"))
    found = load_settings()
    migrated_database(found).dispose()
    return found


@pytest.fixture
def baton(settings: Settings, capsys: pytest.CaptureFixture[str]) -> Baton:
    def run(*words: str) -> Ended:
        status = main(list(words))
        return Ended(status, *capsys.readouterr())

    return run
