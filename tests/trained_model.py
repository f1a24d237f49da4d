"""A model of the shipped training data: trained once, and again when anything it needs changed."""

from __future__ import annotations

import contextlib
import os
import subprocess
from collections.abc import Iterator
from pathlib import Path

from tests.plugins.missing import cannot_run

PROJECT = Path(__file__).resolve().parent.parent
MODELS = PROJECT / "var" / "test-models"
ENGINE_PYTHON = PROJECT / ".venv-engine" / "bin" / "python"
_COMMAND = [str(ENGINE_PYTHON), "-m", "bot", "train", "--if-needed", "--out", str(MODELS)]
_BESIDE = 10  # of niceness: the tests that need no model go first


def trained_models() -> Path:
    """The folder of an up-to-date model; waits for a training that is under way."""
    if not ENGINE_PYTHON.exists():
        cannot_run("the engine's environment", "run `./baton --dev`")
    result = subprocess.run(
        _COMMAND, cwd=PROJECT, env=_environment(), capture_output=True, text=True, check=False
    )
    assert result.returncode == 0, result.stderr
    return MODELS


@contextlib.contextmanager
def training_beside() -> Iterator[None]:
    """Trains while the block runs. What goes wrong is said by whoever needs the model."""
    if not ENGINE_PYTHON.exists():
        yield
        return
    process = subprocess.Popen(
        ["nice", "-n", str(_BESIDE), *_COMMAND],
        cwd=PROJECT,
        env=_environment(),
        stdin=subprocess.DEVNULL,
        stdout=subprocess.DEVNULL,
        stderr=subprocess.DEVNULL,
    )
    try:
        yield
    finally:
        process.kill()
        process.wait()


def _environment() -> dict[str, str]:
    return {**os.environ, "PYTHONWARNINGS": "ignore"}
