"""What was ordered: another variant, more or fewer, a note; only before it is picked."""

from __future__ import annotations

from typing import Any

from console.desk.order import Order
from tests.actions.conftest import Answer, Conversation, SpokenTo
from tests.shop_books import notes_of

SHIRT = "620026088235"  # of customer 88022: two shirts, blue M, paid
UNPAID = "620026087014"  # tea, not paid
PICKED, ON_ITS_WAY = "620026080729", "620026078251"


async def _begin(customer: Conversation, text: str = "改一下", **entities: Any) -> Answer:
    return await customer.start(
        "item_change_form", text, intent="change_order_item", entities=entities
    )


async def _submit(customer: Conversation) -> Answer:
    await customer.tell(intent="affirm", entities={"item_change_confirmed": "yes"})
    return await customer.run("action_submit_item_change", "好", intent="affirm")


async def _order(customer: Conversation, order_no: str = SHIRT) -> Order:
    found = await customer.desk.shop.find_order("88022", order_no)
    assert found is not None
    return found


async def test_another_size_is_chosen_from_what_is_in_stock(speak: SpokenTo) -> None:
    customer = await speak("88022")

    what = await _begin(customer, order_no=SHIRT)
    which = await customer.tell("换个尺码")
    sure = await customer.tell("蓝 L")
    done = await _submit(customer)

    asked = [one.slots["requested_slot"] for one in (what, which, sure)]
    assert asked == ["item_field", "new_variant", "item_change_confirmed"]
    assert (sure.summary["原来"], sure.summary["改成"]) == ("蓝 M ×2", "蓝 L ×2")
    assert sure.summary["价格"] == "价格不变"
    assert done.said == ["utter_item_changed"]
    assert (await _order(customer)).lines[0].variant == "蓝 L"


async def test_one_size_up_in_one_english_sentence(speak: SpokenTo) -> None:
    customer = await speak("88022", lang="en")

    sure = await _begin(customer, "change it to one size up", order_no=SHIRT)

    assert sure.slots["new_variant"] == "蓝 L"
    assert sure.slots["requested_slot"] == "item_change_confirmed"


async def test_more_of_a_paid_order_is_ordered_anew(speak: SpokenTo) -> None:
    customer = await speak("88022")
    before = await _order(customer)

    answer = await _begin(customer, "再加一件", order_no=SHIRT)

    assert answer.said == ["utter_item_pay_more"]
    assert answer.responses[0]["amount"] == "149.00"
    assert answer.labels == ["取消重拍"]
    assert await _order(customer) == before


async def test_more_of_an_unpaid_order_is_only_dearer(speak: SpokenTo) -> None:
    customer = await speak("88022")

    sure = await _begin(customer, "数量改成2", order_no=UNPAID)
    done = await _submit(customer)

    assert sure.summary["价格"] == "应付金额 +168.00 元"
    assert done.said == ["utter_item_changed"]
    assert (await _order(customer, UNPAID)).lines[0].quantity == 2


async def test_fewer_of_a_paid_order_refunds_the_difference_once(speak: SpokenTo) -> None:
    customer = await speak("88022")
    sure = await _begin(customer, "少买一件", order_no=SHIRT)
    await customer.tell(intent="affirm", entities={"item_change_confirmed": "yes"})
    slots = dict(customer.slots)

    done = await customer.run("action_submit_item_change", "好", intent="affirm")
    customer.slots.update(slots)
    repeated = await customer.again("action_submit_item_change", "好", intent="affirm")

    refunds = await customer.desk.shop.refunds_of("88022")
    assert sure.summary["价格"] == "差价 149.00 元原路退回"
    assert done.said == ["utter_item_changed_and_refunded"]
    assert done.responses[0]["amount"] == "149.00"
    assert repeated.responses == done.responses
    assert [(one.order_no, one.amount_fen) for one in refunds] == [(SHIRT, 149_00)]
    assert (await _order(customer)).lines[0].quantity == 1


