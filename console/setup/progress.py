"""Progress before there is anything nicer: one line per step on stderr, with the time it took."""

from __future__ import annotations

import sys
import threading
import time
from collections.abc import Callable, Iterator
from contextlib import AbstractContextManager, contextmanager

Step = Callable[[str], AbstractContextManager[None]]  # shows a sentence while its block runs

_SIGN_OF_LIFE_S = 10.0


@contextmanager
def plain_step(sentence: str) -> Iterator[None]:
    started = time.monotonic()
    done = threading.Event()
    ticker = threading.Thread(target=_tick, args=(done, started), daemon=True)
    print(f"baton: {sentence} …", file=sys.stderr, flush=True)
    ticker.start()
    try:
        yield
        print(f"baton:   done in {time.monotonic() - started:.0f} s", file=sys.stderr, flush=True)
    finally:
        done.set()


def _tick(done: threading.Event, started: float) -> None:
    while not done.wait(_SIGN_OF_LIFE_S):
        seconds = time.monotonic() - started
        print(f"baton:   still at it after {seconds:.0f} s", file=sys.stderr, flush=True)
