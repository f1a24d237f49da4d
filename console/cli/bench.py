"""`bench`: speed as ratios, measured on this machine; never part of the tests."""

from __future__ import annotations

import os
import sys

import typer

from console.cli.outcome import missing
from console.cli.progress import rich_step
from console.settings import PROJECT
from console.setup.steps import prepare_engine


def bench(context: typer.Context) -> None:
    """Measure the desk and the engine; prints a table and writes JSON."""
    if not (PROJECT / "tests" / "bench" / "__main__.py").is_file():
        raise missing("The benchmark is part of a source checkout and is not here.")
    prepare_engine(rich_step)
    sys.stdout.flush()
    os.chdir(PROJECT)
    os.execv(sys.executable, [sys.executable, "-m", "tests.bench", *context.args])  # noqa: S606
