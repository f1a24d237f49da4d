"""Where things are: one list, so that no step guesses a folder."""

from __future__ import annotations

from pathlib import Path

PROJECT = Path(__file__).resolve().parent.parent.parent
TOOLS = PROJECT / "var" / "tools"  # uv, the lock and the log of set-up; never data
LOG = TOOLS / "setup.log"
PAGES = PROJECT / "console" / "static"


def python_in(environment: Path) -> Path:
    return environment / "bin" / "python"
