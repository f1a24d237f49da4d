"""Runs as a script: `die_with_parent.py PARENT_PID COMMAND…` becomes COMMAND and never outlives us.

A script and not a `preexec_fn`, because Python code between fork and exec can deadlock in a
process that has threads. Linux only; elsewhere it just becomes the command.
"""

from __future__ import annotations

import ctypes
import os
import signal
import sys

_PR_SET_PDEATHSIG = 1  # linux/prctl.h; survives the exec


def main(parent: int, command: list[str]) -> None:
    if sys.platform == "linux":
        ctypes.CDLL(None).prctl(_PR_SET_PDEATHSIG, signal.SIGKILL)
        if os.getppid() != parent:  # it died before the line above
            sys.exit(1)
    os.execv(command[0], command)  # noqa: S606


if __name__ == "__main__":
    main(int(sys.argv[1]), sys.argv[2:])
