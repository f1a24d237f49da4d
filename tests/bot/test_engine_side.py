"""Runs the checks of `engine_side` in the engine's environment, which alone has numpy and Rasa."""

from __future__ import annotations

import subprocess
from pathlib import Path

import pytest

PROJECT = Path(__file__).resolve().parents[2]
PYTHON = PROJECT / ".venv-engine" / "bin" / "python"


@pytest.mark.skipif(not PYTHON.exists(), reason="the engine's environment is not set up")
def test_the_checks_inside_the_engines_environment_pass() -> None:
    where = ["-s", "tests/bot/engine_side", "-t", ".", "-p", "check_*.py"]
    command = [str(PYTHON), "-m", "unittest", "discover", *where]
    done = subprocess.run(command, cwd=PROJECT, capture_output=True, text=True, check=False)

    assert done.returncode == 0, done.stderr
    assert "Ran 36 tests" in done.stderr
