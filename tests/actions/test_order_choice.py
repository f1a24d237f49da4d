"""Goods named in a sentence decide which order and which item is meant."""

from __future__ import annotations

import pytest

from actions.title_words import naming_most
from tests.actions.conftest import SpokenTo

NAMES = ["暖厨 空气炸锅 5L", "清岚 空气净化器", "云朵 婴儿纸尿裤"]


@pytest.mark.parametrize(
    ("text", "meant"),
    [
        ("空气炸锅坏了", NAMES[:1]),
        ("净化器有味道", NAMES[1:2]),
        ("带空气两个字的", NAMES[:2]),
        ("纸尿裤买小了", NAMES[2:]),
        ("随便哪个", []),
    ],
)
def test_what_shares_most_words_is_meant(text: str, meant: list[str]) -> None:
    assert naming_most(text, NAMES, str) == meant


async def test_goods_of_an_unlikelier_order_win_over_the_likelier_one(speak: SpokenTo) -> None:
    customer = await speak("88008")  # apples and nuts came, the shoes are on their way

    answer = await customer.start("return_form", "运动鞋我不要了", intent="request_return")

    assert answer.slots["order_no"] == "620026081156"
    assert answer.said == ["utter_means_cancel_order"]


async def test_the_sentence_that_chooses_the_order_names_the_item_as_well(
    speak: SpokenTo,
) -> None:
    customer = await speak("88009")

    answer = await customer.start("return_form", "想退掉破壁机", intent="request_return")

    assert answer.slots["order_item_id"] == "620026082034-1"
    assert answer.said == ["utter_question_reason"]


async def test_more_about_the_fault_starts_no_second_remedy(speak: SpokenTo) -> None:
    customer = await speak("88009")
    await customer.start("return_form", "退破壁机,质量问题", intent="request_return")
    asked = customer.slots["requested_slot"]

    more = await customer.tell("打开就是碎的呀", intent="report_damaged")
    wish = await customer.tell("算了我要投诉", intent="file_complaint")

    assert more.slots["requested_slot"] == asked
    assert wish.events == []  # another form begins


SHIRTS = ["620026088677", "620026088235"]  # of customer 88022, newest first, among other orders


@pytest.mark.parametrize(
    ("lang", "said", "second"),
    [("zh", "衬衫不要了，取消", "第二个"), ("en", "cancel the shirt", "the second one")],
)
async def test_a_place_in_the_list_counts_in_the_list_that_was_shown(
    speak: SpokenTo, lang: str, said: str, second: str
) -> None:
    customer = await speak("88022", lang)
    first = await customer.start("cancel_form", said, intent="cancel_order")

    await customer.tell(second, intent="inform")

    assert [label[-4:] for label in first.labels] == [number[-4:] for number in SHIRTS]
    assert customer.slots["order_no"] == SHIRTS[1]


async def test_the_other_order_is_the_other_one_with_these_goods(speak: SpokenTo) -> None:
    customer = await speak("88022")
    await customer.start("cancel_form", "衬衫拍错了，取消", intent="cancel_order")
    await customer.tell("第一个", intent="inform")

    await customer.tell("不是这单，另一单", intent="correct_info")

    assert customer.slots["order_no"] == SHIRTS[1]


async def test_goods_that_are_named_later_outweigh_those_of_the_first_sentence(
    speak: SpokenTo,
) -> None:
    customer = await speak("88022")
    await customer.start("cancel_form", "衬衫拍错了，取消", intent="cancel_order")

    await customer.tell("热水壶那单", intent="inform")

    assert customer.slots["order_no"] == "620026087890"
