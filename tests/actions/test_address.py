"""Where an order goes: changed at once, by the courier, or not at all, by state and city."""

from __future__ import annotations

from datetime import timedelta
from typing import Any

import pytest

from console.desk.order import Order
from console.services.work_order import work_orders_of
from tests.actions.conftest import Answer, Conversation, SpokenTo
from tests.given import NOW
from tests.shop_books import notes_of

PAID, DELIVERING = "620026077819", "620026078251"  # of customer 88004, in 广州市天河区
SIGNED = "620026079548"  # of customer 88006


async def _begin(customer: Conversation, text: str = "改地址", **entities: Any) -> Answer:
    return await customer.start("address_form", text, intent="change_address", entities=entities)


async def _submit(customer: Conversation) -> Answer:
    await customer.tell(intent="affirm", entities={"address_confirmed": "yes"})
    return await customer.run("action_submit_address", "好", intent="affirm")


async def _order(customer: Conversation, order_no: str = PAID) -> Order:
    found = await customer.desk.shop.find_order("88004", order_no)
    assert found is not None
    return found


async def test_before_picking_the_new_address_counts_at_once(speak: SpokenTo) -> None:
    customer = await speak("88004")

    where = await _begin(customer, order_no=PAID)
    sure = await customer.tell("上海市徐汇区草稿路 2 号 301", intent="inform")
    done = await _submit(customer)

    assert where.said == ["utter_question_new_address"]
    assert sure.slots["requested_slot"] == "address_confirmed"
    assert sure.cards[0]["heading"] == "改地址"
    assert (sure.summary["订单"], sure.summary["原来"]) == (PAID, "广东省广州市天河区****")
    assert sure.summary["新地址"] == "上海市徐汇区草稿路 2 号 301"
    assert done.said == ["utter_address_changed"]
    assert (await _order(customer)).receiver_address == "上海市徐汇区草稿路 2 号 301"


async def test_what_is_left_out_stays_as_it_was(speak: SpokenTo) -> None:
    customer = await speak("88004")

    answer = await _begin(customer, "地址改成越秀区练习路 9 号", order_no=PAID)

    assert answer.slots["new_address"] == "广东省广州市越秀区练习路 9 号"
    assert answer.slots["requested_slot"] == "address_confirmed"


async def test_a_forgotten_house_number_is_added_to_the_address(speak: SpokenTo) -> None:
    customer = await speak("88004")
    before = (await _order(customer)).receiver_address

    answer = await _begin(customer, "加一下门牌号3栋502", order_no=PAID)

    assert answer.slots["new_address"].startswith(before)
    assert answer.slots["new_address"].endswith("3栋502")


async def test_the_phone_of_a_signed_in_customer_changes_in_english(speak: SpokenTo) -> None:
    customer = await speak("88004", lang="en")

    ask = await _begin(customer, "change the phone number", order_no=PAID)
    await customer.tell("13900000077")
    done = await _submit(customer)

    assert ask.slots["requested_slot"] == "new_phone"
    assert done.said == ["utter_address_changed"]
    assert (await _order(customer)).receiver_phone == "13900000077"


async def test_the_receiver_changes_and_nothing_else(speak: SpokenTo) -> None:
    customer = await speak("88004")
    before = await _order(customer)

    await _begin(customer, "收货人写错了", order_no=PAID)
    await customer.tell("改成何小慈")
    await _submit(customer)

    after = await _order(customer)
    assert after.receiver_name == "何小慈"
    assert (after.receiver_phone, after.receiver_address) == (
        before.receiver_phone,
        before.receiver_address,
    )


async def test_a_wish_where_to_leave_it_becomes_a_note(speak: SpokenTo) -> None:
    customer = await speak("88004")

    await _begin(customer, "放门卫那里", order_no=DELIVERING)
    done = await _submit(customer)

    assert done.said == ["utter_note_left"]
    notes = await customer.desk.database.read(lambda tx: notes_of(tx, DELIVERING))
    assert notes == ["放门卫那里"]


