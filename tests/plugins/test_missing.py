"""What could not run is said at the end, and fails on CI."""

from __future__ import annotations

import os
import subprocess
import sys
from pathlib import Path

import pytest

PROJECT = Path(__file__).resolve().parents[2]
SUITE = """
from tests.plugins.missing import cannot_run

def test_runs():
    pass

def test_needs_a_browser():
    cannot_run("Chromium", "install the package chromium")
"""


def _run(folder: Path, *words: str, ci: str) -> subprocess.CompletedProcess[str]:
    (folder / "test_suite.py").write_text(SUITE)
    (folder / "pytest.ini").write_text("[pytest]\n")
    command = [sys.executable, "-m", "pytest", "-p", "tests.plugins.missing", *words]
    environment = {**os.environ, "PYTHONPATH": str(PROJECT), "CI": ci}
    return subprocess.run(
        command, cwd=folder, env=environment, capture_output=True, text=True, check=False
    )


@pytest.mark.parametrize(("ci", "status"), [("true", 1), ("", 0)])
def test_a_test_that_cannot_run_fails_only_on_ci(tmp_path: Path, ci: str, status: int) -> None:
    ended = _run(tmp_path, ci=ci)

    assert "NOT RUN ON THIS MACHINE" in ended.stdout
    assert "1 tests: Chromium is missing: install the package chromium" in ended.stdout
    assert ended.returncode == status


def test_nothing_is_said_when_everything_ran(tmp_path: Path) -> None:
    ended = _run(tmp_path, "-k", "test_runs", ci="true")

    assert "NOT RUN" not in ended.stdout
    assert ended.returncode == 0
