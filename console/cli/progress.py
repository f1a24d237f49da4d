"""Progress on stderr: a spinner per step, a bar for training."""

from __future__ import annotations

import time
from collections.abc import Iterator
from contextlib import contextmanager

from rich.console import Console
from rich.progress import BarColumn, Progress, SpinnerColumn, TextColumn, TimeElapsedColumn

to_stderr = Console(stderr=True, highlight=False)


@contextmanager
def rich_step(sentence: str) -> Iterator[None]:
    """Shows the sentence while its block runs, and the time it took."""
    started = time.monotonic()
    if not to_stderr.is_terminal:
        to_stderr.print(f"baton: {sentence} …")
    with to_stderr.status(f"{sentence} …"):
        yield
    to_stderr.print(f"baton: {sentence}: {time.monotonic() - started:.0f} s")


@contextmanager
def training_bar() -> Iterator[Progress]:
    columns = (
        SpinnerColumn(),
        TextColumn("{task.description}"),
        BarColumn(),
        TimeElapsedColumn(),
    )
    with Progress(*columns, console=to_stderr, transient=True) as progress:
        yield progress
