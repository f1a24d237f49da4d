"""The judge of the fault test: what clients were promised and shown, against what is stored."""

from __future__ import annotations

from collections import Counter
from dataclasses import dataclass, field
from itertools import pairwise
from typing import Any


@dataclass
class Witness:
    """What one client knows at the end. `acked`: client_msg_id → seq; `shown`: events in order."""

    name: str
    written: list[str]
    acked: dict[str, int]
    shown: list[dict[str, Any]]
    public_only: bool = False


@dataclass
class Verdict:
    """All empty when every promise was kept."""

    lost: list[str] = field(default_factory=list)
    doubled: list[str] = field(default_factory=list)
    misplaced: list[str] = field(default_factory=list)
    holes: list[str] = field(default_factory=list)
    not_shown: list[str] = field(default_factory=list)

    @property
    def is_clean(self) -> bool:
        return not any(vars(self).values())

    def summary(self) -> str:
        return ", ".join(f"{name} {len(found)}" for name, found in vars(self).items())


def judge(stored: list[dict[str, Any]], witnesses: list[Witness]) -> Verdict:
    """`stored`: every event as `{seq, public, client_msg_id}`, by seq."""
    verdict = Verdict()
    seqs = [event["seq"] for event in stored]
    verdict.holes = [f"after {seq}" for seq, nxt in pairwise(seqs) if nxt != seq + 1]
    by_id: dict[str, list[int]] = {}
    for event in stored:
        if event["client_msg_id"]:
            by_id.setdefault(event["client_msg_id"], []).append(event["seq"])
    verdict.doubled = [one for one, places in by_id.items() if len(places) > 1]
    for witness in witnesses:
        _judge_messages(verdict, witness, by_id)
        _judge_view(verdict, witness, stored)
    return verdict


def _judge_messages(verdict: Verdict, witness: Witness, by_id: dict[str, list[int]]) -> None:
    verdict.lost += [one for one in witness.written if one not in by_id]
    verdict.misplaced += [
        f"{one}: acknowledged at {seq}, stored at {by_id[one]}"
        for one, seq in witness.acked.items()
        if one in by_id and by_id[one] != [seq]
    ]
    places = [by_id[one][0] for one in witness.written if one in by_id]
    if places != sorted(places):
        verdict.misplaced.append(f"{witness.name}'s messages are not in the order of writing")


def _judge_view(verdict: Verdict, witness: Witness, stored: list[dict[str, Any]]) -> None:
    shown = [event["seq"] for event in witness.shown]
    verdict.doubled += [
        f"{seq} shown twice to {witness.name}" for seq, n in Counter(shown).items() if n > 1
    ]
    if shown != sorted(shown):
        verdict.misplaced.append(f"{witness.name} saw events out of order")
    due = {event["seq"] for event in stored if _is_due(event, witness, shown)}
    verdict.not_shown += [f"{seq} to {witness.name}" for seq in sorted(due - set(shown))]
    known = {*witness.acked, *(event["client_msg_id"] for event in witness.shown)}
    verdict.not_shown += [
        f"{one}: {witness.name} does not know that it is stored"
        for one in set(witness.written) - known
    ]


def _is_due(event: dict[str, Any], witness: Witness, shown: list[int]) -> bool:
    """What was stored while somebody looked; after that only what people wrote."""
    if witness.public_only and not event["public"]:
        return False
    has_come = event["seq"] <= max(shown, default=0) or event["client_msg_id"]
    return event["seq"] >= min(shown, default=0) and bool(has_come)
