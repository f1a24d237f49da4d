"""The encoder's cache and its two ways through a batch. A stand-in model: no package needed."""

from __future__ import annotations

from collections.abc import Sequence
from unittest import TestCase

import numpy as np

from bot.encoder import BIG, Encoder, Vectors


class LengthModel:
    """Says how long a text is; counts what it was asked."""

    dim = 2

    def __init__(self) -> None:
        self.asked: list[str] = []

    def query(self, texts: Sequence[str]) -> Vectors:
        self.asked += texts
        return np.asarray([[len(text), 1] for text in texts], np.float32)


class EncoderTest(TestCase):
    def test_a_text_is_computed_once(self) -> None:
        model = LengthModel()
        encoder = Encoder(model)

        first = encoder.encode(["退货", "查快递", "退货"])
        again = encoder.encode(["退货"])

        self.assertEqual(model.asked, ["退货", "查快递"])
        self.assertEqual(first[:, 0].tolist(), [2, 3, 2])
        self.assertEqual(again[:, 0].tolist(), [2])

    def test_a_big_batch_is_shared_by_two_models_and_keeps_its_order(self) -> None:
        first, second = LengthModel(), LengthModel()
        texts = ["x" * (at % 90 + 1) + str(at) for at in range(BIG + 7)]

        vectors = Encoder(first, second=lambda: second).encode(texts)

        self.assertEqual(vectors[:, 0].tolist(), [len(text) for text in texts])
        self.assertLessEqual(abs(len(first.asked) - len(second.asked)), 1)

    def test_a_text_that_stands_often_makes_no_big_batch(self) -> None:
        model = LengthModel()

        Encoder(model, second=LengthModel).encode(["退货"] * BIG)

        self.assertEqual(model.asked, ["退货"])
