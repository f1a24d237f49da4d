"""Comparing shows only what differs and is known of at least two."""

from __future__ import annotations

from console.desk.attribute_words import attributes_asked
from console.desk.comparison import differences
from console.desk.product_sheet import Attribute, ProductSheet
from console.desk.words import Words


def _sheet(product_id: str, **values: str) -> ProductSheet:
    attributes = tuple(Attribute(key, Words(value, value)) for key, value in values.items())
    return ProductSheet(product_id=product_id, attributes=attributes)


def test_equal_and_one_sided_rows_are_left_out() -> None:
    rows = differences(
        [
            _sheet("a", battery="1", weight="2", screen="3"),
            _sheet("b", battery="1", weight="9", ports="4"),
            _sheet("c", battery="1", ports="5"),
        ]
    )

    assert [row.label.zh for row in rows] == ["重量", "接口"]
    assert [value.zh if value else None for value in rows[0].values] == ["2", "9", None]


def test_details_are_recognised_by_the_words_of_customers() -> None:
    assert attributes_asked("这个充电宝多少毫安的") == ["battery"]
    assert attributes_asked("送充电器吗") == ["box"]
    assert attributes_asked("is it waterproof?") == ["waterproof"]
    assert attributes_asked("有多重，能机洗吗") == ["weight", "care"]
    assert attributes_asked("怎么样") == []
