"""When a parcel counts as standing still, and when as lost."""

from __future__ import annotations

from dataclasses import replace
from datetime import timedelta

import pytest

from console.desk.order import Parcel, ParcelEvent, ParcelState
from console.desk.policy import PolicyBook
from console.desk.policy_defaults import DEFAULT_POLICIES
from console.desk.tracking import Movement, gravest, judge_parcel
from tests.given import NOW

POLICIES = PolicyBook(DEFAULT_POLICIES)
PARCEL = Parcel(
    waybill_no="JF1",
    carrier="疾风速运",
    carrier_en="Swiftwind Express",
    state=ParcelState.IN_TRANSIT,
    line_ids=("1-1",),
    events=(ParcelEvent(NOW, "仓库", "已出库", "Left"),),
    origin_city="杭州",
)
FAR, NEAR = "上海市浦东新区演示大道", "浙江省杭州市西湖区示例路"
SECOND = timedelta(seconds=1)


@pytest.mark.parametrize(
    ("address", "silent", "movement"),
    [
        (FAR, timedelta(hours=48) - SECOND, Movement.MOVING),
        (FAR, timedelta(hours=48), Movement.STALLED),
        (FAR, timedelta(hours=48) + SECOND, Movement.STALLED),
        (NEAR, timedelta(hours=24) - SECOND, Movement.MOVING),
        (NEAR, timedelta(hours=24), Movement.STALLED),
        (NEAR, timedelta(days=7) - SECOND, Movement.STALLED),
        (NEAR, timedelta(days=7), Movement.LOST),
        (FAR, timedelta(days=7) + SECOND, Movement.LOST),
    ],
)
def test_silence_is_counted_to_the_second(
    address: str, silent: timedelta, movement: Movement
) -> None:
    assert judge_parcel(PARCEL, address, POLICIES, NOW + silent).movement is movement


def test_without_a_city_of_origin_the_longer_time_counts() -> None:
    unknown = replace(PARCEL, origin_city="")

    found = judge_parcel(unknown, NEAR, POLICIES, NOW + timedelta(hours=47))

    assert (found.movement, found.rule_id) == (Movement.MOVING, "tracking.stalled_hours")
    assert found.stalls_at == NOW + timedelta(hours=48)


def test_what_has_arrived_never_stalls_and_what_was_never_scanned_neither() -> None:
    later = NOW + timedelta(days=30)
    arrived = replace(PARCEL, state=ParcelState.SIGNED)

    assert judge_parcel(arrived, FAR, POLICIES, later).movement is Movement.ARRIVED
    unscanned = replace(PARCEL, events=())
    assert judge_parcel(unscanned, FAR, POLICIES, later).movement is Movement.MOVING


def test_the_parcel_in_the_worst_way_speaks_for_the_order() -> None:
    later = NOW + timedelta(hours=60)
    arrived = replace(PARCEL, state=ParcelState.SIGNED)
    both = [judge_parcel(one, FAR, POLICIES, later) for one in (PARCEL, arrived)]

    worst = gravest(both)

    assert worst is not None
    assert worst.movement is Movement.STALLED
    assert gravest([]) is None
