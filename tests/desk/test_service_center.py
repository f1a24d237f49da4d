"""Service points of the place that is meant, and what is repaired there."""

from __future__ import annotations

import pytest

from console.desk.service_center import near
from console.gateways.demo_goods_data import SERVICE_CENTERS


@pytest.mark.parametrize(
    ("region", "category", "ids", "is_there"),
    [
        ("杭州", None, ["c1"], True),
        ("浙江省杭州市西湖区", "phones", ["c1"], True),
        ("成都", "phones", ["c3"], True),
        ("成都", "appliances", ["c1", "c2", "c4"], False),
        ("拉萨", "phones", ["c1", "c2", "c3"], False),
        (None, "clothing", [], False),
        (None, None, ["c1", "c2", "c3", "c4"], False),
    ],
)
def test_the_points_that_are_told(
    region: str | None, category: str | None, ids: list[str], *, is_there: bool
) -> None:
    found = near(SERVICE_CENTERS, region, category)

    assert ([one.center_id for one in found.centers], found.is_there) == (ids, is_there)
