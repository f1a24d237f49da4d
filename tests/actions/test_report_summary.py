"""Reports end in a summary; only a yes carries the remedy out, and one filling does it once."""

from __future__ import annotations

import asyncio

import pytest
from rasa_sdk.events import ActiveLoop

from console.storage.after_sale import after_sale_requests
from console.storage.shop import shop_payments
from tests.actions.conftest import Answer, Conversation, SpokenTo
from tests.actions.stored import rows
from tests.actions.test_report_form import (
    NO,
    SMALL,
    TWO_THINGS,
    YES,
    reported,
    say_yes,
    summary_of,
    with_photo,
)

TORN = "打开一看包装全破了，创可贴都湿了"


async def with_wet_plasters(speak: SpokenTo, lang: str = "zh") -> Conversation:
    """At the question for the remedy."""
    customer = await speak("88011", lang)
    told = TORN if lang == "zh" else "the plasters are all wet and torn"
    asked = await reported(customer, "damage_form", SMALL, 1, told, "report_damaged")
    if asked.slots["requested_slot"] == "outer_box":
        await customer.tell(entities={"outer_box": "damaged"})
    await with_photo(customer)
    return customer


async def with_a_wrong_kettle(speak: SpokenTo) -> Conversation:
    customer = await speak("88011")
    told = "收到的是一个保温杯不是水壶"
    await reported(customer, "wrong_form", SMALL, 2, told, "report_wrong_item")
    await with_photo(customer)
    return customer


async def refunded(customer: Conversation) -> int:
    paid = await rows(customer, shop_payments)
    return sum(row.refunded_fen for row in paid if row.order_no == SMALL)


async def test_the_summary_shows_all_that_was_told_and_what_will_be_done(speak: SpokenTo) -> None:
    customer = await with_wet_plasters(speak)

    shown = await summary_of(customer, "refund_now")

    assert shown.said == ["utter_question_summary"]
    assert shown.cards[0]["heading"] == "收到时破损"
    assert shown.summary == {
        "订单": SMALL,
        "商品": "家用创可贴 100 片",
        "数量": "1 件",
        "原因": "收到时破损",
        "情况说明": TORN,
        "外箱": "有破损",
        "照片": "1 张",
        "处理方式": "马上退款",
        "退款金额": 19_90,
        "到账": "银行卡 1-7 个工作日到账",
        "退回方式": "不用寄回",
    }
    assert shown.labels == ["确认提交", "要改一下", "先不办了"]
    assert (await rows(customer, after_sale_requests), await refunded(customer)) == ([], 0)


async def test_the_summary_is_english_for_english(speak: SpokenTo) -> None:
    customer = await with_wet_plasters(speak, "en")

    shown = await summary_of(customer, "reship")

    assert shown.cards[0]["heading"] == "It arrived damaged"
    assert shown.summary["Remedy"] == "Send it again, free of charge"
    assert shown.summary["What is next"] == "Sent right away"
    assert shown.summary["Way back"] == "Nothing has to come back"
    assert "Refund" not in shown.summary
    assert shown.labels == ["Submit", "Change something", "Leave it"]


async def test_a_channel_without_cards_gets_the_same_lines_as_text(speak: SpokenTo) -> None:
    customer = await with_wet_plasters(speak)

    shown = await summary_of(customer, "refund_now")

    text = next(one["custom"]["text"] for one in shown.responses if one.get("custom"))
    assert "退款金额：19.90 元" in text.splitlines()
    assert len(text.splitlines()) == 1 + len(shown.cards[0]["lines"])


async def test_goods_to_be_fetched_are_named_before_the_yes(speak: SpokenTo) -> None:
    customer = await with_a_wrong_kettle(speak)

    shown = await summary_of(customer, "reship")

    assert shown.summary["接下来"] == "新的先给您发出"
    assert shown.summary["退回方式"] == "快递员免费上门取走原来那件"


async def test_a_missing_part_is_named_in_the_summary(speak: SpokenTo) -> None:
    customer = await speak("88009")
    await reported(
        customer, "missing_form", TWO_THINGS, 2, "水壶里少了底座", "report_missing_parts"
    )
    await with_photo(customer)

    shown = await summary_of(customer, "reship")

    assert shown.summary["缺少的部分"] == "电源底座"


async def test_a_no_asks_what_to_change_and_nothing_is_done(speak: SpokenTo) -> None:
    customer = await with_wet_plasters(speak)
    await summary_of(customer, "refund_now")

    asked = await customer.tell(intent="deny", entities=NO)
    other = await customer.tell(intent="correct_info", entities={"field": "remedy"})

    assert asked.said == ["utter_question_change_what"]
    assert asked.labels == ["商品", "情况说明", "外箱", "处理方式", "先不办了"]
    assert other.said == ["utter_question_remedy"]
    assert (await rows(customer, after_sale_requests), await refunded(customer)) == ([], 0)


async def test_leaving_at_the_summary_does_nothing(speak: SpokenTo) -> None:
    customer = await with_wet_plasters(speak)
    await summary_of(customer, "refund_now")

    await customer.leave()
    after = await customer.end("action_carry_out_remedy", "算了", intent="restart_flow")

    assert after.said == []
    assert (await rows(customer, after_sale_requests), await refunded(customer)) == ([], 0)


