"""The steps of set-up, each skipped at once when its result is up to date."""

from __future__ import annotations

import fcntl
from collections.abc import Iterator
from contextlib import contextmanager

from console.setup.environments import (
    DESK,
    DESK_AND_TOOLS,
    ENGINE,
    Environment,
    build,
    has_tools,
    is_ready,
)
from console.setup.pages import bundle_pages, pages_are_ready
from console.setup.places import TOOLS
from console.setup.progress import Step
from console.setup.uv import find_or_get_uv


def prepare_desk(step: Step, *, with_tools: bool = False) -> None:
    _prepare(DESK_AND_TOOLS if with_tools or has_tools(DESK) else DESK, step)


def prepare_engine(step: Step) -> None:
    _prepare(ENGINE, step)


def prepare_pages(step: Step) -> None:
    if pages_are_ready():
        return
    with _one_at_a_time():
        if not pages_are_ready():
            bundle_pages(step)


def _prepare(environment: Environment, step: Step) -> None:
    if is_ready(environment):
        return
    with _one_at_a_time():
        if not is_ready(environment):  # another terminal may have finished it meanwhile
            build(environment, find_or_get_uv(step), step)


@contextmanager
def _one_at_a_time() -> Iterator[None]:
    TOOLS.mkdir(parents=True, exist_ok=True)
    with (TOOLS / "setup.lock").open("w") as lock:
        fcntl.flock(lock, fcntl.LOCK_EX)
        yield
