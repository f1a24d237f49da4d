"""Facts as people read them on the card and in the brief."""

from __future__ import annotations

import pytest

from console.desk.fact_label import shown_value


@pytest.mark.parametrize(
    ("name", "value", "zh", "en"),
    [
        ("budget", 1000_00, "¥1,000.00", "¥1,000.00"),
        ("budget", "any", "不限", "any"),
        ("height", 165, "165 cm", "165 cm"),
        ("weight", 59.5, "59.5 kg", "59.5 kg"),
        ("region", "新疆", "新疆", "Xinjiang"),
        ("for_whom", "elder", "长辈", "older people"),
        ("for_whom", "any", "不限", "any"),
        ("quantity", 3.0, "3", "3"),
        (
            "complaint_wish",
            "An apology and an explanation",
            "道歉和说明",
            "An apology and an explanation",
        ),
        ("photos", ["a", "b"], "2", "2"),
        ("condition", "unopened", "未拆封", "unopened"),
    ],
)
def test_values_are_shown_with_their_units_and_in_the_readers_language(
    name: str, value: object, zh: str, en: str
) -> None:
    assert (shown_value(name, value, "zh"), shown_value(name, value, "en")) == (zh, en)
