"""Not wanted any more: each state of an order has its own way."""

from __future__ import annotations

import pytest

from console.desk.cancellation import CancelWay, decide_cancellation
from console.desk.order import OrderState


@pytest.mark.parametrize(
    ("state", "way", "is_final"),
    [
        (OrderState.UNPAID, CancelWay.CANCEL, True),
        (OrderState.PAID, CancelWay.CANCEL_AND_REFUND, True),
        (OrderState.PICKED, CancelWay.ASK_WAREHOUSE, False),
        (OrderState.IN_TRANSIT, CancelWay.INTERCEPT, False),
        (OrderState.DELIVERING, CancelWay.INTERCEPT, False),
        (OrderState.SIGNED, CancelWay.RETURN, False),
        (OrderState.CANCELLING, CancelWay.ALREADY, False),
        (OrderState.CANCELLED, CancelWay.ALREADY, False),
    ],
)
def test_the_state_decides_the_way(state: OrderState, way: CancelWay, is_final: bool) -> None:
    decision = decide_cancellation(state)

    assert (decision.way, decision.is_final) == (way, is_final)
    assert decision.rule_id == f"cancellation.{state}"
