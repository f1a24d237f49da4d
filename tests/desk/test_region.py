"""Regions in addresses."""

from __future__ import annotations

import pytest

from console.desk.region import region_name, region_of_address


@pytest.mark.parametrize(
    ("address", "region"),
    [
        ("浙江省杭州市西湖区示例路 1 号", "浙江"),
        ("上海市浦东新区演示大道 66 号", "上海"),
        ("内蒙古自治区包头市", "内蒙古"),
        ("新疆维吾尔自治区乌鲁木齐市", "新疆"),
        ("黑龙江省哈尔滨市", "黑龙江"),
        ("no address", None),
        ("", None),
    ],
)
def test_the_province_of_an_address(address: str, region: str | None) -> None:
    assert region_of_address(address) == region


def test_names_in_english_fall_back_to_the_written_one() -> None:
    assert region_name("浙江", "en") == "Zhejiang"
    assert region_name("绵阳", "en") == "绵阳"
    assert region_name("浙江", "zh") == "浙江"
