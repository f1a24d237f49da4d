"""The judge finds each kind of broken promise, and none where there is none."""

from __future__ import annotations

from typing import Any

import pytest

from tests.faults.ledger import Verdict, Witness, judge


def event(seq: int, client_msg_id: str | None = None, *, public: bool = True) -> dict[str, Any]:
    return {"seq": seq, "public": public, "client_msg_id": client_msg_id}


def customer(*seen: int, acked: dict[str, int] | None = None) -> Witness:
    shown = [event(seq, {1: "a", 2: "b"}.get(seq)) for seq in seen]
    return Witness("customer", ["a", "b"], acked or {"a": 1, "b": 2}, shown, public_only=True)


STORED = [event(1, "a"), event(2, "b"), event(3, public=False), event(4)]


def test_finds_nothing_where_every_promise_was_kept() -> None:
    assert judge(STORED, [customer(1, 2, 4)]) == Verdict()


def test_a_message_that_is_shown_needs_no_acknowledgement() -> None:
    assert judge(STORED, [customer(1, 2, 4, acked={"a": 1})]) == Verdict()


@pytest.mark.parametrize(
    ("stored", "witness", "field"),
    [
        ([event(1, "a"), event(2)], customer(1, 2, acked={"a": 1}), "lost"),
        ([event(1, "a"), event(2, "b"), event(3, "b")], customer(1, 2, 3), "doubled"),
        (STORED, customer(1, 2, 2, 4), "doubled"),
        (STORED, customer(1, 2, 4, acked={"a": 2, "b": 2}), "misplaced"),
        ([event(1, "b"), event(2, "a")], customer(1, 2, acked={}), "misplaced"),
        (STORED, customer(1, 4, 2), "misplaced"),
        ([event(1, "a"), event(2, "b"), event(4)], customer(1, 2, 4), "holes"),
        (STORED, customer(1, 4), "not_shown"),
        (STORED, customer(1), "not_shown"),
        (STORED, customer(4, acked={"a": 1}), "not_shown"),
    ],
)
def test_finds_what_was_broken(stored: list[dict[str, Any]], witness: Witness, field: str) -> None:
    verdict = judge(stored, [witness])

    assert getattr(verdict, field)
    assert not verdict.is_clean
