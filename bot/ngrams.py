"""Character and word n-grams with TF-IDF weights: the sparse half of the intent features.

Units are single Chinese characters and whole runs of Latin letters or digits, so one rule makes
character n-grams of Chinese and word n-grams of English. Longer Latin words add their inner
three-letter pieces, which forgive typing errors.
"""

from __future__ import annotations

import math
from collections import Counter
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass

from bot.tokens import cut

LONGEST = 3
EDGE = "\u2402"  # marks both ends, so that a short message differs from a piece of a longer one
_PIECE = 3


@dataclass(frozen=True)
class Vocabulary:
    """`weights[i]` is the inverse document frequency of the n-gram with index i."""

    indices: dict[str, int]
    weights: list[float]

    def row(self, text: str) -> tuple[list[int], list[float]]:
        """Indices and values of a unit-length row; empty for a text of unknown n-grams only."""
        counts = Counter(i for gram in ngrams(text) if (i := self.indices.get(gram)) is not None)
        values = [(1 + math.log(n)) * self.weights[i] for i, n in counts.items()]
        length = math.sqrt(sum(value * value for value in values)) or 1.0
        return list(counts), [value / length for value in values]


def learn(texts: Sequence[str], seen_at_least: int = 1) -> Vocabulary:
    """The n-grams that so many of these texts hold; rare ones weigh more."""
    seen_in: Counter[str] = Counter()
    for text in texts:
        seen_in.update(set(ngrams(text)))
    names = sorted(name for name, count in seen_in.items() if count >= seen_at_least)
    weights = [math.log((1 + len(texts)) / (1 + seen_in[name])) + 1 for name in names]
    return Vocabulary({name: i for i, name in enumerate(names)}, weights)


def ngrams(text: str) -> Iterator[str]:
    units = [EDGE, *(span.text for span in cut(text)), EDGE]
    for size in range(1, LONGEST + 1):
        for start in range(len(units) - size + 1):
            yield "\u241f".join(units[start : start + size])
    yield from _pieces(units)


def _pieces(units: Iterable[str]) -> Iterator[str]:
    for unit in units:
        if len(unit) > _PIECE and unit.isascii() and unit.isalpha():
            for start in range(len(unit) - _PIECE + 1):
                yield f"\u2026{unit[start : start + _PIECE]}"
