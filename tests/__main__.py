"""`python -m tests`: the pages on Node, then everything else; arguments go to pytest alone."""

from __future__ import annotations

import subprocess
import sys
from pathlib import Path

PROJECT = Path(__file__).resolve().parent.parent


def main(words: list[str]) -> int:
    statuses = [] if words else [_run(_node_tests())]
    statuses.append(_run([sys.executable, "-m", "pytest", *words]))
    return next((status for status in statuses if status), 0)


def _node_tests() -> list[str]:
    files = sorted(map(str, (PROJECT / "tests" / "js").glob("*.test.mjs")))
    return [str(Path(sys.executable).with_name("node")), "--test", *files]


def _run(command: list[str]) -> int:
    return subprocess.run(command, cwd=PROJECT, check=False).returncode


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
