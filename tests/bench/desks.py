"""Desks to measure: a data folder with people in it, and the desk that serves it."""

from __future__ import annotations

import shutil
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

from tests.bench.machine import free_port
from tests.bench.processes import Server, serving
from tests.bench.seed import Pair, seed_pairs

DATABASE = "baton.sqlite3"


class SeededDesk:
    """A database that is filled once and copied for every start."""

    def __init__(self, folder: Path, pairs: int) -> None:
        self._folder = folder / f"seeded-{pairs}"
        self._folder.mkdir(parents=True)
        self._starts = 0
        self.pairs: list[Pair] = seed_pairs(self._folder / DATABASE, pairs)

    def new_home(self) -> Path:
        self._starts += 1
        home = self._folder / f"home-{self._starts}"
        home.mkdir()
        shutil.copy(self._folder / DATABASE, home / DATABASE)
        return home


@contextmanager
def desk_in(home: Path, *words: object, **more: str) -> Iterator[Server]:
    """A desk over this data folder; `more`: settings without their BATON_."""
    environment = {
        "BATON_HOME": str(home),
        "BATON_CONFIG": str(home / "none.toml"),
        "BATON_ACTIONS_PORT": str(free_port()),
        # The only limits that are lifted: a load generator types faster than people may.
        "BATON_LIMITS__VISITOR_MESSAGES": "100000000",
        "BATON_LIMITS__VISITOR_COMMANDS": "100000000",
        "BATON_LIMITS__AGENT_ACTIONS": "100000000",
        "BATON_LIMITS__AGENT_COMMANDS": "100000000",
        **{f"BATON_{name}": value for name, value in more.items()},
    }
    with serving("desk", *words, environment=environment) as server:
        yield server


@contextmanager
def fresh_desk(seeded: SeededDesk, *words: object) -> Iterator[Server]:
    """Over a copy that is thrown away, so that every round begins with the same database."""
    home = seeded.new_home()
    try:
        with desk_in(home, *words) as server:
            yield server
    finally:
        shutil.rmtree(home)
