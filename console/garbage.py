"""Garbage collection of a process that serves for long.

Almost everything a message makes is freed by its reference count. What is left for the collector
are rare cycles, and with Python's own thresholds it looks for them after every 700 objects: under
load that was a tenth of the CPU of a message (docs/adr/0028).
"""

from __future__ import annotations

import gc

YOUNG = 20_000  # objects made and not yet freed before the youngest are looked through; some MB
MIDDLE = 20
OLD = 50


def settle() -> None:
    """Called once, when all that lives from the start on is there: it is never looked at again."""
    gc.collect()
    gc.freeze()
    gc.set_threshold(YOUNG, MIDDLE, OLD)
