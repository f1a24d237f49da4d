"""The head: topics add up, words suffice without an encoder, and storing changes nothing."""

from __future__ import annotations

import tempfile
from pathlib import Path
from unittest import TestCase

import numpy as np

from bot.fitting import FitOptions, fit
from bot.linear_head import OUT_OF_SCOPE, load, save

TEXTS = [
    "退货", "我要退货", "礼品卡怎么用", "礼品卡余额", "能寄国外吗", "发海外吗", "明天下雨吗", "股票涨吗",
]  # fmt: skip
LABELS = ["request_return"] * 2 + ["faq/gift_card"] * 2 + ["faq/abroad"] * 2 + [OUT_OF_SCOPE] * 2
OPTIONS = FitOptions(steps=30, fold_steps=10)
RETURN, CARD = np.eye(4, dtype=np.float32)[:2]


class LinearHeadTest(TestCase):
    def setUp(self) -> None:
        vectors = np.repeat(np.eye(4, dtype=np.float32), 2, axis=0)
        self.head = fit(TEXTS, vectors, LABELS, OPTIONS)

    def test_topics_of_one_intent_are_one_entry_of_the_ranking(self) -> None:
        found = self.head.predict("礼品卡", CARD)

        self.assertEqual([name for name, _ in found.ranking].count("faq"), 1)
        self.assertEqual((found.ranking[0][0], found.topic), ("faq", "gift_card"))
        self.assertAlmostEqual(sum(chance for _, chance in found.ranking), 1.0, places=4)

    def test_without_an_encoder_words_alone_name_intent_and_topic(self) -> None:
        head = fit(TEXTS, np.zeros((8, 0), np.float32), LABELS, OPTIONS)

        found = head.predict("能寄国外吗", None)

        self.assertEqual((found.ranking[0][0], found.topic, found.nearest), ("faq", "abroad", None))

    def test_only_a_retrieval_intent_has_a_topic(self) -> None:
        self.assertIsNone(self.head.predict("退货", RETURN).topic)

    def test_what_is_like_no_example_is_out_of_scope(self) -> None:
        near = self.head.predict("退货", RETURN)
        far = self.head.predict("退货", -RETURN)

        chance = dict(far.ranking)[OUT_OF_SCOPE]
        self.assertGreaterEqual(chance, dict(near.ranking)[OUT_OF_SCOPE])

    def test_what_is_stored_is_read_back(self) -> None:
        with tempfile.TemporaryDirectory() as folder:
            save(self.head, Path(folder))
            stored = load(Path(folder))

        was, now = self.head.predict("退货", RETURN), stored.predict("退货", RETURN)
        self.assertEqual(was.ranking[0][0], now.ranking[0][0])
        self.assertAlmostEqual(was.ranking[0][1], now.ranking[0][1], places=2)
