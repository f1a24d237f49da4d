"""`python -m tests`: the pages on Node, then everything else; arguments go to pytest alone.

The engine is trained beside the tests that come first and do not need it.
"""

from __future__ import annotations

import subprocess
import sys
from pathlib import Path

from tests.trained_model import training_beside

PROJECT = Path(__file__).resolve().parent.parent


def main(words: list[str]) -> int:
    if words:
        return _run([sys.executable, "-m", "pytest", *words])
    with training_beside():
        statuses = [_run(_node_tests()), _run([sys.executable, "-m", "pytest"])]
    return next((status for status in statuses if status), 0)


def _node_tests() -> list[str]:
    files = sorted(map(str, (PROJECT / "tests" / "js").glob("*.test.mjs")))
    return [str(Path(sys.executable).with_name("node")), "--test", *files]


def _run(command: list[str]) -> int:
    return subprocess.run(command, cwd=PROJECT, check=False).returncode


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
