"""The figures of an evaluation, from rankings and accepted intents. No Rasa, no I/O.

Where several intents are accepted, the prediction counts for itself if it is among them, else
for the first accepted one.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any

OUT_OF_SCOPE = "out_of_scope"


@dataclass(frozen=True)
class Case:
    """`ranking`: predicted intents, best first; may be empty. `accepted`: at least one."""

    text: str
    accepted: tuple[str, ...]
    ranking: tuple[str, ...]

    @property
    def predicted(self) -> str | None:
        return self.ranking[0] if self.ranking else None

    @property
    def truth(self) -> str:
        return next((name for name in self.ranking[:1] if name in self.accepted), self.accepted[0])


def evaluate(cases: Sequence[Case], stages: Mapping[str, str] | None = None) -> dict[str, Any]:
    """`macro_f1` is over intents that occur as truth; shares are 0 to 1, None without cases.

    `stages`: stage by intent; without it the share of right stages is None.
    """
    per_intent = _per_intent(cases)
    occurring = [row for row in per_intent if row["support"]]
    return {
        "cases": len(cases),
        "accuracy": _share(sum(case.predicted in case.accepted for case in cases), len(cases)),
        "top3": _share(sum(_in_top(case, 3) for case in cases), len(cases)),
        "stage": _share(sum(_in_stage(case, stages) for case in cases), len(cases))
        if stages
        else None,
        "macro_f1": _share(sum(row["f1"] for row in occurring), len(occurring)),
        "out_of_scope": next(
            ({k: row[k] for k in ("precision", "recall", "support")}
             for row in per_intent if row["intent"] == OUT_OF_SCOPE), None
        ),
        "per_intent": per_intent,
        "confusions": _confusions(cases),
    }  # fmt: skip


def _in_top(case: Case, count: int) -> bool:
    return any(name in case.accepted for name in case.ranking[:count])


def _in_stage(case: Case, stages: Mapping[str, str]) -> bool:
    """Right if the stage of the predicted intent is that of any accepted one."""
    if case.predicted is None:
        return False
    return stages.get(case.predicted) in {stages.get(name, name) for name in case.accepted}


def _per_intent(cases: Sequence[Case]) -> list[dict[str, Any]]:
    truths = Counter(case.truth for case in cases)
    guesses = Counter(case.predicted for case in cases if case.predicted is not None)
    right = Counter(case.truth for case in cases if case.predicted == case.truth)
    return [
        _row(name, right[name], guesses[name], truths[name]) for name in sorted({*truths, *guesses})
    ]


def _row(intent: str, right: int, guessed: int, support: int) -> dict[str, Any]:
    precision, recall = _share(right, guessed) or 0.0, _share(right, support) or 0.0
    both = precision + recall
    return {
        "intent": intent,
        "support": support,
        "precision": precision,
        "recall": recall,
        "f1": round(2 * precision * recall / both, 4) if both else 0.0,
    }


def _confusions(cases: Sequence[Case]) -> list[dict[str, Any]]:
    pairs = Counter((case.truth, case.predicted) for case in cases if case.predicted != case.truth)
    return [
        {"truth": truth, "predicted": predicted, "count": count}
        for (truth, predicted), count in sorted(
            pairs.items(), key=lambda item: (-item[1], item[0][0], str(item[0][1]))
        )
    ]


def _share(part: float, whole: int) -> float | None:
    return round(part / whole, 4) if whole else None
