"""A time for the courier of an order: with two hours' notice, before it is signed for."""

from __future__ import annotations

import sqlalchemy as sa

from console.storage.shop_orders import shop_deliveries
from tests.actions.conftest import Answer, Conversation, SpokenTo

PAID, DELIVERING = "620026077819", "620026078251"  # of customer 88004
SIGNED = "620026079548"  # of customer 88006


async def _begin(customer: Conversation, text: str, order_no: str, **found: str) -> Answer:
    return await customer.start(
        "slot_form", text, intent="schedule_delivery", entities={"order_no": order_no, **found}
    )


async def _booked(customer: Conversation) -> list[tuple[str, str]]:
    rows = await customer.desk.database.read(
        lambda tx: tx.execute(sa.select(shop_deliveries)).all()
    )
    return [(row.order_no, row.label) for row in rows]


async def test_a_day_and_a_part_of_it_are_booked_after_a_yes(speak: SpokenTo) -> None:
    customer = await speak("88004")

    sure = await _begin(customer, "周三上午送", PAID, date="2026-11-04")
    await customer.tell(intent="affirm", entities={"slot_confirmed": "yes"})
    done = await customer.run("action_submit_slot", "好", intent="affirm")

    assert sure.said == ["utter_question_summary"]
    assert sure.summary["时间"] == "11月4日（周三）09:00-12:00"
    assert done.said == ["utter_delivery_booked"]
    assert await _booked(customer) == [(PAID, "11月4日（周三）09:00-12:00")]
    order = await customer.desk.shop.find_order("88004", PAID)
    assert order is not None
    assert order.promised_at is not None
    assert order.promised_at.isoformat() == "2026-11-04T01:00:00+00:00"


async def test_too_near_a_time_is_not_booked_in_english(speak: SpokenTo) -> None:
    customer = await speak("88004", lang="en")

    answer = await _begin(
        customer, "deliver it at 13:00 today", PAID, date="2026-11-02", time="13:00"
    )

    assert "utter_question_summary" not in answer.said
    assert answer.slots["requested_slot"] == "slot_window"
    assert await _booked(customer) == []


async def test_what_is_delivered_takes_no_time(speak: SpokenTo) -> None:
    customer = await speak("88006")

    answer = await _begin(customer, "明天送", SIGNED)

    assert answer.said == ["utter_status_signed"]
    assert answer.slots["requested_slot"] is None


async def test_a_no_books_nothing_and_a_foreign_order_is_no_order(speak: SpokenTo) -> None:
    customer = await speak("88004")
    stranger = await speak("88001")
    await _begin(customer, "周三上午送", DELIVERING, date="2026-11-04")

    again = await customer.tell(intent="deny", entities={"slot_confirmed": "no"})
    foreign = await _begin(stranger, "周三上午送", PAID, date="2026-11-04")

    assert again.slots["requested_slot"] == "slot_window"
    assert foreign.said[0] == "utter_order_not_found"
    assert await _booked(customer) == []
