"""What is worth telling about an order, and what a wish to hear of it names; our own sentences."""

from __future__ import annotations

import pytest

from console.desk.order import OrderState
from console.desk.order_watch import (
    EVERY_EVENT,
    OrderWatch,
    WatchEvent,
    WatchState,
    events_in,
    news,
    still_to_come,
    wants_a_call,
)
from tests.given import NOW

S = OrderState
SHIPPED, DELIVERING, SIGNED = EVERY_EVENT


def _watch(seen: OrderState, *events: WatchEvent) -> OrderWatch:
    return OrderWatch(
        id="ow",
        key="k",
        customer_id="cu",
        conversation_id="co",
        customer_no="1",
        order_no="2",
        events=events,
        seen=seen,
        state=WatchState.ACTIVE,
        created_at=NOW,
    )


@pytest.mark.parametrize(
    ("seen", "now", "events", "told"),
    [
        (S.PAID, S.PICKED, EVERY_EVENT, None),
        (S.PAID, S.IN_TRANSIT, EVERY_EVENT, SHIPPED),
        (S.PAID, S.IN_TRANSIT, (SIGNED,), None),
        (S.IN_TRANSIT, S.DELIVERING, EVERY_EVENT, DELIVERING),
        (S.PAID, S.SIGNED, EVERY_EVENT, SIGNED),
        (S.PAID, S.SIGNED, (SHIPPED,), SHIPPED),
        (S.DELIVERING, S.SIGNED, (SHIPPED, DELIVERING), None),
        (S.PAID, S.CANCELLED, EVERY_EVENT, None),
    ],
)
def test_the_newest_step_that_was_asked_for_is_told(
    seen: OrderState, now: OrderState, events: tuple[WatchEvent, ...], told: WatchEvent | None
) -> None:
    assert news(_watch(seen, *events), now) is told


def test_what_has_happened_is_not_waited_for() -> None:
    assert still_to_come(EVERY_EVENT, S.DELIVERING) == (SIGNED,)
    assert still_to_come(EVERY_EVENT, S.UNPAID) == EVERY_EVENT


@pytest.mark.parametrize(
    ("text", "events"),
    [
        ("寄出的那天吱一声", (SHIPPED,)),
        ("tell me once it has shipped", (SHIPPED,)),
        ("快派送的时候提醒", (DELIVERING,)),
        ("签收了提示我", (SIGNED,)),
        ("发货和签收都说一声", (SHIPPED, SIGNED)),
        ("这单有进展就说", EVERY_EVENT),
        ("any news about it, please", EVERY_EVENT),
        ("帮我设个提醒", ()),
    ],
)
def test_words_name_the_steps(text: str, events: tuple[WatchEvent, ...]) -> None:
    assert events_in(text) == events


def test_a_call_is_something_for_the_courier() -> None:
    assert wants_a_call("到的时候先打个电话")
    assert not wants_a_call("签收了提示我")
