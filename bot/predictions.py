"""What a head says of sentences, remembered: customers say the same ones again and again.

A prediction depends on the head, which never changes, on the text and on its vector. The memory
belongs to one head and its key is the other two, so nothing can make wrong what it holds.
Source: docs/adr/0027.
"""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import fields

from bot.components.linear_classifier import LinearClassifier
from bot.linear_head import Array, LinearHead, Prediction
from bot.memory import Memory

REMEMBERED = 2_000  # predictions of about 12 kB: 24 MB when full
LONGEST = 200  # characters; longer texts are hardly ever said twice
_Key = tuple[str, bytes | None]


def remember_predictions(components: Iterable[object]) -> None:
    """From now on every intent classifier among these predicts a sentence once."""
    for one in components:
        if isinstance(one, LinearClassifier) and one._head is not None:
            one._head = RememberingHead(one._head)


class RememberingHead(LinearHead):
    """Safe to call from several threads; nobody may change a prediction."""

    def __init__(self, head: LinearHead, remembered: int = REMEMBERED) -> None:
        super().__init__(**{one.name: getattr(head, one.name) for one in fields(LinearHead)})
        object.__setattr__(self, "_memory", Memory(remembered))

    def predict(self, text: str, vector: Array | None) -> Prediction:
        if len(text) > LONGEST:
            return super().predict(text, vector)
        memory: Memory[_Key, Prediction] = self.__dict__["_memory"]
        key = text, None if vector is None else vector.tobytes()
        found = memory.get(key)
        if found is None:
            found = super().predict(text, vector)
            memory.keep(key, found)
        return found
