"""The figures of an evaluation, on a table small enough to count by hand."""

from __future__ import annotations

from pathlib import Path

from bot.families import families
from bot.figures import Case, evaluate
from console.desk.stage import STAGES

PROJECT = Path(__file__).resolve().parents[2]


def case(accepted: str, *ranking: str) -> Case:
    return Case("text", tuple(accepted.split(",")), ranking)


CASES = [
    case("a", "a", "b"),
    case("a", "b", "a"),
    case("a,b", "b"),
    case("out_of_scope", "a", "b", "c", "out_of_scope"),
    case("out_of_scope", "out_of_scope"),
    case("c"),
]


def test_accuracy_and_top_three_count_any_accepted_intent() -> None:
    figures = evaluate(CASES)

    assert (figures["cases"], figures["accuracy"], figures["top3"]) == (6, 0.5, 0.6667)


def test_precision_recall_and_f1_per_intent() -> None:
    rows = {row["intent"]: row for row in evaluate(CASES)["per_intent"]}

    assert rows["a"] == {"intent": "a", "support": 2, "precision": 0.5, "recall": 0.5, "f1": 0.5}
    assert rows["b"] == {"intent": "b", "support": 1, "precision": 0.5, "recall": 1.0, "f1": 0.6667}
    assert rows["c"]["f1"] == 0.0


def test_macro_f1_is_over_intents_that_occur() -> None:
    assert evaluate(CASES)["macro_f1"] == 0.4583  # (0.5 + 2/3 + 0 + 2/3) / 4


def test_out_of_scope_and_confusions() -> None:
    figures = evaluate(CASES)

    assert figures["out_of_scope"] == {"precision": 1.0, "recall": 0.5, "support": 2}
    assert figures["confusions"] == [
        {"truth": "a", "predicted": "b", "count": 1},
        {"truth": "c", "predicted": None, "count": 1},
        {"truth": "out_of_scope", "predicted": "a", "count": 1},
    ]


def test_a_stage_is_right_if_any_accepted_intent_has_it() -> None:
    stages = {"a": "order", "b": "order", "c": "member", "out_of_scope": "meta"}

    assert evaluate(CASES, stages)["stage"] == 0.6667  # four of six
    assert evaluate(CASES)["stage"] is None


def test_the_stages_are_those_of_the_desk() -> None:
    found = families(PROJECT / "data")

    assert {name: stage for name, stage in found.items() if stage not in {"meta", "faq"}} == {
        name: stage.replace("aftersale", "after_sale") for name, stage in STAGES.items()
    }
    assert sum(stage == "meta" for stage in found.values()) == 21


def test_an_empty_table_has_no_shares() -> None:
    assert evaluate([])["accuracy"] is None
