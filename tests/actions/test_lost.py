"""Signed for, but not received: asked for what helps, then the carrier has to prove it."""

from __future__ import annotations

from datetime import timedelta
from typing import Any

from console.desk.work_order import WorkOrder
from console.services.work_order import work_orders_of
from tests.actions.conftest import Answer, Conversation, SpokenTo
from tests.given import NOW

DRESS, TWO_PARCELS = "620026072458", "620026071317"  # of customer 88001
LONG_AGO = "620026086371"  # of customer 88021


async def _begin(customer: Conversation, text: str = "显示签收没收到", **entities: Any) -> Answer:
    return await customer.start("lost_form", text, intent="signed_not_received", entities=entities)


async def _opened(customer: Conversation) -> list[WorkOrder]:
    return await work_orders_of(customer.desk, customer.id)


async def _submit(customer: Conversation) -> Answer:
    await customer.tell(intent="affirm", entities={"lost_confirmed": "yes"})
    return await customer.run("action_submit_lost", "好", intent="affirm")


async def test_every_question_is_put_once_and_the_carrier_is_asked(speak: SpokenTo) -> None:
    customer = await speak("88001")

    checked = await _begin(customer, order_no=DRESS)
    photo = await customer.tell("都问过了，没人拿")
    sure = await customer.tell("没有照片")
    filed = await _submit(customer)

    asked = [answer.slots["requested_slot"] for answer in (checked, photo, sure)]
    assert asked == ["lost_checked", "lost_photo", "lost_confirmed"]
    assert filed.said == ["utter_lost_filed"]
    opened = (await _opened(customer))[0]
    assert (opened.kind, opened.order_no, opened.text) == ("lost_parcel", DRESS, "显示签收没收到")
    assert (opened.details["has_asked_around"], opened.details["photos"]) == (True, [])
    assert opened.due_at == NOW + timedelta(hours=24)
    assert filed.responses[0]["settled"] == "11月4日 12:00"


async def test_in_english_with_a_picture(speak: SpokenTo) -> None:
    customer = await speak("88001", lang="en")

    await _begin(customer, "it says delivered but I have nothing", order_no=DRESS)
    await customer.tell("not yet", intent="deny")
    sure = await customer.tell(None, picture_upload_ids=["up_1"])
    filed = await _submit(customer)

    assert sure.slots["lost_photo"] == "sent"
    assert filed.said == ["utter_lost_filed", "utter_lost_ask_around"]
    assert (await _opened(customer))[0].details["photos"] == ["up_1"]


async def test_who_says_where_it_is_not_is_not_asked_around(speak: SpokenTo) -> None:
    customer = await speak("88001")

    answer = await _begin(customer, "快递柜里没有我的件", order_no=DRESS)

    assert answer.slots["lost_checked"] is True
    assert answer.slots["requested_slot"] == "lost_photo"


async def test_that_nobody_has_it_is_an_answer_and_no_broken_promise(speak: SpokenTo) -> None:
    customer = await speak("88001")
    await _begin(customer, order_no=DRESS)

    answer = await customer.tell("都问过了没人拿", intent="report_broken_promise")
    wish = await customer.tell("答应我的事呢", intent="report_broken_promise")

    assert answer.slots["lost_checked"] is True
    assert wish.events == []  # the rule for promises answers


async def test_of_two_parcels_only_the_signed_one_can_be_missing(speak: SpokenTo) -> None:
    customer = await speak("88001")

    answer = await _begin(customer, order_no=TWO_PARCELS)

    assert answer.slots["lost_waybill_no"].startswith("JF")


async def test_another_order_can_be_named_in_between(speak: SpokenTo) -> None:
    customer = await speak("88001")
    await _begin(customer, order_no=TWO_PARCELS)

    answer = await customer.tell("不是这单，尾号2458", entities={"order_no": "2458"})

    assert answer.slots["order_no"] == DRESS
    assert answer.slots["lost_waybill_no"] == "JF0260724581"


async def test_after_fifteen_days_a_person_looks_at_it(speak: SpokenTo) -> None:
    customer = await speak("88021")

    answer = await _begin(customer, order_no=LONG_AGO)

    assert answer.said == ["utter_lost_too_late"]
    assert answer.slots["requested_slot"] is None
    assert [e.body["reason"] for e in await customer.stored() if e.type == "handoff_requested"] == [
        "policy"
    ]
    assert await _opened(customer) == []


async def test_what_is_on_its_way_is_not_missing(speak: SpokenTo) -> None:
    customer = await speak("88003")

    answer = await _begin(customer, order_no="620026077402")

    assert answer.said == ["utter_lost_not_signed"]
    assert answer.slots["requested_slot"] is None


async def test_a_no_files_nothing(speak: SpokenTo) -> None:
    customer = await speak("88001")
    await _begin(customer, "驿站说没有", order_no=DRESS)
    await customer.tell("没有照片")

    await customer.tell(intent="deny", entities={"lost_confirmed": "no"})
    answer = await customer.run("action_submit_lost", "不", intent="deny")

    assert answer.said == ["utter_lost_left"]
    assert await _opened(customer) == []


async def test_submitting_twice_files_once(speak: SpokenTo) -> None:
    customer = await speak("88001")
    await _begin(customer, "驿站说没有", order_no=DRESS)
    await customer.tell("没有照片")
    await customer.tell(intent="affirm", entities={"lost_confirmed": "yes"})
    slots = dict(customer.slots)

    first = await customer.run("action_submit_lost", "好", intent="affirm")
    customer.slots.update(slots)
    second = await customer.again("action_submit_lost", "好", intent="affirm")

    assert first.responses == second.responses
    assert len(await _opened(customer)) == 1


async def test_somebody_elses_order_is_no_order(speak: SpokenTo) -> None:
    customer = await speak("88001")

    answer = await _begin(customer, order_no=LONG_AGO)

    assert answer.said[0] == "utter_order_not_found"
