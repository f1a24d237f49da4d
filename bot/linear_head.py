"""The trained intent head: labels, weights and examples as plain arrays. Reading, no learning.

A prediction is a softmax over linear scores, divided by a temperature that was found on held-out
folds; the topics of a retrieval intent are labels of their own and are added up. The nearest
training examples have a say beside it. Confidence then moves towards `out_of_scope` when no
training example is near. Stored as one `.npz` and one `.json`: fast to load, and no code is run by
loading. Source: docs/adr/0025.
"""

from __future__ import annotations

import json
from dataclasses import dataclass
from functools import cached_property
from pathlib import Path
from typing import Any

import numpy as np
import numpy.typing as npt

from bot.ngrams import Vocabulary

OUT_OF_SCOPE = "out_of_scope"
FADE = 0.15  # similarity below the border over which confidence fades
LOST_AT_MOST = 0.8
NEIGHBOURS = 15
NEIGHBOURS_SHARE = 0.3
STEEPNESS = 12.0  # of a neighbour's vote in its similarity
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
    """`sparse` has a row per n-gram, `dense` a row per dimension, both a column per label.

    `labels`: intents, or "intent/topic" for every topic of a retrieval intent.
    """

    labels: list[str]
    vocabulary: Vocabulary
    sparse: Array
    dense: Array
    bias: Array
    scale: Scale
    examples: Examples

    @cached_property
    def intents(self) -> list[str]:
        return sorted({label.split("/", 1)[0] for label in self.labels})

    @cached_property
    def _owners(self) -> npt.NDArray[np.int64]:
        """For every label the place of its intent."""
        places = {name: at for at, name in enumerate(self.intents)}
        return np.asarray([places[label.split("/", 1)[0]] for label in self.labels], np.int64)

    @cached_property
    def _in_scope(self) -> npt.NDArray[np.bool_]:
        """Which examples a shop can answer."""
        return np.asarray([name != OUT_OF_SCOPE for name in self.examples.labels], np.bool_)

    @cached_property
    def _example_owners(self) -> npt.NDArray[np.int64]:
        """For every example the place of its intent."""
        places = {name: at for at, name in enumerate(self.intents)}
        found = [places[label.split("/", 1)[0]] for label in self.examples.labels]
        return np.asarray(found, np.int64)

    def predict(self, text: str, vector: Array | None) -> Prediction:
        """`text` is normalised; `vector` is the centred unit vector, None without an encoder."""
        near = None if vector is None else self._similarities(vector)
        nearest = None if near is None else float(near[self._in_scope].max(initial=-1.0))
        by_label = softmax(self.scores(text, vector) / self.scale.temperature)
        chances = self._fade(self._with_neighbours(self._added(by_label), near), nearest)
        order = np.argsort(-chances, kind="stable")
        ranking = [(self.intents[i], float(chances[i])) for i in order]
        return Prediction(ranking, nearest, self._topic(ranking[0][0], by_label))

    def scores(self, text: str, vector: Array | None) -> Array:
        columns, values = self.vocabulary.row(text)
        scores = self.bias.copy()
        if columns:
            scores += np.asarray(values, np.float32) @ self.sparse[columns]
        if vector is not None and len(self.dense):
            scores += vector @ self.dense
        return scores

    def _similarities(self, vector: Array) -> Array | None:
        return self.examples.vectors @ vector if self.examples.vectors.size else None

    def _added(self, by_label: Array) -> Array:
        """Chances per intent."""
        summed = np.bincount(self._owners, weights=by_label, minlength=len(self.intents))
        return summed.astype(np.float32)

    def _with_neighbours(self, chances: Array, near: Array | None) -> Array:
        if near is None:
            return chances
        closest = np.argpartition(-near, min(NEIGHBOURS, len(near)) - 1)[:NEIGHBOURS]
        votes = np.exp(STEEPNESS * near[closest])
        owners = self._example_owners[closest]
        theirs = np.bincount(owners, weights=votes / votes.sum(), minlength=len(self.intents))
        return (1 - NEIGHBOURS_SHARE) * chances + NEIGHBOURS_SHARE * theirs

    def _fade(self, chances: Array, nearest: float | None) -> Array:
        """Takes confidence from every intent when nothing like the text was ever trained."""
        if nearest is None or nearest >= self.scale.near:
            return chances
        lost = LOST_AT_MOST * min(1.0, (self.scale.near - nearest) / FADE)
        faded = chances * (1 - lost)
        if OUT_OF_SCOPE in self.intents:
            faded[self.intents.index(OUT_OF_SCOPE)] += lost
        return faded

    def _topic(self, intent: str, by_label: Array) -> str | None:
        """For a retrieval intent: its likeliest topic."""
        own = [at for at, full in enumerate(self.labels) if full.startswith(f"{intent}/")]
        if not own:
            return None
        return self.labels[max(own, key=lambda at: by_label[at])].split("/", 1)[1]


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
        # By columns: their product with one sentence is half the time that it takes by rows.
        examples=Examples(
            np.asfortranarray(arrays["vectors"], dtype=np.float32), names["examples"]
        ),
    )
