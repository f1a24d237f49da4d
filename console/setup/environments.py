"""The two environments, built from their lock files only when a lock has changed.

A new one is built beside the old one and takes its place by a rename; its stamp names the locks it
holds, so an interrupted build is never mistaken for a finished one.
"""

from __future__ import annotations

import hashlib
import json
import shutil
from dataclasses import dataclass
from pathlib import Path

from console.setup.command import run
from console.setup.interpreters import DESK_VERSIONS, ENGINE_VERSIONS, find_interpreter
from console.setup.places import PROJECT, python_in
from console.setup.problem import SetupProblem
from console.setup.progress import Step

_STAMP = ".baton-locks.json"
_NEEDED_BYTES = 2_500_000_000


@dataclass(frozen=True)
class Environment:
    """`locks`: the first is installed; the others are contained in it."""

    name: str
    folder: Path
    locks: tuple[Path, ...]
    versions: tuple[str, ...]
    options: tuple[str, ...] = ()


DESK = Environment(
    "the desk's environment",
    PROJECT / ".venv",
    (PROJECT / "requirements.lock",),
    DESK_VERSIONS,
)
DESK_AND_TOOLS = Environment(
    "the desk's environment with the tools for tests",
    PROJECT / ".venv",
    (PROJECT / "requirements-dev.lock", PROJECT / "requirements.lock"),
    DESK_VERSIONS,
)
ENGINE = Environment(
    "the engine's environment",
    PROJECT / ".venv-engine",
    (PROJECT / "bot" / "requirements.lock",),
    ENGINE_VERSIONS,
    ("--no-deps",),  # TensorFlow is left out of the lock on purpose
)


def is_ready(environment: Environment) -> bool:
    """True when the environment starts and holds at least the wanted locks, unchanged."""
    if not python_in(environment.folder).exists():
        return False
    held = _stamped(environment.folder)
    return all(held.get(lock.name) == _digest(lock) for lock in environment.locks)


def has_tools(environment: Environment) -> bool:
    """Whether the tools for tests are in it, of this or an older lock: an update keeps them."""
    return DESK_AND_TOOLS.locks[0].name in _stamped(environment.folder)


def build(environment: Environment, uv: Path, step: Step) -> None:
    """The environment is complete and in its place; on any failure the old one still is.

    Raises `SetupProblem` with what to do.
    """
    with step(f"making {environment.name} (a minute or two the first time)"):
        _check_disk(environment.folder)
        draft = environment.folder.with_name(f"{environment.folder.name}.new")
        shutil.rmtree(draft, ignore_errors=True)
        try:
            _install(environment, draft, uv)
            _put_in_place(draft, environment.folder)
        finally:
            shutil.rmtree(draft, ignore_errors=True)


def _install(environment: Environment, draft: Path, uv: Path) -> None:
    failing = f"Making {environment.name} failed."
    python = find_interpreter(environment.versions, uv)
    # relocatable: scripts inside must survive the rename
    run([uv, "venv", "--no-project", "--relocatable", "--python", python, draft], failing=failing)
    install: list[str | Path] = [uv, "pip", "install", "--python", python_in(draft)]
    hashed: list[str | Path] = [
        "--require-hashes",
        *environment.options,
        "-r",
        environment.locks[0],
    ]
    run([*install, *hashed], failing=failing)
    stamp = {lock.name: _digest(lock) for lock in environment.locks}
    (draft / _STAMP).write_text(json.dumps(stamp), encoding="utf-8")


def _put_in_place(draft: Path, folder: Path) -> None:
    old = folder.with_name(f"{folder.name}.old")
    shutil.rmtree(old, ignore_errors=True)
    if folder.exists():
        folder.rename(old)
    draft.rename(folder)
    shutil.rmtree(old, ignore_errors=True)


def _check_disk(folder: Path) -> None:
    free = shutil.disk_usage(folder.parent).free
    if free < _NEEDED_BYTES:
        raise SetupProblem(
            f"Only {free / 1e9:.1f} GB are free here and set-up needs "
            f"{_NEEDED_BYTES / 1e9:.1f} GB: free some disk and start again."
        )


def _stamped(folder: Path) -> dict[str, str]:
    try:
        held = json.loads((folder / _STAMP).read_text(encoding="utf-8"))
    except (OSError, ValueError):
        return {}
    return held if isinstance(held, dict) else {}


def _digest(lock: Path) -> str:
    return hashlib.sha256(lock.read_bytes()).hexdigest()