@pytest.mark.parametrize(
    ("said", "intent"),
    [
        ("不是补发，退款吧", "correct_info"),
        ("不是补发，我要退款", "request_refund_only"),
        ("还是退钱好了，不要补发", "request_refund_only"),
        ("not the resend, but a refund please", "correct_info"),
    ],
)
async def test_another_remedy_at_the_summary_is_shown_again(
    speak: SpokenTo, said: str, intent: str
) -> None:
    customer = await with_wet_plasters(speak)
    await summary_of(customer, "reship")

    again = await customer.tell(said, intent=intent)

    assert again.slots["requested_slot"] == "remedy_confirmed"
    assert again.summary["处理方式"] == "马上退款"
    assert again.summary["退款金额"] == 19_90
    assert await rows(customer, after_sale_requests) == []


async def test_a_remedy_with_a_form_of_its_own_goes_on_there(speak: SpokenTo) -> None:
    customer = await with_a_wrong_kettle(speak)
    await summary_of(customer, "reship")

    closed = await customer.tell("不补发了，退款吧", intent="request_refund_only")
    going_on = await customer.end("action_carry_out_remedy", "退款吧")

    assert closed.slots["requested_slot"] is None
    assert ActiveLoop("return_form") in going_on.events
    assert await rows(customer, after_sale_requests) == []


async def test_another_picture_at_the_summary_is_counted(speak: SpokenTo) -> None:
    customer = await with_wet_plasters(speak)
    await summary_of(customer, "refund_now")

    again = await customer.tell("[图片]", intent="nlu_fallback", picture_upload_ids=["up_2"])

    assert again.said == ["utter_question_summary"]
    assert again.summary["照片"] == "2 张"


CAT_FOOD = "620026075183"  # customer 88002: two bags of 159.00


async def test_another_number_of_pieces_changes_the_summary(speak: SpokenTo) -> None:
    customer = await speak("88002")
    customer.slots.update(order_no=CAT_FOOD, order_item_id=f"{CAT_FOOD}-1", quantity=1)
    await customer.start("damage_form", "猫粮袋子烂了，粮都撒出来了", intent="report_damaged")
    if customer.slots["requested_slot"] == "outer_box":
        await customer.tell(entities={"outer_box": "damaged"})
    await with_photo(customer)
    one = await summary_of(customer, "reship")

    two = await customer.tell("是两袋", intent="inform", entities={"quantity": 2})
    many = await customer.tell("是九袋", intent="inform", entities={"quantity": 9})

    assert (one.summary["数量"], two.summary["数量"]) == ("1 件", "2 件")
    assert many.said[0] == "utter_refused_quantity_too_high"
    assert many.summary["数量"] == "2 件"


async def test_another_order_at_the_summary_starts_over_with_its_goods(speak: SpokenTo) -> None:
    customer = await with_wet_plasters(speak)
    await summary_of(customer, "refund_now")

    await customer.tell("不是这单，是上一单", intent="correct_info")

    assert customer.slots["order_no"] != SMALL
    assert (customer.slots["remedy"], customer.slots["fault_text"]) == (None, None)
    assert await rows(customer, after_sale_requests) == []


# --- once -------------------------------------------------------------------------------------


async def with_a_yes(speak: SpokenTo) -> tuple[Conversation, dict[str, object]]:
    """The form is over; its slots as they were then."""
    customer = await with_wet_plasters(speak)
    await summary_of(customer, "refund_now")
    await customer.tell(intent="affirm", entities=YES)
    return customer, dict(customer.slots)


async def carry_out(customer: Conversation, slots: dict[str, object]) -> Answer:
    customer.slots.clear()
    customer.slots.update(slots)
    return await customer.end("action_carry_out_remedy", intent="affirm", entities=YES)


async def test_a_retried_turn_and_a_second_yes_pay_once(speak: SpokenTo) -> None:
    customer, slots = await with_a_yes(speak)

    first = await carry_out(customer, slots)
    retried = await carry_out(customer, slots)
    customer.turns += 1
    second_yes = await carry_out(customer, slots)

    assert {one.slots["rma_no"] for one in (first, retried, second_yes)} == {first.slots["rma_no"]}
    assert len(await rows(customer, after_sale_requests)) == 1
    assert await refunded(customer) == 19_90


async def test_two_turns_at_once_pay_once(speak: SpokenTo) -> None:
    customer, slots = await with_a_yes(speak)

    both = await asyncio.gather(carry_out(customer, slots), carry_out(customer, slots))

    assert both[0].slots["rma_no"] == both[1].slots["rma_no"]
    assert len(await rows(customer, after_sale_requests)) == 1
    assert await refunded(customer) == 19_90


async def test_two_fillings_at_once_are_two_wishes_and_the_second_is_refused(
    speak: SpokenTo,
) -> None:
    """Negative control: it is the filling that makes the wish one."""
    customer, slots = await with_a_yes(speak)

    both = await asyncio.gather(
        carry_out(customer, slots), carry_out(customer, {**slots, "form_instance": "tu_x.damage"})
    )

    assert sorted(one.said[0] for one in both) == [
        "utter_refused_return_running",
        "utter_remedy_refunded",
    ]
    assert await refunded(customer) == 19_90


async def test_without_a_yes_the_end_of_the_form_does_nothing(speak: SpokenTo) -> None:
    customer, slots = await with_a_yes(speak)

    silent = await carry_out(customer, {**slots, "remedy_confirmed": None})
    done = await carry_out(customer, slots)

    assert silent.said == []
    assert done.said == ["utter_remedy_refunded"]
    assert await refunded(customer) == 19_90


async def test_a_second_report_of_the_same_goods_is_no_second_refund(speak: SpokenTo) -> None:
    customer = await with_wet_plasters(speak)
    await summary_of(customer, "refund_now")
    await say_yes(customer)

    again = await reported(customer, "damage_form", SMALL, 1, TORN, "report_damaged")

    assert again.said == ["utter_refused_return_running"]
    assert await refunded(customer) == 19_90
