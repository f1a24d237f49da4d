"""Work orders: told twice they are one, and every kind has its words."""

from __future__ import annotations

import pytest

from console.desk.work_order import (
    WorkOrder,
    WorkOrderKind,
    WorkOrderRequest,
    WorkOrderState,
    done,
    joined,
    kind_label,
    promise_words,
)
from tests.given import NOW

OPEN = WorkOrder(
    work_order_no="TK1",
    key="k",
    kind=WorkOrderKind.COMPLAINT,
    state=WorkOrderState.OPEN,
    conversation_id="co",
    case_id="ca",
    customer_id="cu",
    text="箱子被扔在雨里",
    opened_at=NOW,
    details={"wish": "退款"},
    severity=2,
)


def test_new_words_and_the_weightier_severity_join_the_open_one() -> None:
    more = WorkOrderRequest(
        kind=WorkOrderKind.COMPLAINT, text="里面也湿了", details={"photos": 2}, severity=3
    )

    told = joined(OPEN, more)

    assert (told.text, told.severity) == ("箱子被扔在雨里\n里面也湿了", 3)
    assert told.details == {"wish": "退款", "photos": 2}


def test_the_same_words_are_not_written_twice() -> None:
    again = WorkOrderRequest(kind=WorkOrderKind.COMPLAINT, text="箱子被扔在雨里", severity=1)

    assert joined(OPEN, again) == OPEN


def test_a_done_work_order_keeps_its_result() -> None:
    ended = done(OPEN, "已补发", NOW)

    assert (ended.is_open, ended.state, ended.closed_at) == (False, WorkOrderState.DONE, NOW)
    assert ended.details["result"] == "已补发"


@pytest.mark.parametrize("kind", list(WorkOrderKind))
def test_every_kind_has_a_name_and_a_promise_in_both_languages(kind: WorkOrderKind) -> None:
    words = [say(kind, lang) for say in (kind_label, promise_words) for lang in ("zh", "en")]

    assert all(words)
    assert len(set(words)) == 4
