"""Databases that are filled once in a run and copied for every test that begins with them."""

from __future__ import annotations

import atexit
import shutil
import tempfile
from collections.abc import Callable
from functools import cache
from pathlib import Path

from sqlalchemy import Connection
from sqlalchemy.engine import make_url

from console.storage.database import writing_engine
from console.storage.schema import metadata

Furnish = Callable[[Connection], None]


def furnish_sqlite(url: str, furnish: Furnish) -> None:
    """Puts a copy of what `furnish` writes into an empty database where `url` says."""
    shutil.copy(furnished(furnish), str(make_url(url).database))


@cache
def furnished(furnish: Furnish) -> Path:
    """All tables, and what `furnish` writes; a copy takes a fiftieth of making it."""
    folder = Path(tempfile.mkdtemp(prefix="baton-furnished-"))
    atexit.register(shutil.rmtree, folder, ignore_errors=True)
    engine = writing_engine(f"sqlite:///{folder / 'desk.db'}")
    metadata.create_all(engine)
    with engine.begin() as tx:
        furnish(tx)
    engine.dispose()  # the last one writes everything into the file
    return folder / "desk.db"
