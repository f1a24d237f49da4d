"""`python -m tests.faults.nursery MODULE [WORD…]`: a child for each line on stdin; prints its pid.

Imports once and forks, so that a process that is killed twenty times costs its imports once. The
child runs `MODULE.main(*WORDS)`; it dies with this process, and this one when stdin ends.
"""

from __future__ import annotations

import contextlib
import importlib
import os
import signal
import sys


def main(module: str, *words: str) -> None:
    serve = importlib.import_module(module).main
    signal.signal(signal.SIGCHLD, signal.SIG_IGN)  # the kernel buries the dead
    child = 0
    for _ in sys.stdin:
        child = os.fork()
        if child == 0:
            _run(serve, words)
        print(child, flush=True)
    with contextlib.suppress(ProcessLookupError):
        if child:
            os.kill(child, signal.SIGKILL)


def _run(serve: object, words: tuple[str, ...]) -> None:
    signal.signal(signal.SIGCHLD, signal.SIG_DFL)
    os.dup2(sys.stderr.fileno(), sys.stdout.fileno())  # stdout is for pids alone
    assert callable(serve)
    try:
        serve(*words)
    finally:
        os._exit(1)


if __name__ == "__main__":
    main(*sys.argv[1:])
