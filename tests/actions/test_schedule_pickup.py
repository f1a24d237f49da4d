"""A courier on a filed return: one question for the time, one yes, and booked once."""

from __future__ import annotations

from datetime import datetime, timedelta

import sqlalchemy as sa

from console.desk.after_sale import ReturnWay
from console.storage.after_sale_change import pickup_of
from console.storage.shop import shop_writes
from tests.actions.after_sale_given import BLENDER, GRAVE, KETTLE, has_filed, now
from tests.actions.conftest import Conversation, SpokenTo

TOMORROW_AFTERNOON = "11月3日（周二）13:00-18:00"


async def _booked_with_shop(customer: Conversation) -> list[dict[str, object]]:
    query = sa.select(shop_writes.c.wish).order_by(shop_writes.c.key)
    rows = await customer.desk.database.read(lambda tx: list(tx.execute(query).scalars()))
    return [wish for wish in rows if "pickup" in wish]


async def _asks_for_tomorrow(customer: Conversation) -> None:
    await customer.start(
        "slot_form",
        "明天下午上门取件",
        intent="schedule_pickup",
        entities={"date": "2026-11-03", "slot": "12:00/18:00"},
    )


async def test_a_time_in_the_first_message_is_only_confirmed_and_booked_once(
    speak: SpokenTo,
) -> None:
    customer = await speak("88009")
    filed = await has_filed(customer)

    sure = await customer.start(
        "slot_form",
        "明天下午上门取可以吗",
        intent="schedule_pickup",
        entities={"date": "2026-11-03", "slot": "12:00/18:00"},
    )
    await customer.tell("可以", intent="affirm")
    slots = dict(customer.slots)
    first = await customer.run("action_submit_slot", "可以", intent="affirm")
    customer.slots.update(slots)
    second = await customer.again("action_submit_slot", "可以", intent="affirm")

    assert sure.said == ["utter_question_summary"]
    assert sure.summary["时间"] == TOMORROW_AFTERNOON
    assert sure.summary["地点"] == "福建省厦门市思明区****"
    assert sure.summary["费用"] == "上门取件运费 12.00 元，由快递员当面收取"
    assert first.said == second.said == ["utter_pickup_booked"]
    changed = await now(customer, filed.rma_no)
    assert (changed.request.way, changed.request.pickup_label) == (
        ReturnWay.PICKUP,
        TOMORROW_AFTERNOON,
    )
    assert changed.refund.return_freight_fen == 12_00
    booked = await _booked_with_shop(customer)
    assert [one["at"] for one in booked] == ["2026-11-03T05:00:00+00:00"]


async def test_english_words_and_a_time_on_a_button(speak: SpokenTo) -> None:
    customer = await speak("88009", "en")
    filed = await has_filed(customer)

    which = await customer.start("slot_form", "book a pickup", intent="schedule_pickup")
    window = "2026-11-03T01:00:00+00:00"
    sure = await customer.tell(None, entities={"slot_window": window})
    await customer.tell(None, intent="affirm", entities={"slot_confirmed": "yes"})
    done = await customer.run("action_submit_slot", None, intent="affirm")

    assert which.said == ["utter_question_pickup_window"]
    assert which.labels[:2] == ["Mon 02 Nov, 18:00-21:00", "Tue 03 Nov, 09:00-12:00"]
    assert sure.summary["When"] == "Tue 03 Nov, 09:00-12:00"
    assert done.responses[0]["rma_no"] == filed.rma_no


async def test_another_time_is_taken_at_the_summary(speak: SpokenTo) -> None:
    customer = await speak("88009")
    await has_filed(customer)
    await _asks_for_tomorrow(customer)

    again = await customer.tell(
        "改成后天上午", intent="correct_info", entities={"date": "2026-11-04"}
    )

    assert again.said == ["utter_question_summary"]
    assert again.summary["时间"] == "11月4日（周三）09:00-12:00"


async def test_a_no_brings_other_times_and_books_nothing(speak: SpokenTo) -> None:
    customer = await speak("88009")
    filed = await has_filed(customer)
    await _asks_for_tomorrow(customer)

    answer = await customer.tell("不行", intent="deny")
    await customer.run("action_submit_slot", "算了", intent="restart_flow")

    assert answer.said == ["utter_question_pickup_window"]
    assert await now(customer, filed.rma_no) == filed


async def test_a_time_that_is_too_near_is_refused_with_the_earliest(speak: SpokenTo) -> None:
    """It is noon; the courier needs two hours."""
    customer = await speak("88009")
    await has_filed(customer)

    answer = await customer.start(
        "slot_form",
        "今天上午来取",
        intent="schedule_pickup",
        entities={"date": "2026-11-02", "slot": "09:00/12:00"},
    )

    assert answer.said == ["utter_slot_too_soon", "utter_question_pickup_window"]
    assert answer.responses[0]["first"] == "11月2日（周一）18:00-21:00"


async def test_a_pickup_moves_and_keeps_what_it_costs(speak: SpokenTo) -> None:
    customer = await speak("88009")
    noon = customer.desk.clock.now()
    filed = await has_filed(
        customer, way=ReturnWay.PICKUP, pickup_at=noon + timedelta(hours=5), pickup_label="今晚"
    )

    which = await customer.start("slot_form", "换个时间取件", intent="schedule_pickup")
    await customer.tell("明天下午", entities={"date": "2026-11-03"})
    await customer.tell("好", intent="affirm")
    await customer.run("action_submit_slot", "好", intent="affirm")

    assert which.responses[0]["booked"] == "目前约的是 今晚。"
    pickup = await customer.desk.database.read(lambda tx: pickup_of(tx, filed.rma_no))
    assert pickup.at == datetime.fromisoformat("2026-11-03T13:00:00+08:00")
    assert (pickup.label, pickup.number) == (TOMORROW_AFTERNOON, 1)
    assert len(await _booked_with_shop(customer)) == 2


async def test_the_customer_picks_from_several_requests(speak: SpokenTo) -> None:
    customer = await speak("88009")
    await has_filed(customer)
    kettle = await has_filed(customer, KETTLE)

    which = await customer.start("slot_form", "约取件", intent="schedule_pickup")
    await customer.tell("水壶那个")

    assert which.said == ["utter_ask_which_request"]
    assert which.slots["requested_slot"] == "rma_no"
    assert customer.slots["rma_no"] == kettle.rma_no


async def test_before_the_approval_no_courier_is_booked(speak: SpokenTo) -> None:
    customer = await speak("88009")
    await has_filed(customer, GRAVE)

    answer = await customer.start("slot_form", "来取件", intent="schedule_pickup")

    assert answer.said == ["utter_pickup_not_approved"]
    assert answer.slots["requested_slot"] is None


async def test_without_a_request_the_way_to_one_is_shown(speak: SpokenTo) -> None:
    customer = await speak("88009")

    answer = await customer.start("slot_form", "来取件", intent="schedule_pickup")

    assert answer.said == ["utter_no_request_to_pick_up"]


async def test_a_request_of_somebody_else_does_not_exist(speak: SpokenTo) -> None:
    owner, other = await speak("88009"), await speak("88001")
    filed = await has_filed(owner, BLENDER)

    for number in (filed.rma_no, "RMA1234567890"):
        answer = await other.start(
            "slot_form", "约取件", intent="schedule_pickup", entities={"rma_no": number}
        )
        assert answer.said == ["utter_request_not_found"]
        assert answer.slots["requested_slot"] is None
    assert await now(owner, filed.rma_no) == filed
