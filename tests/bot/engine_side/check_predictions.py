"""A remembered prediction is the head's own, for exactly this text and this vector."""

from __future__ import annotations

import unittest
from types import SimpleNamespace
from typing import Any
from unittest.mock import patch

import numpy as np

from bot import environment

environment.prepare()

from bot.components.linear_classifier import LinearClassifier  # noqa: E402 - after the import hook
from bot.fitting import FitOptions, fit  # noqa: E402
from bot.linear_head import LinearHead, Prediction  # noqa: E402
from bot.predictions import LONGEST, RememberingHead, remember_predictions  # noqa: E402

TEXTS = ["退货", "我要退货", "明天下雨吗", "股票涨吗"]
LABELS = ["request_return"] * 2 + ["out_of_scope"] * 2
VECTORS = np.repeat(np.eye(2, dtype=np.float32), 2, axis=0)
HEAD = fit(TEXTS, VECTORS, LABELS, FitOptions(steps=30, fold_steps=10))
HERE, THERE = np.eye(2, dtype=np.float32)


class ThePredictions(unittest.TestCase):
    def setUp(self) -> None:
        self.head = RememberingHead(HEAD, remembered=2)
        self.asked: list[str] = []
        predict = LinearHead.predict

        def note(head: LinearHead, text: str, vector: Any) -> Prediction:
            self.asked.append(text)
            return predict(head, text, vector)

        noting = patch.object(LinearHead, "predict", note)
        noting.start()
        self.addCleanup(noting.stop)

    def test_a_sentence_that_was_said_before_is_not_predicted_again(self) -> None:
        first = self.head.predict("退货", HERE)

        self.assertEqual(self.head.predict("退货", HERE.copy()), first)
        self.assertEqual(self.asked, ["退货"])
        self.assertEqual(first, HEAD.predict("退货", HERE))

    def test_another_vector_or_text_is_another_prediction(self) -> None:
        self.head.predict("退货", HERE)

        for text, vector in (("退货", THERE), ("退货", None), ("股票", HERE)):
            self.assertEqual(self.head.predict(text, vector), HEAD.predict(text, vector))
        self.assertEqual(self.asked, ["退货", "退货", "退货", "退货", "退货", "股票", "股票"])

    def test_what_was_not_said_for_longest_is_forgotten_first(self) -> None:
        for text in ("one", "two", "one", "three", "one", "two"):
            self.head.predict(text, HERE)

        self.assertEqual(self.asked, ["one", "two", "three", "two"])

    def test_a_long_text_takes_no_place(self) -> None:
        for text in ("short", "x" * (LONGEST + 1), "x" * (LONGEST + 1), "short"):
            self.head.predict(text, HERE)

        self.assertEqual([len(text) for text in self.asked], [5, LONGEST + 1, LONGEST + 1])

    def test_only_a_trained_classifier_gets_a_memory(self) -> None:
        store: Any = SimpleNamespace()
        trained = LinearClassifier({}, store, store, HEAD)
        untrained = LinearClassifier({}, store, store)
        remember_predictions([trained, untrained, "another component"])

        self.assertIsInstance(trained._head, RememberingHead)
        self.assertIsNone(untrained._head)


if __name__ == "__main__":
    unittest.main()
