"""`python -m tests.lint`: every check of the text of this repository; all run, then one exit."""

from __future__ import annotations

import subprocess
import sys
from pathlib import Path

PROJECT = Path(__file__).resolve().parent.parent

CHECKS = (
    ("ruff", "check", "--quiet", "."),
    ("ruff", "format", "--check", "--quiet", "."),
    ("mypy",),
    ("mypy", "--config-file", "bot/mypy.ini", "-p", "bot"),  # the engine's own Python
    ("lint-imports", "--no-logo"),
    ("codespell",),
    ("djlint", "--lint", "--quiet", "console/templates"),
)


def main() -> int:
    failed = [check for check in CHECKS if not _passes(check)]
    for check in failed:
        print(f"FAILED: {' '.join(check)}", file=sys.stderr)
    print(f"{len(CHECKS) - len(failed)} passed, {len(failed)} failed")
    return 1 if failed else 0


def _passes(check: tuple[str, ...]) -> bool:
    program = Path(sys.executable).with_name(check[0])
    print(f"lint: {' '.join(check)}", flush=True)
    return subprocess.run([program, *check[1:]], cwd=PROJECT, check=False).returncode == 0


if __name__ == "__main__":
    sys.exit(main())