async def test_a_note_is_left_once(speak: SpokenTo) -> None:
    customer = await speak("88022")

    sure = await _begin(customer, "麻烦备注轻拿轻放", order_no=SHIRT)
    await customer.tell(intent="affirm", entities={"item_change_confirmed": "yes"})
    slots = dict(customer.slots)
    done = await customer.run("action_submit_item_change", "好", intent="affirm")
    customer.slots.update(slots)
    await customer.again("action_submit_item_change", "好", intent="affirm")

    notes = await customer.desk.database.read(lambda tx: notes_of(tx, SHIRT))
    assert sure.said == ["utter_question_summary"]
    assert sure.summary["订单备注"] == "麻烦备注轻拿轻放"
    assert (done.said, notes) == (["utter_note_left"], ["麻烦备注轻拿轻放"])


async def test_two_orders_cannot_be_merged(speak: SpokenTo) -> None:
    customer = await speak("88022")

    answer = await _begin(customer, "两单合并发货")

    assert answer.said == ["utter_item_together"]
    assert answer.slots["requested_slot"] is None


async def test_once_picked_it_is_cancelled_and_ordered_again(speak: SpokenTo) -> None:
    customer = await speak("88007")

    answer = await _begin(customer, "改成白色", order_no=PICKED)

    assert answer.said == ["utter_item_too_late"]
    assert answer.labels == ["取消重拍"]


async def test_once_on_its_way_the_wish_means_an_exchange(speak: SpokenTo) -> None:
    customer = await speak("88004")

    answer = await _begin(customer, "换个颜色", order_no=ON_ITS_WAY)

    assert answer.slots["next_form"] == "exchange_form"


async def test_a_no_changes_nothing_and_a_foreign_order_is_no_order(speak: SpokenTo) -> None:
    customer = await speak("88022")
    stranger = await speak("88001")
    before = await _order(customer)
    await _begin(customer, "换成蓝 L", order_no=SHIRT)
    await customer.tell(intent="deny", entities={"item_change_confirmed": "no"})

    kept = await customer.run("action_submit_item_change", "不", intent="deny")
    foreign = await _begin(stranger, "换成蓝 L", order_no=SHIRT)

    assert kept.said == ["utter_address_kept"]
    assert await _order(customer) == before
    assert foreign.said[0] == "utter_order_not_found"


async def test_the_colour_said_for_an_exchange_is_kept_when_the_order_is_changed_instead(
    speak: SpokenTo,
) -> None:
    customer = await speak("88022")
    which = await customer.start("exchange_form", "想换成蓝 L 的", intent="request_exchange")
    picked = await customer.tell(intent="request_exchange", entities={"order_no": SHIRT})
    await customer.end("action_submit_exchange", "x")

    sure = await customer.back()

    assert which.slots["requested_slot"] == "order_no"
    assert picked.said == ["utter_means_change_order_item"]
    assert customer.form == "item_change_form"
    assert sure.slots["requested_slot"] == "item_change_confirmed"
    assert sure.summary["改成"] == "蓝 L ×2"


async def test_another_wish_later_does_not_bring_the_old_colour_back(speak: SpokenTo) -> None:
    customer = await speak("88022")
    await customer.start("exchange_form", "想换成蓝 L 的", intent="request_exchange")
    await customer.tell(intent="request_exchange", entities={"order_no": SHIRT})
    await customer.end("action_submit_exchange", "x")
    await customer.back()
    await customer.leave()

    what = await _begin(customer, "改一下", order_no=SHIRT)

    assert what.slots["requested_slot"] == "item_field"


async def test_a_size_said_before_the_order_is_chosen_is_not_asked_for(speak: SpokenTo) -> None:
    customer = await speak("88022")
    await _begin(customer, "尺码改成蓝 L")

    sure = await customer.tell(intent="change_order_item", entities={"order_no": SHIRT})

    assert sure.slots["new_variant"] == "蓝 L"
    assert sure.slots["requested_slot"] == "item_change_confirmed"
