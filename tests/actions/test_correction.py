"""Corrections: what is taken back, what holds instead, and the one way in which forms use it."""

from __future__ import annotations

import pytest

from actions.correction import Correction, amended, exchanged, meant_answer, read_correction
from tests.actions.conftest import SpokenTo

DRESS, MIXED = "620026072458", "620026071317"  # customer 88001, newest first
KNOWN = {
    "order_no": DRESS,
    "phone": "13800001234",
    "new_address": "云杉路 12 号 9 栋 301 室",
    "quantity": 2,
    "reason": "wrong_size",
}


@pytest.mark.parametrize(
    ("text", "kept", "taken_back"),
    [
        ("不是九号楼，是六号楼", "六号楼", "九号楼"),
        ("地址是6栋不是9栋", "6栋", "9栋"),
        ("说错了，周五吧", "周五", ""),
        ("楼号应该是6栋才对", "6栋", ""),
        ("改成3件", "3件", ""),
        ("not 9 but 6", "6", "9"),
        ("Unit 6, not 9", "Unit 6", "9"),
        ("sorry, Friday", "Friday", ""),
        ("I meant building 6", "building 6", ""),
        ("change it to blue please", "blue", ""),
    ],
)
def test_both_halves_of_a_correction_are_found(text: str, kept: str, taken_back: str) -> None:
    assert read_correction(text) == Correction(kept, taken_back)


@pytest.mark.parametrize("text", ["好的", "是不是要收运费", "明天上午", "I do not know", "yes"])
def test_an_ordinary_answer_corrects_nothing(text: str) -> None:
    assert read_correction(text) is None


@pytest.mark.parametrize(
    ("text", "name"),
    [
        ("电话写错了，应该是13900005678", "phone"),
        ("应该是6栋", "new_address"),
        ("不是9栋，是6栋", "new_address"),
        ("不是尺码不合适，是买错了", "reason"),
        ("the address should be building 6", "new_address"),
        ("应该是蓝色", None),
    ],
)
def test_the_corrected_answer_is_known_by_name_value_or_kind(text: str, name: str | None) -> None:
    correction = read_correction(text)

    assert correction is not None
    assert meant_answer(correction, text, KNOWN, "zh") == name


@pytest.mark.parametrize(
    ("value", "kept", "result"),
    [
        ("云杉路 12 号 9栋301室", "6栋", "云杉路 12 号 6栋301室"),
        ("云杉路9栋301室", "6栋502室", "云杉路6栋502室"),
        ("12 Spruce Road, building 9", "building 6", "12 Spruce Road, building 6"),
        ("云杉路9栋", "9栋", None),  # nothing changes
        ("云杉路9栋", "3单元", None),  # no such piece
        ("云杉路9栋", "周五", None),
        (2, "6栋", None),
    ],
)
def test_only_the_named_piece_of_a_long_answer_changes(
    value: object, kept: str, result: str | None
) -> None:
    assert amended(value, kept) == result


def test_old_words_are_exchanged_where_they_stand() -> None:
    assert exchanged("送到北门", Correction("南门", "北门")) == "送到南门"
    assert exchanged("送到北门", Correction("南门", "西门")) is None
    assert exchanged("送到北门", Correction("南门")) is None


async def test_the_order_before_is_taken_and_what_hung_on_the_first_one_falls(
    speak: SpokenTo,
) -> None:
    customer = await speak("88001")
    customer.slots["order_no"] = DRESS
    await customer.start("return_form", "不想要了,没拆封", intent="request_return")

    answer = await customer.tell("不是这单，是上一单", intent="correct_info")

    assert answer.slots["order_no"] == MIXED
    assert (answer.slots["order_item_id"], answer.slots["condition"]) == (None, None)
    assert customer.slots["reason"] == "no_longer_wanted"
    assert answer.said == ["utter_question_order_item_id"]


async def test_another_order_without_saying_which_is_the_only_other_one(speak: SpokenTo) -> None:
    customer = await speak("88001")
    customer.slots["order_no"] = DRESS
    await customer.start("return_form", "不想要了", intent="request_return")

    answer = await customer.tell("wrong order", intent="correct_info")

    assert answer.slots["order_no"] == MIXED


async def test_an_earlier_answer_is_put_right_at_the_summary(speak: SpokenTo) -> None:
    customer = await speak("88001")
    customer.slots["order_no"] = DRESS
    await customer.start("return_form", "尺码偏小,没拆封", intent="request_return")
    summary = await customer.tell("自己寄")

    answer = await customer.tell("原因说错了，是买错了", intent="correct_info")

    assert summary.slots["requested_slot"] == "return_confirmed"
    assert answer.slots["reason"] == "wrong_choice"
    assert answer.slots["requested_slot"] == "return_confirmed"
    assert answer.cards[0]["reason_label"] == "买错了"


async def test_an_answer_that_is_only_taken_back_is_asked_again(speak: SpokenTo) -> None:
    customer = await speak("88001")
    customer.slots["order_no"] = DRESS
    await customer.start("return_form", "尺码偏小,没拆封", intent="request_return")
    await customer.tell("自己寄")

    answer = await customer.tell("状态填错了", intent="correct_info")

    assert answer.slots["condition"] is None
    assert answer.said == ["utter_question_condition"]
