"""Spans of the policy in words."""

from __future__ import annotations

import pytest

from console.desk.policy_text import span_words


@pytest.mark.parametrize(
    ("key", "number", "zh", "en"),
    [
        ("cancellation.warehouse_minutes", 30, "30 分钟", "30 minutes"),
        ("trade_in.check_hours", 1, "1 小时", "1 hour"),
        ("trade_in.valid_hours", 72, "72 小时", "72 hours"),
        ("after_sale.send_back_hours", 168, "7 天", "7 days"),
        ("after_sale.send_back_hours", 169, "169 小时", "169 hours"),
        ("door_exchange.days", 180, "180 天", "180 days"),
        ("lost.report_days", 1, "1 天", "1 day"),
    ],
)
def test_a_span_is_told_in_the_unit_that_people_use(
    key: str, number: int, zh: str, en: str
) -> None:
    assert (span_words(key, number, "zh"), span_words(key, number, "en")) == (zh, en)
