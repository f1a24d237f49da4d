"""Finds the two interpreters: on PATH, in pyenv's versions folder, through uv; else uv fetches one.

pyenv's shims fail unless a version is selected, so its folder is read instead of its shims.
"""

from __future__ import annotations

import os
import shutil
from collections.abc import Iterator
from pathlib import Path

from console.setup.command import answer_of, run
from console.setup.problem import SetupProblem

DESK_VERSIONS = ("3.12", "3.13", "3.14")
ENGINE_VERSIONS = ("3.10",)

# A Python built without these headers starts, and fails much later.
_PROBE = (
    "import bz2, ctypes, lzma, sqlite3, ssl, sys, venv, zlib; print('%d.%d' % sys.version_info[:2])"
)


def find_interpreter(versions: tuple[str, ...], uv: Path) -> Path:
    """A working Python of the first version that this machine has or can get.

    Raises `SetupProblem` when there is none and none can be downloaded.
    """
    for version in versions:
        found = local_interpreter(version, uv)
        if found is not None:
            return found
    return _downloaded(versions[0], uv)


def local_interpreter(version: str, uv: Path | None) -> Path | None:
    for candidate in _candidates(version, uv):
        if answer_of([candidate, "-c", _PROBE]) == version:
            return candidate
    return None


def _candidates(version: str, uv: Path | None) -> Iterator[Path]:
    for name in (f"python{version}", "python3"):
        on_path = shutil.which(name)
        if on_path:
            yield Path(on_path)
    yield from _pyenv_versions(version)
    known = uv and answer_of([uv, "python", "find", "--no-project", "--system", version])
    if known:
        yield Path(known)


def _pyenv_versions(version: str) -> list[Path]:
    root = Path(os.environ.get("PYENV_ROOT") or Path.home() / ".pyenv")
    folders = sorted((root / "versions").glob(f"{version}.*"), key=_patch_level, reverse=True)
    return [folder / "bin" / "python" for folder in folders]


def _patch_level(folder: Path) -> int:
    last = folder.name.rpartition(".")[2]
    return int(last) if last.isdigit() else -1  # a pre-release comes last


def _downloaded(version: str, uv: Path) -> Path:
    run(
        [uv, "python", "install", version],
        failing=(
            f"Python {version} was not found on PATH, in pyenv or in uv, and could not be "
            f"downloaded; install it (`pyenv install {version}` for example) and start again."
        ),
    )
    found = local_interpreter(version, uv)
    if found is None:
        raise SetupProblem(f"Python {version} was downloaded but does not start.")
    return found
