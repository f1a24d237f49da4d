"""Reading a time out of what an agent types; our own sentences."""

from __future__ import annotations

from datetime import timedelta

import pytest

from console.desk.promise import promised_time
from tests.given import NOW

PROMISES = [
    ("24小时内给您答复", timedelta(hours=24)),
    ("我两小时之内回电给您", timedelta(hours=2)),
    ("退款3天内到账", timedelta(days=3)),
    ("半小时内给您处理好", timedelta(minutes=30)),
    ("30分钟内联系您", timedelta(minutes=30)),
    ("一个工作日内给您回复", timedelta(days=1)),
    ("We'll get back to you within 2 hours", timedelta(hours=2)),
    ("I will call you in 30 minutes", timedelta(minutes=30)),
    ("You'll have the refund within 3 days", timedelta(days=3)),
]
NO_PROMISES = [
    "支持7天无理由退货",
    "保修期是2年,您放心",
    "好的,我看一下",
    "这款充电2小时就满",
    "The battery lasts 8 hours",
    "请问订单号是多少",
]


@pytest.mark.parametrize(("text", "span"), PROMISES)
def test_a_commitment_with_a_span_is_a_promise(text: str, span: timedelta):
    assert promised_time(text, NOW) == NOW + span


@pytest.mark.parametrize("text", NO_PROMISES)
def test_a_span_without_a_commitment_is_none(text: str):
    assert promised_time(text, NOW) is None
