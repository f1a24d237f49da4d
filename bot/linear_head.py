"""The trained intent head: labels, weights and examples as plain arrays. Reading, no learning.

A prediction is a softmax over linear scores, divided by a temperature that was found on held-out
folds. Confidence then moves towards `out_of_scope` when no training example is near. Stored as
one `.npz` and one `.json`: fast to load, and no code is run by loading. Source: docs/adr/0025.
"""

from __future__ import annotations

import json
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import numpy as np
import numpy.typing as npt

from bot.ngrams import Vocabulary

OUT_OF_SCOPE = "out_of_scope"
FADE = 0.15  # similarity below the border over which confidence fades
LOST_AT_MOST = 0.8
Array = npt.NDArray[np.float32]


@dataclass(frozen=True)
class Scale:
    """`temperature` divides scores; below `near` no in-scope example is close enough."""

    temperature: float
    near: float  # cosine of centred vectors, -1 to 1; -1 where nothing was measured


@dataclass(frozen=True)
class Examples:
    """Training examples in memory: one unit vector and one full label each ("faq/topic")."""

    vectors: Array
    labels: list[str]


@dataclass(frozen=True)
class Prediction:
    """`ranking`: every label with its confidence, best first. `nearest`: None without vectors."""

    ranking: list[tuple[str, float]]
    nearest: float | None
    topic: str | None


@dataclass(frozen=True)
class LinearHead:
    """`sparse` has a row per n-gram, `dense` a row per dimension, both a column per label."""

    labels: list[str]
    vocabulary: Vocabulary
    sparse: Array
    dense: Array
    bias: Array
    scale: Scale
    examples: Examples

    def predict(self, text: str, vector: Array | None) -> Prediction:
        """`text` is normalised; `vector` is the centred unit vector, None without an encoder."""
        near = self._similarities(vector)
        nearest = self._nearest_in_scope(near)
        chances = self._fade(softmax(self.scores(text, vector) / self.scale.temperature), nearest)
        order = np.argsort(-chances, kind="stable")
        ranking = [(self.labels[i], float(chances[i])) for i in order]
        return Prediction(ranking, nearest, self._topic(ranking[0][0], near))

    def scores(self, text: str, vector: Array | None) -> Array:
        columns, values = self.vocabulary.row(text)
        scores = self.bias.copy()
        if columns:
            scores += np.asarray(values, np.float32) @ self.sparse[columns]
        if vector is not None and len(self.dense):
            scores += vector @ self.dense
        return scores

    def _similarities(self, vector: Array | None) -> Array | None:
        if vector is None or self.examples.vectors.shape[1] == 0:
            return None
        return self.examples.vectors @ vector

    def _nearest_in_scope(self, near: Array | None) -> float | None:
        if near is None:
            return None
        inside = [at for at, label in enumerate(self.examples.labels) if label != OUT_OF_SCOPE]
        return float(near[inside].max()) if inside else None

    def _fade(self, chances: Array, nearest: float | None) -> Array:
        """Takes confidence from every label when nothing like the text was ever trained."""
        if nearest is None or nearest >= self.scale.near:
            return chances
        lost = LOST_AT_MOST * min(1.0, (self.scale.near - nearest) / FADE)
        faded = chances * (1 - lost)
        if OUT_OF_SCOPE in self.labels:
            faded[self.labels.index(OUT_OF_SCOPE)] += lost
        return faded

    def _topic(self, label: str, near: Array | None) -> str | None:
        """For a retrieval intent: the topic of its nearest example."""
        if near is None:
            return None
        own = [i for i, full in enumerate(self.examples.labels) if full.startswith(f"{label}/")]
        if not own:
            return None
        return self.examples.labels[max(own, key=lambda i: near[i])].split("/", 1)[1]


def softmax(scores: npt.NDArray[Any]) -> npt.NDArray[Any]:
    exponents: npt.NDArray[Any] = np.exp(scores - scores.max(axis=-1, keepdims=True))
    chances: npt.NDArray[Any] = exponents / exponents.sum(axis=-1, keepdims=True)
    return chances


def save(head: LinearHead, folder: Path) -> None:
    np.savez(
        folder / "head.npz",
        sparse=head.sparse.astype(np.float16),
        dense=head.dense,
        bias=head.bias,
        idf=np.asarray(head.vocabulary.weights, np.float32),
        vectors=head.examples.vectors.astype(np.float16),
        scale=np.asarray([head.scale.temperature, head.scale.near], np.float64),
    )
    names = {
        "labels": head.labels,
        "ngrams": list(head.vocabulary.indices),
        "examples": head.examples.labels,
    }
    (folder / "head.json").write_text(json.dumps(names, ensure_ascii=False), "utf-8")


def load(folder: Path) -> LinearHead:
    names = json.loads((folder / "head.json").read_text("utf-8"))
    with np.load(folder / "head.npz", allow_pickle=False) as stored:
        arrays = {name: stored[name] for name in stored.files}
    temperature, near = (float(one) for one in arrays["scale"])
    return LinearHead(
        labels=names["labels"],
        vocabulary=Vocabulary(
            {name: i for i, name in enumerate(names["ngrams"])}, arrays["idf"].tolist()
        ),
        sparse=arrays["sparse"].astype(np.float32),
        dense=arrays["dense"],
        bias=arrays["bias"],
        scale=Scale(temperature, near),
        examples=Examples(arrays["vectors"].astype(np.float32), names["examples"]),
    )
