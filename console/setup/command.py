"""Runs one tool: output to the log, environment cleaned, a failure turned into a sentence."""

from __future__ import annotations

import os
import subprocess
from collections.abc import Mapping, Sequence
from pathlib import Path

from console.setup.places import LOG, PROJECT
from console.setup.problem import SetupProblem, advice_for

# An activated environment of somebody else must not leak into ours.
_FOREIGN = ("VIRTUAL_ENV", "PYTHONPATH", "PYTHONHOME", "CONDA_PREFIX", "UV_PYTHON", "PYENV_VERSION")


def clean_environment(**added: str) -> dict[str, str]:
    kept = {name: value for name, value in os.environ.items() if name not in _FOREIGN}
    return kept | added


def run(
    command: Sequence[str | Path],
    *,
    failing: str,
    folder: Path = PROJECT,
    environment: Mapping[str, str] | None = None,
) -> None:
    """The command has ended well; its output is in the log.

    Raises `SetupProblem`: `failing` (what could not be done) and what to do about it.
    """
    words = [str(word) for word in command]
    LOG.parent.mkdir(parents=True, exist_ok=True)
    result = subprocess.run(
        words,
        cwd=folder,
        env=dict(environment or clean_environment()),
        stdin=subprocess.DEVNULL,
        stdout=subprocess.PIPE,
        stderr=subprocess.STDOUT,
        text=True,
        errors="replace",
        check=False,
    )
    _log(words, result.stdout)
    if result.returncode != 0:
        raise SetupProblem(f"{failing} {advice_for(result.stdout)}")


def answer_of(command: Sequence[str | Path], *, timeout_s: float = 20) -> str | None:
    """What a short command prints, stripped; None when it is missing, fails or hangs."""
    try:
        result = subprocess.run(
            [str(word) for word in command],
            env=clean_environment(),
            stdin=subprocess.DEVNULL,
            capture_output=True,
            text=True,
            errors="replace",
            timeout=timeout_s,
            check=False,
        )
    except (OSError, subprocess.TimeoutExpired):
        return None
    return result.stdout.strip() if result.returncode == 0 else None


def _log(words: Sequence[str], output: str) -> None:
    try:
        with LOG.open("a", encoding="utf-8") as log:
            log.write(f"$ {' '.join(words)}\n{output}\n")
    except OSError:  # a full disk must not hide the sentence that says so
        return
