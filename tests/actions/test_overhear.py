"""What is said beside an answer, before its question or to a person is not asked for again."""

from __future__ import annotations

import pytest

from actions.closed_list import read_reason
from tests.actions.conftest import SpokenTo

EARPHONES, COOKER = "620026083988", "620026084315"  # customer 88011


async def test_the_fault_said_with_the_wish_counts_once_the_order_is_picked(
    speak: SpokenTo,
) -> None:
    customer = await speak("88011")
    which = await customer.start(
        "repair_form", "充电仓盖子合不上了，帮我修", intent="request_repair"
    )

    picked = await customer.tell(intent="request_repair", entities={"order_no": EARPHONES})

    assert which.slots["requested_slot"] == "order_no"
    assert picked.slots["requested_slot"] == "fault_since"
    assert customer.slots["fault_text"] == "充电仓盖子合不上了，帮我修"


async def test_a_fault_told_where_the_order_was_asked_is_kept_and_no_miss(speak: SpokenTo) -> None:
    customer = await speak("88011")
    await customer.start("repair_form", "我要报修", intent="request_repair")

    told = await customer.tell("左边那只完全没有声音", intent="nlu_fallback")
    picked = await customer.tell(intent="request_repair", entities={"order_no": EARPHONES})

    assert "utter_not_understood_here" not in told.said
    assert told.slots["requested_slot"] == "order_no"
    assert picked.slots["requested_slot"] == "fault_since"


async def test_words_that_tell_nothing_where_the_order_was_asked_stay_a_miss(
    speak: SpokenTo,
) -> None:
    """The negative control."""
    customer = await speak("88011")
    await customer.start("repair_form", "我要报修", intent="request_repair")

    answer = await customer.tell("嗯嗯", intent="nlu_fallback")

    assert answer.said[0] == "utter_not_understood_here"


async def test_a_time_told_to_a_person_is_taken_by_the_repair(speak: SpokenTo) -> None:
    customer = await speak("88011")
    customer.slots["order_no"] = EARPHONES
    await customer.start("repair_form", "左边那只完全没有声音，报修", intent="request_repair")
    await customer.tell("前天开始的")

    answer = await customer.silent("我把它重置过两遍", f"不是尾号{COOKER[-4:]}的")

    assert customer.slots["order_no"] == EARPHONES
    assert answer.slots["requested_slot"] == "tried_steps"


async def test_a_phone_told_to_a_person_is_not_asked_for_by_the_call_back(
    speak: SpokenTo,
) -> None:
    customer = await speak("88011")
    await customer.start("callback_form", "回个电话", intent="request_callback")
    assert customer.slots["requested_slot"] == "phone"

    answer = await customer.silent("打 13900002222 这个号")

    assert customer.slots["phone"] == "13900002222"
    assert answer.slots["requested_slot"] == "slot_window"


async def test_a_reason_that_is_known_is_not_overwritten_by_what_a_person_was_told(
    speak: SpokenTo,
) -> None:
    customer = await speak("88001")
    customer.slots["order_no"] = "620026072458"
    await customer.start("return_form", "尺码偏小了", intent="request_return")

    await customer.silent("而且质量也不好")

    assert customer.slots["reason"] == "wrong_size"


async def test_one_size_up_says_why_it_is_exchanged(speak: SpokenTo) -> None:
    customer = await speak("88001")
    customer.slots["order_no"] = "620026072458"

    answer = await customer.start("exchange_form", "换个大一码的", intent="request_exchange")

    assert customer.slots["reason"] == "wrong_size"
    assert answer.slots["requested_slot"] == "condition"


async def test_an_asked_again_form_keeps_the_answers_it_had(speak: SpokenTo) -> None:
    customer = await speak("88004")
    paid = {"order_no": "620026077819"}
    await customer.start("cancel_form", "拍错了，取消", intent="cancel_order", entities=paid)
    await customer.start("complaint_form", "我要投诉", intent="file_complaint")

    again = await customer.start("cancel_form", "还是取消", intent="cancel_order")

    assert again.slots["requested_slot"] == "cancel_confirmed"
    assert customer.slots["cancel_reason"] == "wrong_choice"


@pytest.mark.parametrize(
    ("text", "reason"),
    [
        ("那条裙子大了想退", "wrong_size"),
        ("裙子小了，退了吧", "wrong_size"),
        ("孩子长大了想退", "outgrown"),
        ("事情闹大了想退", None),
    ],
)
def test_too_big_said_of_goods_is_why_and_said_of_others_is_not(
    text: str, reason: str | None
) -> None:
    assert read_reason(text) == reason
