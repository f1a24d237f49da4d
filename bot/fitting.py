"""Learns a `LinearHead`: multinomial logistic regression on n-grams and sentence vectors together.

Written out with L-BFGS because the two halves want different matrix products: a library call on
one sparse matrix took five times as long. The temperature comes from stratified folds, the border
of the known from each example's distance to its nearest neighbour. Source: docs/adr/0025.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass, replace

import numpy as np
import numpy.typing as npt
from scipy.optimize import minimize, minimize_scalar
from scipy.sparse import csr_matrix

from bot.linear_head import OUT_OF_SCOPE, Array, Examples, LinearHead, Scale, softmax
from bot.ngrams import Vocabulary, learn

Matrix = npt.NDArray[np.float64]
MANY = 1000  # examples; below, every n-gram counts


@dataclass(frozen=True)
class FitOptions:
    """`penalty`: weight of the squared norm per example; smaller fits closer."""

    penalty: float = 3e-4
    sparse_scale: float = 2.0
    dense_scale: float = 4.0
    balance: float = 0.5  # 0: every example counts the same; 1: every label does
    folds: int = 3
    steps: int = 60
    fold_steps: int = 40
    seen_at_least: int = 2  # n-grams of one example only triple the time and add nothing
    far_share: float = 0.02  # share of training examples that may count as far from all others


@dataclass(frozen=True)
class Rows:
    """Features of examples: `sparse` and `dense` have one row each, `targets` a label index."""

    sparse: csr_matrix
    dense: Matrix
    targets: npt.NDArray[np.int64]

    def take(self, chosen: npt.NDArray[np.int64]) -> Rows:
        return Rows(self.sparse[chosen], self.dense[chosen], self.targets[chosen])


@dataclass(frozen=True)
class Weights:
    sparse: Matrix
    dense: Matrix
    bias: Matrix

    def scores(self, rows: Rows) -> Matrix:
        scores: Matrix = rows.sparse @ self.sparse + rows.dense @ self.dense + self.bias
        return scores


def fit(
    texts: Sequence[str],
    vectors: Array,
    full_labels: Sequence[str],
    options: FitOptions,
) -> LinearHead:
    """`texts` normalised; `vectors` one row each (no columns without an encoder)."""
    labels = sorted(set(full_labels))
    vocabulary = learn(texts, options.seen_at_least if len(texts) >= MANY else 1)
    rows = _rows(texts, vectors, vocabulary, [labels.index(one) for one in full_labels], options)
    weights = fit_weights(rows, len(labels), options)
    return LinearHead(
        labels=labels,
        vocabulary=vocabulary,
        sparse=(weights.sparse * options.sparse_scale).astype(np.float32),
        dense=(weights.dense * options.dense_scale).astype(np.float32),
        bias=weights.bias.astype(np.float32),
        scale=Scale(temperature(rows, labels, options), near_border(vectors, full_labels, options)),
        examples=Examples(vectors.astype(np.float32), list(full_labels)),
    )


def _rows(
    texts: Sequence[str],
    vectors: Array,
    vocabulary: Vocabulary,
    targets: list[int],
    options: FitOptions,
) -> Rows:
    found = [vocabulary.row(text) for text in texts]
    starts = np.cumsum([0, *(len(columns) for columns, _ in found)])
    columns = [column for row, _ in found for column in row]
    values = [value * options.sparse_scale for _, row in found for value in row]
    sparse = csr_matrix((values, columns, starts), shape=(len(texts), len(vocabulary.weights)))
    return Rows(sparse, vectors.astype(np.float64) * options.dense_scale, np.asarray(targets))


def fit_weights(rows: Rows, labels: int, options: FitOptions) -> Weights:
    """The minimum of weighted log loss plus penalty; the bias is not penalised."""
    examples, grams = rows.sparse.shape
    dimensions = rows.dense.shape[1]
    truth = np.zeros((examples, labels))
    truth[np.arange(examples), rows.targets] = 1.0
    share = _shares(rows.targets, labels, options.balance)[:, np.newaxis]
    transposed = rows.sparse.T.tocsr()

    def split(flat: Matrix) -> Weights:
        table = flat.reshape(grams + dimensions + 1, labels)
        return Weights(table[:grams], table[grams:-1], table[-1])

    def loss(flat: Matrix) -> tuple[float, Matrix]:
        weights = split(flat)
        chances = softmax(weights.scores(rows))
        error = (chances - truth) * share
        slope = np.vstack([transposed @ error, rows.dense.T @ error, error.sum(axis=0)])
        held = flat.reshape(-1, labels).copy()
        held[-1] = 0.0
        cost = -(share[:, 0] * np.log(chances[truth == 1.0] + 1e-12)).sum()
        slope += options.penalty * held
        return cost + options.penalty * (held**2).sum() / 2, slope.ravel()

    start = np.zeros((grams + dimensions + 1) * labels)
    found = minimize(
        loss, start, jac=True, method="L-BFGS-B", options={"maxiter": options.steps, "maxcor": 8}
    )
    return split(found.x)


def _shares(targets: npt.NDArray[np.int64], labels: int, balance: float) -> Matrix:
    """What each example counts; the shares sum to one."""
    counts = np.bincount(targets, minlength=labels)
    shares = (len(targets) / counts[targets]) ** balance
    return np.asarray(shares / shares.sum(), np.float64)


def temperature(rows: Rows, labels: Sequence[str], options: FitOptions) -> float:
    """Makes confidence mean "right that often" on examples that were left out of the fit."""
    scores, truth = [], []
    for held_out in _folds(rows.targets, options.folds):
        inside = np.setdiff1d(np.arange(len(rows.targets)), held_out)
        weights = fit_weights(
            rows.take(inside), len(labels), replace(options, steps=options.fold_steps)
        )
        scores.append(weights.scores(rows.take(held_out)))
        truth.append(rows.targets[held_out])
    if not scores:
        return 1.0
    return _best_temperature(np.vstack(scores), np.concatenate(truth), labels)


def _best_temperature(scores: Matrix, truth: npt.NDArray[np.int64], labels: Sequence[str]) -> float:
    """Topics of one intent count together: only a wrong intent is a mistake."""
    intents = np.asarray([label.split("/", 1)[0] for label in labels])
    accepted = intents[np.newaxis, :] == intents[truth][:, np.newaxis]

    def loss(log_temperature: float) -> float:
        chances = softmax(scores / np.exp(log_temperature))
        return float(-np.log((chances * accepted).sum(axis=1) + 1e-12).mean())

    best = minimize_scalar(loss, bounds=(-2.5, 2.5), method="bounded")
    return float(np.exp(best.x))


def _folds(targets: npt.NDArray[np.int64], folds: int) -> list[npt.NDArray[np.int64]]:
    """Held-out indices per fold. A label with one example is never held out."""
    counts = Counter(targets.tolist())
    turn: Counter[int] = Counter()
    held: list[list[int]] = [[] for _ in range(folds)]
    for at in np.random.default_rng(7).permutation(len(targets)).tolist():
        label = int(targets[at])
        if counts[label] > 1:
            held[turn[label] % folds].append(at)
            turn[label] += 1
    return [np.asarray(sorted(fold)) for fold in held if fold]


def near_border(vectors: Array, intents: Sequence[str], options: FitOptions) -> float:
    """Only the loneliest few in-scope examples are farther than this from all others."""
    inside = vectors[[at for at, name in enumerate(intents) if name != OUT_OF_SCOPE]]
    if inside.shape[1] == 0 or len(inside) < 10:
        return -1.0
    near = inside @ inside.T
    np.fill_diagonal(near, -1.0)
    return float(np.quantile(near.max(axis=1), options.far_share))
