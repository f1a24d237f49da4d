"""Other goods than those of the form, in a few words."""

from __future__ import annotations

import time

import pytest

from tests.actions.conftest import Conversation, SpokenTo

DRESS, PHONE = "620026072458", "620026071317"  # customer 88001
CHARGER, CASE = f"{PHONE}-2", f"{PHONE}-3"


async def _returns(speak: SpokenTo, what: str, lang: str = "zh") -> Conversation:
    customer = await speak("88001", lang)
    await customer.start("return_form", what, intent="request_return")
    assert customer.slots["requested_slot"] == "reason"
    return customer


@pytest.mark.parametrize(
    ("what", "no", "lang"),
    [("充电器想退", "不是这个，另一个", "zh"), ("return the charger", "no, the other one", "en")],
)
async def test_the_other_one_is_the_other_item_of_the_order(
    speak: SpokenTo, what: str, no: str, lang: str
) -> None:
    customer = await _returns(speak, what, lang)

    answer = await customer.tell(no, intent="correct_info")

    assert customer.slots["order_item_id"] == CASE
    assert customer.slots.get("reason") is None  # "other" is none here
    assert answer.slots["requested_slot"] == "quantity"


@pytest.mark.parametrize(
    ("what", "no", "lang"),
    [("连衣裙想退", "不是这件", "zh"), ("return the dress", "no, the other one", "en")],
)
async def test_the_other_one_of_a_single_item_is_in_another_order(
    speak: SpokenTo, what: str, no: str, lang: str
) -> None:
    customer = await _returns(speak, what, lang)

    await customer.tell(no, intent="correct_info")

    assert customer.slots["order_no"] == PHONE
    assert customer.slots["requested_slot"] == "order_item_id"
    assert customer.slots.get("reason") is None


@pytest.mark.parametrize(
    ("what", "no", "item"),
    [
        ("充电器想退", "不是充电器，是手机壳", CASE),
        ("连衣裙想退", "说错了，是充电器", CHARGER),
        ("充电器想退", "错了，连衣裙", f"{DRESS}-1"),
        ("return the charger", "no, the dress", f"{DRESS}-1"),
        ("return the charger", "not the charger, the case", CASE),
    ],
)
async def test_goods_named_beside_a_no_are_meant_instead(
    speak: SpokenTo, what: str, no: str, item: str
) -> None:
    customer = await _returns(speak, what)

    await customer.tell(no, intent="nlu_fallback")

    assert customer.slots["order_item_id"] == item
    assert customer.slots["order_no"] == item[:-2]


@pytest.mark.parametrize(
    "said", ["不是手机能配的充电器", "充电器不是坏的，拍错了", "not what my phone needs"]
)
async def test_a_reason_with_a_no_and_goods_in_it_changes_no_goods(
    speak: SpokenTo, said: str
) -> None:
    """Negative control."""
    customer = await _returns(speak, "充电器想退")

    await customer.tell(said, intent="inform")

    assert customer.slots["order_item_id"] == CHARGER


async def test_not_this_reason_is_about_no_item(speak: SpokenTo) -> None:
    customer = await _returns(speak, "充电器想退")

    await customer.tell("不是这个原因", intent="deny")

    assert customer.slots["order_item_id"] == CHARGER


async def test_the_only_thing_that_was_bought_is_not_let_go_of(speak: SpokenTo) -> None:
    customer = await speak("88006")
    await customer.start("return_form", "电饭煲想退", intent="request_return")

    await customer.tell("不是这台", intent="deny")

    assert customer.slots["order_no"] == "620026079548"
    assert customer.slots["requested_slot"] == "reason"


@pytest.mark.parametrize("piece", ["我说的", "说错了", "不是的", "it's it is "])
async def test_a_page_of_corrections_is_read_in_no_time(speak: SpokenTo, piece: str) -> None:
    customer = await _returns(speak, "充电器想退")
    started = time.perf_counter()

    await customer.tell(f"不是充电器 {piece * 900} 手机壳 飞", intent="deny")

    assert time.perf_counter() - started < 2
    assert customer.slots["order_item_id"] == CHARGER
