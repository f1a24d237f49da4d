"""Whether it was cancelled, by whom, and what happens when nobody answered in time."""

from __future__ import annotations

from datetime import timedelta

import pytest

from console.services.order import cancel_order
from console.services.work_order import work_orders_of
from tests.actions.conftest import Clock, Conversation, SpokenTo
from tests.given import NOW

PAID, DELIVERING = "620026077819", "620026078251"  # of customer 88004
PICKED = "620026080729"  # of customer 88007
ASK, WHY = "action_answer_cancel_result", "action_explain_cancelled"


async def _cancel(customer: Conversation, order_no: str) -> None:
    await cancel_order(customer.desk, customer.id, order_no, "wrong_choice", "key-1")
    customer.slots["order_no"] = order_no


def _turn_clock(customer: Conversation, span: timedelta) -> None:
    clock = customer.desk.clock
    assert isinstance(clock, Clock)
    clock.moment = NOW + span


@pytest.mark.parametrize("lang", ["zh", "en"])
async def test_a_cancelled_order_brings_the_refund(speak: SpokenTo, lang: str) -> None:
    customer = await speak("88004", lang=lang)
    await _cancel(customer, PAID)

    answer = await customer.run(ASK, "取消了吗", intent="query_cancel_result")

    assert answer.said == ["utter_cancel_result_done"]
    assert answer.responses[0]["amount"] == "808.90"


@pytest.mark.parametrize(
    ("customer_no", "order_no", "waited", "said", "kind"),
    [
        ("88007", PICKED, timedelta(minutes=30, seconds=-1), "utter_cancel_result_asked", None),
        ("88007", PICKED, timedelta(minutes=30), "utter_cancel_result_chased", "other"),
        ("88004", DELIVERING, timedelta(hours=24, seconds=-1), "utter_cancel_result_asked", None),
        ("88004", DELIVERING, timedelta(hours=24), "utter_cancel_result_chased", "carrier_check"),
    ],
)
async def test_an_answer_that_is_overdue_is_chased(
    speak: SpokenTo,
    customer_no: str,
    order_no: str,
    waited: timedelta,
    said: str,
    kind: str | None,
) -> None:
    customer = await speak(customer_no)
    await _cancel(customer, order_no)
    _turn_clock(customer, waited)

    answer = await customer.run(ASK, "取消了吗", intent="query_cancel_result")
    await customer.again(ASK, "取消了吗", intent="query_cancel_result")

    opened = await work_orders_of(customer.desk, customer.id)
    assert answer.said == [said]
    assert [one.kind for one in opened] == ([kind] if kind else [])
    assert [one.due_at for one in opened] == [NOW + waited + timedelta(hours=4)] * len(opened)


async def test_what_nobody_cancelled_can_be_cancelled_with_one_tap(speak: SpokenTo) -> None:
    customer = await speak("88004")
    customer.slots["order_no"] = PAID

    answer = await customer.run(ASK, "取消了没", intent="query_cancel_result")

    assert answer.said == ["utter_cancel_result_none"]
    assert answer.labels == ["申请取消"]


async def test_an_order_that_was_never_paid_was_closed_by_itself(speak: SpokenTo) -> None:
    customer = await speak("88006")

    answer = await customer.run(WHY, "谁取消的", intent="order_cancelled_unexpectedly")

    assert answer.said == ["utter_cancelled_unpaid", "utter_order_again"]
    assert [one["product_id"] for one in answer.cards[0]["products"]] == ["p303"]


async def test_a_paid_order_that_the_shop_cancelled_is_for_a_person(speak: SpokenTo) -> None:
    customer = await speak("88007")

    answer = await customer.run(WHY, "怎么没了", intent="order_cancelled_unexpectedly")

    assert answer.said[0] == "utter_cancelled_by_shop"
    assert answer.responses[0]["amount"] == "909.00"
    reasons = [e.body["reason"] for e in await customer.stored() if e.type == "handoff_requested"]
    assert reasons == ["policy"]


async def test_their_own_wish_is_told_with_its_time_and_nobody_is_called(speak: SpokenTo) -> None:
    customer = await speak("88004")
    await _cancel(customer, PAID)

    answer = await customer.run(WHY, "我没取消啊", intent="order_cancelled_unexpectedly")

    assert answer.said[0] == "utter_cancelled_on_request"
    assert answer.responses[0]["asked"] == "11月2日 12:00"
    assert "handoff_requested" not in [event.type for event in await customer.stored()]


async def test_an_order_that_stands_is_not_called_cancelled(speak: SpokenTo) -> None:
    customer = await speak("88004")

    answer = await customer.run(
        WHY, "取消了?", intent="order_cancelled_unexpectedly", entities={"order_no": PAID}
    )

    assert answer.said == ["utter_not_cancelled", "utter_status_paid"]


async def test_somebody_elses_order_is_no_order(speak: SpokenTo) -> None:
    customer = await speak("88001")

    answer = await customer.run(
        ASK, "取消了吗", intent="query_cancel_result", entities={"order_no": PAID}
    )

    assert answer.said == ["utter_order_not_found"]
