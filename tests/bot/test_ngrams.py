"""The sparse features."""

from __future__ import annotations

import math

import pytest

from bot.ngrams import EDGE, learn, ngrams

SEP = "\u241f"


def test_chinese_gives_character_and_english_word_ngrams() -> None:
    assert {"退", f"退{SEP}货", f"{EDGE}{SEP}退{SEP}货"} <= set(ngrams("退货"))
    assert {"my", f"my{SEP}parcel", "…par", "…cel"} <= set(ngrams("my parcel"))


def test_a_row_has_length_one_and_knows_only_what_was_learned() -> None:
    vocabulary = learn(["退货", "查快递"])

    columns, values = vocabulary.row("退货呀")

    assert len(columns) == len(values) > 0
    assert math.isclose(sum(value**2 for value in values), 1.0)
    assert vocabulary.row("xyz")[0] == [vocabulary.indices[EDGE]]


def test_rare_ngrams_weigh_more() -> None:
    vocabulary = learn(["退货", "退款", "退钱"])

    weights = {gram: vocabulary.weights[at] for gram, at in vocabulary.indices.items()}
    assert weights["退"] < weights["货"]
    assert weights["退"] == pytest.approx(1.0)