async def test_on_its_way_within_the_city_the_courier_is_asked_once(speak: SpokenTo) -> None:
    customer = await speak("88004")
    before = await _order(customer, DELIVERING)

    sure = await _begin(customer, "改成广州市越秀区练习路 9 号", order_no=DELIVERING)
    await customer.tell(intent="affirm", entities={"address_confirmed": "yes"})
    slots = dict(customer.slots)
    done = await customer.run("action_submit_address", "好", intent="affirm")
    customer.slots.update(slots)
    await customer.again("action_submit_address", "好", intent="affirm")

    assert sure.said == ["utter_question_summary"]
    assert sure.cards[0]["note"] == "这单已经在路上，要请快递员改，会晚 1-2 天。"
    assert done.said == ["utter_address_asked"]
    opened = await work_orders_of(customer.desk, customer.id)
    assert [(one.kind, one.text, one.due_at) for one in opened] == [
        ("address_change", "广州市越秀区****", NOW + timedelta(hours=4))
    ]
    assert await _order(customer, DELIVERING) == before


async def test_to_another_city_it_is_stopped_instead(speak: SpokenTo) -> None:
    customer = await speak("88004")

    answer = await _begin(customer, "改成上海市徐汇区草稿路 2 号", order_no=DELIVERING)

    assert answer.said == ["utter_address_other_city"]
    assert answer.slots["requested_slot"] is None
    assert answer.labels == ["申请取消"]
    assert await work_orders_of(customer.desk, customer.id) == []


@pytest.mark.parametrize("text", ["我家", "新家那边"])
async def test_an_address_that_nobody_finds_is_asked_again(speak: SpokenTo, text: str) -> None:
    customer = await speak("88004")
    await _begin(customer, order_no=PAID)

    answer = await customer.tell(text, intent="nlu_fallback")

    assert answer.said == ["utter_not_understood_here", "utter_question_new_address"]


async def test_a_side_question_is_no_address_and_no_name(speak: SpokenTo) -> None:
    customer = await speak("88004")
    await _begin(customer, order_no=PAID)
    where = await customer.tell("改到5号楼以后多久能到？", intent="ask_arrival_time")
    await _begin(customer, "收货人写错了", order_no=PAID)

    name = await customer.tell("运费谁出", intent="ask_shipping_fee")

    assert (where.events, name.events) == ([], [])


async def test_an_address_counts_whatever_it_was_taken_for(speak: SpokenTo) -> None:
    customer = await speak("88004")
    await _begin(customer, order_no=PAID)

    answer = await customer.tell("上海市徐汇区草稿路 2 号", intent="ask_delivery_method")

    assert answer.slots["new_address"] == "上海市徐汇区草稿路 2 号"


async def test_a_house_can_be_put_right_before_the_yes(speak: SpokenTo) -> None:
    customer = await speak("88004")
    await _begin(customer, "改成广州市越秀区练习路 9 号 3 栋", order_no=PAID)

    answer = await customer.tell("不是3栋，是6栋", intent="correct_info")

    assert answer.slots["requested_slot"] == "address_confirmed"
    assert "6" in answer.slots["new_address"].split("路")[1]


async def test_a_delivered_order_and_a_no_change_nothing(speak: SpokenTo) -> None:
    delivered = await speak("88006")
    customer = await speak("88004")
    before = await _order(customer)

    late = await _begin(delivered, order_no=SIGNED)
    await _begin(customer, "改成广州市越秀区练习路 9 号", order_no=PAID)
    await customer.tell(intent="deny", entities={"address_confirmed": "no"})
    kept = await customer.run("action_submit_address", "不", intent="deny")

    assert late.said == ["utter_address_signed"]
    assert kept.said == ["utter_address_kept"]
    assert await _order(customer) == before


async def test_visitors_and_foreign_orders_change_nothing(speak: SpokenTo) -> None:
    visitor = await speak(None)
    customer = await speak("88001")

    unknown = await _begin(visitor, "改成广州市越秀区练习路 9 号")
    foreign = await _begin(customer, "改成广州市越秀区练习路 9 号", order_no=PAID)

    assert unknown.said == ["utter_sign_in_for_money"]
    assert foreign.said[0] == "utter_order_not_found"
