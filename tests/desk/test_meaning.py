"""The state of things decides what words cannot tell (six order states, six ends)."""

from __future__ import annotations

import itertools

import pytest

from console.desk.cancellation import CancelWay, decide_cancellation
from console.desk.meaning import (
    CHANGING,
    CHEAPER,
    GIVING_BACK,
    PROGRESS,
    WHEN,
    Situation,
    meaning,
)
from console.desk.order import OrderState

S = OrderState


@pytest.mark.parametrize("said", sorted(WHEN))
@pytest.mark.parametrize(
    ("order", "meant"),
    [
        (None, "ask_delivery_time"),
        (S.UNPAID, "ask_ship_date"),
        (S.PAID, "ask_ship_date"),
        (S.PICKED, "ask_ship_date"),
        (S.IN_TRANSIT, "ask_arrival_time"),
        (S.DELIVERING, "ask_arrival_time"),
    ],
)
def test_when_it_comes_depends_on_whether_it_was_ordered_and_shipped(
    said: str, order: OrderState | None, meant: str
) -> None:
    assert meaning(said, Situation(order)) == meant


@pytest.mark.parametrize(
    ("said", "situation", "meant"),
    [
        # A product in view: the customer asks before buying, whatever else is on its way.
        ("ask_delivery_time", Situation(S.PAID, about_product=True), "ask_delivery_time"),
        ("ask_arrival_time", Situation(S.PAID, about_product=True), "ask_ship_date"),
        # An order that is over says nothing about the next one, but its own question is answered.
        ("ask_delivery_time", Situation(S.SIGNED), "ask_delivery_time"),
        ("ask_arrival_time", Situation(S.SIGNED), "ask_arrival_time"),
    ],
)
def test_before_a_purchase_other_orders_do_not_count(
    said: str, situation: Situation, meant: str
) -> None:
    assert meaning(said, situation) == meant


@pytest.mark.parametrize(
    ("order", "intent", "way"),
    [
        (S.UNPAID, "cancel_order", CancelWay.CANCEL),
        (S.PAID, "cancel_order", CancelWay.CANCEL_AND_REFUND),
        (S.PICKED, "cancel_order", CancelWay.ASK_WAREHOUSE),
        (S.IN_TRANSIT, "cancel_order", CancelWay.INTERCEPT),
        (S.DELIVERING, "cancel_order", CancelWay.INTERCEPT),
        (S.SIGNED, "request_return", CancelWay.RETURN),
        (S.CANCELLED, "cancel_order", CancelWay.ALREADY),
    ],
)
@pytest.mark.parametrize("said", ["cancel_order", "request_return"])
def test_not_wanted_any_more_ends_as_the_state_of_the_order_allows(
    said: str, order: OrderState, intent: str, way: CancelWay
) -> None:
    assert meaning(said, Situation(order)) == intent
    assert decide_cancellation(order).way is way


@pytest.mark.parametrize(
    ("said", "order", "meant"),
    [
        ("refuse_delivery", S.PAID, "cancel_order"),
        ("refuse_delivery", S.IN_TRANSIT, "refuse_delivery"),
        ("refuse_delivery", S.DELIVERING, "refuse_delivery"),
        ("refuse_delivery", S.SIGNED, "request_return"),
        ("request_refund_only", S.PAID, "cancel_order"),
        ("request_refund_only", S.DELIVERING, "cancel_order"),
        ("request_refund_only", S.SIGNED, "request_refund_only"),
        ("request_refund_only", None, "request_refund_only"),
    ],
)
def test_money_back_and_refusing_follow_the_parcel(
    said: str, order: OrderState | None, meant: str
) -> None:
    assert meaning(said, Situation(order)) == meant


@pytest.mark.parametrize("said", sorted(CHANGING))
@pytest.mark.parametrize(
    ("situation", "meant"),
    [
        (Situation(S.UNPAID, may_swap_size=True), "change_order_item"),
        (Situation(S.PICKED), "change_order_item"),
        (Situation(S.SIGNED, may_swap_size=True), "request_size_swap"),
        (Situation(S.SIGNED), "request_exchange"),
        (Situation(S.IN_TRANSIT), "request_exchange"),
    ],
)
def test_a_change_is_made_to_the_order_the_size_or_the_item(
    said: str, situation: Situation, meant: str
) -> None:
    assert meaning(said, situation) == meant


@pytest.mark.parametrize(
    ("said", "situation", "meant"),
    [
        ("bargain_price", Situation(), "bargain_price"),
        ("bargain_price", Situation(has_bought=True), "apply_price_protect"),
        ("bargain_price", Situation(has_bought=True, about_product=True), "bargain_price"),
        ("apply_price_protect", Situation(), "bargain_price"),
        ("apply_price_protect", Situation(has_bought=True), "apply_price_protect"),
        ("price_protect_rejected", Situation(has_bought=True), "apply_price_protect"),
        (
            "price_protect_rejected",
            Situation(has_bought=True, was_refused=True),
            "price_protect_rejected",
        ),
        ("ask_price_protect_policy", Situation(), "ask_price_protect_policy"),
        ("ask_price_protect_policy", Situation(has_bought=True), "ask_price_protect_policy"),
    ],
)
def test_a_lower_price_is_asked_for_before_or_after_buying(
    said: str, situation: Situation, meant: str
) -> None:
    assert meaning(said, situation) == meant


@pytest.mark.parametrize(
    ("said", "situation", "meant"),
    [
        ("query_ticket_progress", Situation(overdue=True), "report_broken_promise"),
        ("report_broken_promise", Situation(in_time=True), "query_ticket_progress"),
        ("report_broken_promise", Situation(overdue=True, in_time=True), "report_broken_promise"),
        ("query_ticket_progress", Situation(in_time=True), "query_ticket_progress"),
        ("report_broken_promise", Situation(), "report_broken_promise"),
        ("query_ticket_progress", Situation(), "query_ticket_progress"),
    ],
)
def test_the_ledger_decides_whether_a_promise_was_broken(
    said: str, situation: Situation, meant: str
) -> None:
    assert meaning(said, situation) == meant


def test_what_was_mapped_once_is_never_mapped_again() -> None:
    intents = WHEN | GIVING_BACK | CHANGING | CHEAPER | PROGRESS
    flags = list(itertools.product([False, True], repeat=6))
    situations = [Situation(order, *some) for order in (None, *S) for some in flags]

    assert [
        (intent, one)
        for intent in sorted(intents)
        for one in situations
        if meaning(meaning(intent, one), one) != meaning(intent, one)
    ] == []


def test_other_wishes_mean_what_they_say() -> None:
    assert meaning("track_logistics", Situation(S.SIGNED)) == "track_logistics"
