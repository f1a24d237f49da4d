"""Finds Node for the bundler: the one on PATH from version 20 on, else that inside `.venv`."""

from __future__ import annotations

import re
import shutil
from pathlib import Path

from console.setup.command import answer_of
from console.setup.environments import DESK
from console.setup.problem import SetupProblem

_OLDEST = 20


def find_node(environment: Path = DESK.folder) -> tuple[Path, Path]:
    """The programs `node` and `npm`. Raises `SetupProblem` when neither place has them."""
    for node, npm in _candidates(environment):
        version = re.match(r"v(\d+)\.", answer_of([node, "--version"]) or "")
        if version and int(version[1]) >= _OLDEST and npm.exists():
            return node, npm
    raise SetupProblem("Node is missing: run `./baton doctor`, or install Node 20 or newer.")


def _candidates(environment: Path) -> list[tuple[Path, Path]]:
    node, npm = shutil.which("node"), shutil.which("npm")
    on_path = [(Path(node), Path(npm))] if node and npm else []
    inside = environment / "bin"
    return [*on_path, (inside / "node", inside / "npm")]
