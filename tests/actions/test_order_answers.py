"""Reading an order back, refusing a parcel, and trouble while ordering."""

from __future__ import annotations

from datetime import timedelta

import pytest

from console.services.work_order import work_orders_of
from tests.actions.conftest import SpokenTo
from tests.given import NOW

PAID, DELIVERING = "620026077819", "620026078251"  # of customer 88004
SIGNED = "620026079548"  # of customer 88006
CONFIRM, REFUSE, HELP = (
    "action_confirm_order_info",
    "action_answer_refusal",
    "action_help_to_order",
)


async def test_an_order_is_read_back_with_person_and_street_masked(speak: SpokenTo) -> None:
    customer = await speak("88004")
    customer.slots["order_no"] = PAID

    answer = await customer.run(CONFIRM, "地址对不对", intent="confirm_order_info")

    said = answer.responses[0]
    assert (said["receiver"], said["phone"]) == ("何**", "138****1004")
    assert said["address"] == "广东省广州市天河区****"
    assert said["items"] == "一键折叠婴儿推车 石墨灰 ×1；云朵 婴儿湿巾 80 抽 6 包 ×1"
    assert answer.labels == ["改地址", "改规格或数量", "看其他订单"]


async def test_in_english_and_once_shipped_nothing_can_be_changed_here(speak: SpokenTo) -> None:
    customer = await speak("88004", lang="en")
    customer.slots["order_no"] = DELIVERING

    answer = await customer.run(CONFIRM, "is it right", intent="confirm_order_info")

    assert answer.responses[0]["items"] == "Chuya formula stage 2, 800 g ×2"
    assert answer.labels == ["Another order"]


async def test_a_visitor_is_read_nothing(speak: SpokenTo) -> None:
    visitor = await speak(None)

    answer = await visitor.run(CONFIRM, "核对地址", intent="confirm_order_info")

    assert answer.said == ["utter_sign_in_first"]


@pytest.mark.parametrize(
    ("customer_no", "order_no", "text", "said"),
    [
        ("88004", PAID, "我要拒收", "utter_refuse_not_shipped"),
        ("88004", DELIVERING, "能拒收吗", "utter_refuse_at_door"),
        ("88004", DELIVERING, "箱子都湿了我不收", "utter_refuse_damaged"),
        ("88004", DELIVERING, "can I refuse it", "utter_refuse_at_door"),
        ("88006", SIGNED, "拒收", "utter_refuse_signed"),
    ],
)
async def test_the_state_of_the_order_decides_what_refusing_means(
    speak: SpokenTo, customer_no: str, order_no: str, text: str, said: str
) -> None:
    customer = await speak(customer_no)
    customer.slots["order_no"] = order_no

    answer = await customer.run(REFUSE, text, intent="refuse_delivery")

    assert answer.said == [said]
    assert await work_orders_of(customer.desk, customer.id) == []


@pytest.mark.parametrize("text", ["我已经拒收了，钱呢", "i refused it yesterday"])
async def test_a_parcel_that_was_refused_is_followed_up_once(speak: SpokenTo, text: str) -> None:
    customer = await speak("88004")
    customer.slots["order_no"] = DELIVERING

    answer = await customer.run(REFUSE, text, intent="refuse_delivery")
    await customer.again(REFUSE, text, intent="refuse_delivery")

    opened = await work_orders_of(customer.desk, customer.id)
    assert answer.said == ["utter_refuse_followed_up"]
    assert [(one.kind, one.due_at) for one in opened] == [
        ("carrier_check", NOW + timedelta(hours=24))
    ]


async def test_the_limit_of_the_goods_in_view_is_told(speak: SpokenTo) -> None:
    customer = await speak("88001")
    customer.slots["product_id"] = "p403"

    answer = await customer.run(HELP, "它说我超过限购了", intent="place_order_help")

    assert answer.said == ["utter_order_trouble_limit_known"]
    assert answer.responses[0]["limit"] == 4


async def test_sold_out_goods_bring_others_that_are_there(speak: SpokenTo) -> None:
    customer = await speak("88001")
    customer.slots["product_id"] = "p104"

    answer = await customer.run(HELP, "提交不了", intent="place_order_help")

    assert answer.said == ["utter_order_trouble_sold_out"]
    shown = [one["product_id"] for one in answer.cards[0]["products"]]
    assert shown[0] == "p103"
    assert "p104" not in shown
    assert answer.labels == ["还是不行，转人工"]


async def test_a_blocked_account_is_for_a_person_and_a_dead_button_is_not(speak: SpokenTo) -> None:
    customer = await speak("88001", lang="en")

    page = await customer.run(HELP, "the button does nothing", intent="place_order_help")
    account = await customer.run(HELP, "my account is blocked", intent="place_order_help")

    assert page.said == ["utter_order_trouble_page"]
    assert account.said == ["utter_order_trouble_account"]
    reasons = [e.body["reason"] for e in await customer.stored() if e.type == "handoff_requested"]
    assert reasons == ["policy"]
