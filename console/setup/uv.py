"""Gets uv, which builds both environments: the one on PATH, or our own pinned copy."""

from __future__ import annotations

import re
import shutil
import sys
from pathlib import Path

from console.setup.command import answer_of, run
from console.setup.places import TOOLS, python_in
from console.setup.problem import SetupProblem
from console.setup.progress import Step

_PIN = Path(__file__).with_name("uv-requirements.lock")
_OLDEST = (0, 5, 0)  # relocatable environments together with hash-checked installs


def find_or_get_uv(step: Step) -> Path:
    """A usable uv. Raises `SetupProblem` when there is none and none can be installed."""
    found = find_uv()
    if found is not None:
        return found
    with step("getting uv, the package installer"):
        return _install()


def find_uv() -> Path | None:
    on_path = shutil.which("uv")
    for candidate in ([Path(on_path)] if on_path else []) + [_own()]:
        if _is_usable(candidate):
            return candidate
    return None


def _own() -> Path:
    return TOOLS / "uv" / "bin" / "uv"


def _is_usable(candidate: Path) -> bool:
    version = re.match(r"uv (\d+)\.(\d+)\.(\d+)", answer_of([candidate, "--version"]) or "")
    return version is not None and tuple(map(int, version.groups())) >= _OLDEST


def _install() -> Path:
    folder = TOOLS / "uv"
    shutil.rmtree(folder, ignore_errors=True)
    try:
        _make_environment(folder)
        _install_pinned(folder)
    except BaseException:  # Ctrl-C too: a half-made folder would be found next time
        shutil.rmtree(folder, ignore_errors=True)
        raise
    return _own()


def _make_environment(folder: Path) -> None:
    run(
        [sys.executable, "-m", "venv", folder],
        failing=(
            "uv is missing and this Python cannot make an environment for it: install uv, or "
            "the package python3-venv, and start again."
        ),
    )


def _install_pinned(folder: Path) -> None:
    pip: list[str | Path] = [
        python_in(folder),
        "-m",
        "pip",
        "install",
        "--quiet",
        "--disable-pip-version-check",
    ]
    run(
        [*pip, "--only-binary", ":all:", "--require-hashes", "-r", _PIN],
        failing="uv could not be installed.",
    )
    if not _is_usable(_own()):
        raise SetupProblem("uv was installed but does not start; install it by hand.")
