"""Remedies in their order, at the limits of amounts and windows."""

from __future__ import annotations

from dataclasses import replace
from datetime import datetime, timedelta
from typing import Any

import pytest

from console.desk.after_sale import ReturnReason, ReturnWay
from console.desk.calendar import start_of_next_day
from console.desk.goods import Part
from console.desk.remedy import Remedy, Report, decide_remedies
from console.desk.return_policy import Outcome, ReturnFacts
from tests.desk.shop_samples import POLICIES, SECOND, SIGNED, a_line, an_order

_R = ReturnReason
DAY_8 = start_of_next_day(SIGNED) + timedelta(days=7)
DAY_16 = start_of_next_day(SIGNED) + timedelta(days=15)
NOW_OR_SEND = (Remedy.REFUND_NOW, Remedy.RESHIP, Remedy.EXCHANGE, Remedy.RETURN)


def report(fen: int = 1000_00, reason: ReturnReason = _R.DAMAGED, **changes: Any) -> Report:
    line = a_line(unit_fen=fen)
    goods = ReturnFacts(order=an_order(line), line=line, reason=reason, photos=1)
    return Report(goods=goods, **{"stock": 3, **changes})


def a_part(value_fen: int = 25_00, stock: int = 1) -> Part:
    return Part(
        part_id="p1-base", product_id="p1", name="底座", name_en="base", words=("底座",),
        value_fen=value_fen, stock=stock,
    )  # fmt: skip


@pytest.mark.parametrize(
    ("fen", "remedies", "way"),
    [
        (19_99, NOW_OR_SEND, ReturnWay.KEEP),
        (20_00, NOW_OR_SEND, ReturnWay.KEEP),
        (20_01, NOW_OR_SEND[1:], ReturnWay.PICKUP),
        (99_99, NOW_OR_SEND[1:], ReturnWay.PICKUP),
        (100_00, NOW_OR_SEND[1:], ReturnWay.PICKUP),
        (100_01, NOW_OR_SEND[2:], ReturnWay.PICKUP),
    ],
)
def test_the_value_decides_what_is_offered_first(
    fen: int, remedies: tuple[Remedy, ...], way: ReturnWay
) -> None:
    found = decide_remedies(report(fen), POLICIES, SIGNED)

    assert (found.remedies, found.value_fen, found.way) == (remedies, fen, way)


@pytest.mark.parametrize("band", ["B", "C"])
def test_good_customers_get_new_goods_before_the_old_are_back(band: str) -> None:
    found = decide_remedies(report(1000_00, _R.WRONG_ITEM, band=band), POLICIES, SIGNED)

    assert found.remedies == NOW_OR_SEND[1:]


def test_without_stock_there_is_only_the_return() -> None:
    assert decide_remedies(report(stock=0), POLICIES, SIGNED).remedies == (Remedy.RETURN,)


@pytest.mark.parametrize(
    ("part", "remedies"),
    [
        (a_part(20_00), NOW_OR_SEND),
        (a_part(20_01), NOW_OR_SEND[1:]),
        (a_part(20_01, stock=0), NOW_OR_SEND[2:]),
        (None, NOW_OR_SEND[2:]),
    ],
)
def test_a_missing_part_is_paid_for_or_sent(
    part: Part | None, remedies: tuple[Remedy, ...]
) -> None:
    missing = report(reason=_R.MISSING_PARTS, is_part=True, part=part)

    found = decide_remedies(missing, POLICIES, SIGNED)

    assert found.remedies == remedies
    assert found.value_fen == (part.value_fen if part else None)
    assert found.way is ReturnWay.KEEP


@pytest.mark.parametrize(
    ("stock", "remedies"),
    [
        (1, (Remedy.RESHIP, Remedy.REFUND_AFTER_CHECK)),
        (0, (Remedy.REFUND_AFTER_CHECK,)),
    ],
)
def test_a_missing_piece_is_sent_or_its_money_comes_after_a_check(
    stock: int, remedies: tuple[Remedy, ...]
) -> None:
    found = decide_remedies(report(reason=_R.MISSING_PARTS, stock=stock), POLICIES, SIGNED)

    assert found.remedies == remedies


@pytest.mark.parametrize(
    ("now", "outcome"),
    [
        (DAY_8 - SECOND, Outcome.ALLOWED),
        (DAY_8, Outcome.NEEDS_HUMAN),
        (DAY_8 + SECOND, Outcome.NEEDS_HUMAN),
    ],
)
def test_the_shop_answers_for_7_days(now: datetime, outcome: Outcome) -> None:
    found = decide_remedies(report(), POLICIES, now)

    assert found.decision.outcome is outcome
    assert bool(found.remedies) is (outcome is Outcome.ALLOWED)


@pytest.mark.parametrize(
    ("delta", "claims"), [(-SECOND, True), (timedelta(0), False), (SECOND, False)]
)
def test_the_carrier_answers_for_48_hours_to_the_second(delta: timedelta, *, claims: bool) -> None:
    found = decide_remedies(report(), POLICIES, SIGNED + timedelta(hours=48) + delta)

    assert found.has_carrier_claim is claims


def test_the_carrier_does_not_answer_for_the_wrong_item() -> None:
    assert not decide_remedies(report(reason=_R.WRONG_ITEM), POLICIES, SIGNED).has_carrier_claim


@pytest.mark.parametrize(
    ("now", "remedies"),
    [
        (DAY_8 - SECOND, (Remedy.EXCHANGE, Remedy.REPAIR, Remedy.RETURN)),
        (DAY_8, (Remedy.EXCHANGE, Remedy.REPAIR)),
        (DAY_16 - SECOND, (Remedy.EXCHANGE, Remedy.REPAIR)),
        (DAY_16, (Remedy.REPAIR,)),
        (DAY_16 + SECOND, (Remedy.REPAIR,)),
    ],
)
def test_a_fault_in_use_is_exchanged_then_repaired(
    now: datetime, remedies: tuple[Remedy, ...]
) -> None:
    broken = report(reason=_R.QUALITY_FAULT, is_repaired=True)

    assert decide_remedies(broken, POLICIES, now).remedies == remedies


def test_a_new_one_at_the_door_comes_first() -> None:
    broken = report(reason=_R.QUALITY_FAULT, is_repaired=True, may_exchange_at_door=True)

    assert decide_remedies(broken, POLICIES, SIGNED).remedies[0] is Remedy.DOOR_EXCHANGE


def test_without_pictures_nothing_is_offered() -> None:
    wish = report()
    blind = replace(wish, goods=replace(wish.goods, photos=0))

    found = decide_remedies(blind, POLICIES, SIGNED)

    assert (found.decision.reason, found.remedies) == ("photos_missing", ())
