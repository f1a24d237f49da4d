"""Warranties: their end, time in repair, exchanges, misuse, fees, and two repairs in vain."""

from __future__ import annotations

from dataclasses import replace
from datetime import datetime, timedelta

import pytest

from console.desk.after_sale import AfterSaleKind, AfterSaleState, ReturnReason
from console.desk.calendar import start_of_next_day
from console.desk.product import Category
from console.desk.repair import decide_repair, misuse_in
from console.desk.return_policy import Alternative, Outcome, ReturnFacts
from console.desk.warranty import NO_HISTORY, ServiceHistory, history_of, warranty_window
from tests.desk.shop_samples import POLICIES, SECOND, SIGNED, a_line, an_order
from tests.desk.test_after_sale import FILED

LINE = a_line()
ORDER = an_order(LINE)
FACTS = ReturnFacts(order=ORDER, line=LINE, reason=ReturnReason.QUALITY_FAULT)
END = start_of_next_day(SIGNED) + timedelta(days=365)


@pytest.mark.parametrize(("now", "fee"), [(END - SECOND, 0), (END, 50_00), (END + SECOND, 50_00)])
def test_a_repair_is_free_until_the_warranty_ends(now: datetime, fee: int) -> None:
    found = decide_repair(FACTS, POLICIES, now, history=NO_HISTORY, fault="不转了")

    assert (found.decision.is_allowed, found.fee_fen) == (True, fee)


def test_time_in_repair_is_added() -> None:
    window = warranty_window(ORDER, LINE, POLICIES, ServiceHistory(in_repair=timedelta(days=9)))

    assert window is not None
    assert window.end == END + timedelta(days=9)


def test_an_exchange_starts_the_warranty_afresh() -> None:
    changed = SIGNED + timedelta(days=14)

    window = warranty_window(ORDER, LINE, POLICIES, ServiceHistory(exchanged_at=changed))

    assert window is not None
    assert window.end == start_of_next_day(changed) + timedelta(days=365)


@pytest.mark.parametrize(
    ("day", "end"),
    [
        (10, END),  # the rest is longer
        (350, start_of_next_day(SIGNED + timedelta(days=350)) + timedelta(days=90)),
    ],
)
def test_a_new_one_at_the_door_keeps_the_rest_but_at_least_90_days(day: int, end: datetime) -> None:
    history = ServiceHistory(door_exchanged_at=SIGNED + timedelta(days=day))

    window = warranty_window(ORDER, LINE, POLICIES, history)

    assert window is not None
    assert window.end == end


def test_what_is_eaten_has_no_warranty() -> None:
    line = a_line(category=Category.FOOD)
    order = an_order(line)

    window = warranty_window(order, line, POLICIES)

    assert window is not None
    assert not window.is_open(SIGNED + timedelta(days=1))


def test_nobody_knows_the_end_when_nobody_knows_the_day_of_signing() -> None:
    assert warranty_window(an_order(LINE, signed_at=None), LINE, POLICIES) is None


@pytest.mark.parametrize(
    ("fault", "misuse"),
    [
        ("手机进水了", "liquid"),
        ("昨天摔了一下屏不亮", "dropped"),
        ("我自己拆开过", "opened"),
        ("it fell into water", "liquid"),
        ("左边没声音", ""),
        ("打不开机", ""),
    ],
)
def test_misuse_is_read_from_the_words(fault: str, misuse: str) -> None:
    assert misuse_in(fault) == misuse


def test_misuse_costs_the_fee_within_the_warranty() -> None:
    found = decide_repair(FACTS, POLICIES, SIGNED, history=NO_HISTORY, fault="进水了")

    assert (found.fee_fen, found.decision.rule_id) == (50_00, "warranty.excluded.liquid")


@pytest.mark.parametrize(("done", "outcome"), [(1, Outcome.ALLOWED), (2, Outcome.NEEDS_HUMAN)])
def test_after_two_repairs_in_vain_a_person_arranges_an_exchange(
    done: int, outcome: Outcome
) -> None:
    history = ServiceHistory(repairs_done=done)

    decision = decide_repair(FACTS, POLICIES, SIGNED, history=history, fault="不转").decision

    assert decision.outcome is outcome
    if done == 2:
        assert decision.alternative is Alternative.EXCHANGE


def test_the_history_counts_repairs_and_their_time_but_no_withdrawn_ones() -> None:
    repair = replace(
        FILED, kind=AfterSaleKind.REPAIR, state=AfterSaleState.DONE,
        updated_at=SIGNED + timedelta(days=4),
    )  # fmt: skip
    withdrawn = replace(repair, state=AfterSaleState.CANCELLED)
    running = replace(repair, state=AfterSaleState.REPAIRING)

    found = history_of([repair, withdrawn, running], SIGNED + timedelta(days=6))

    assert (found.repairs_done, found.in_repair) == (1, timedelta(days=10))
