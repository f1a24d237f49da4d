"""Forms inside forms: the outer one waits, comes back by itself and has lost nothing."""

from __future__ import annotations

from typing import Any

import pytest

from actions.form_stack import DEPTH, frame_of, is_settled_by, pushed
from tests.actions.conftest import Conversation, SpokenTo

DRESS = "620026072458"  # customer 88001, one line, signed yesterday
MIXED = "620026071317"  # customer 88001
PAID, DELIVERING = "620026077819", "620026078251"  # customer 88004


async def _return_waits_for_condition(speak: SpokenTo, lang: str = "zh") -> Conversation:
    customer = await speak("88001", lang)
    customer.slots["order_no"] = DRESS
    await customer.start("return_form", "尺码偏小了", intent="request_return")
    assert customer.slots["requested_slot"] == "condition"
    return customer


async def _complaint_ends(customer: Conversation) -> Any:
    await customer.start("complaint_form", "我要投诉", intent="file_complaint")
    await customer.tell("送货的把箱子扔在楼下就走了", intent="file_complaint")
    await customer.tell("给个说法", intent="inform")
    return customer


async def test_another_form_puts_the_running_one_on_the_stack(speak: SpokenTo) -> None:
    customer = await _return_waits_for_condition(speak)

    await customer.start("complaint_form", "我要投诉", intent="file_complaint")

    (frame,) = customer.slots["form_stack"]
    assert (frame["form"], frame["asked"]) == ("return_form", "condition")
    assert frame["slots"]["reason"] == "wrong_size"
    assert "condition" in frame["lacking"]


@pytest.mark.parametrize(
    ("lang", "task"), [("zh", "申请退货"), ("en", "Return something")], ids=["zh", "en"]
)
async def test_leaving_the_inner_form_brings_the_outer_one_back_with_one_sentence(
    speak: SpokenTo, lang: str, task: str
) -> None:
    customer = await _return_waits_for_condition(speak, lang)
    await customer.start("complaint_form", "我要投诉", intent="file_complaint")

    left = await customer.leave()
    back = await customer.back()

    assert left.said == ["utter_task_left"]
    assert customer.form == "return_form"
    assert back.said == ["utter_form_resumed", "utter_question_condition"]
    assert back.responses[0]["task"] == task
    assert customer.slots["form_stack"] is None
    assert customer.slots["reason"] == "wrong_size"


async def test_an_inner_form_about_another_order_changes_nothing_of_the_outer_one(
    speak: SpokenTo,
) -> None:
    customer = await speak("88004")
    customer.slots["order_no"] = PAID
    await customer.start("complaint_form", "我要投诉", intent="file_complaint")
    await customer.start(
        "cancel_form", "拍错了,取消", intent="cancel_order", entities={"order_no": DELIVERING}
    )
    await customer.tell(intent="deny", entities={"confirmed": "no"})

    await customer.end("action_submit_cancel", intent="deny")
    back = await customer.back()

    assert customer.slots["order_no"] == PAID
    assert back.said == ["utter_form_resumed", "utter_question_complaint_text"]


async def test_what_the_outer_form_lacked_is_still_open_when_another_order_answered_it(
    speak: SpokenTo,
) -> None:
    customer = await speak("88001")
    customer.slots["order_no"] = DRESS
    await customer.start("return_form", "退货", intent="request_return")
    await customer.start("complaint_form", "我要投诉", intent="file_complaint")
    customer.slots.update(order_no=MIXED, reason="damaged")

    await customer.leave()

    assert (customer.slots["order_no"], customer.slots["reason"]) == (DRESS, None)


async def test_a_third_form_comes_back_to_the_second_and_that_to_the_first(
    speak: SpokenTo,
) -> None:
    customer = await speak("88001")
    customer.slots["order_no"] = DRESS
    await customer.start("return_form", "退货", intent="request_return")
    await customer.start("complaint_form", "我要投诉", intent="file_complaint")
    unpaid = {"order_no": "620026073096"}
    await customer.start("cancel_form", "取消", intent="cancel_order", entities=unpaid)
    forms = [frame["form"] for frame in customer.slots["form_stack"]]

    for _ in range(2):
        await customer.leave()
        await customer.back()
        forms.append(str(customer.form))

    assert forms == ["return_form", "complaint_form", "complaint_form", "return_form"]
    assert (customer.slots["form_stack"], customer.slots["order_no"]) == (None, DRESS)


async def test_a_waiting_form_that_is_asked_for_again_goes_on(speak: SpokenTo) -> None:
    customer = await _return_waits_for_condition(speak)
    instance = customer.slots["form_instance"]
    await customer.start("complaint_form", "我要投诉", intent="file_complaint")

    answer = await customer.start("return_form", "还是先退货", intent="request_return")

    assert answer.said == ["utter_question_condition"]
    assert [frame["form"] for frame in customer.slots["form_stack"]] == ["complaint_form"]
    assert customer.slots["form_instance"] == instance


def test_the_stack_holds_three_and_keeps_the_answers_of_the_oldest() -> None:
    slots: dict[str, Any] = {"order_no": DRESS, "reason": "wrong_size"}
    names = [f"form_{number}" for number in range(DEPTH + 1)]
    for name in names:
        slots |= pushed(frame_of(name, slots, ["order_no"]), slots)

    assert [frame["form"] for frame in slots["form_stack"]] == names[1:]
    assert slots["form_shelf"] == {"form_0": {"order_no": DRESS, "reason": "wrong_size"}}


async def test_a_dropped_form_starts_with_the_answers_it_had(speak: SpokenTo) -> None:
    customer = await speak("88001")
    customer.slots["form_shelf"] = {"return_form": {"order_no": DRESS, "reason": "wrong_size"}}

    answer = await customer.start("return_form", "退货", intent="request_return")

    assert answer.said == ["utter_question_condition"]
    assert customer.slots["form_shelf"] is None


async def test_a_person_who_was_called_by_the_inner_form_speaks_first(speak: SpokenTo) -> None:
    customer = await _complaint_ends(await _return_waits_for_condition(speak))

    await customer.tell(intent="affirm", entities={"complaint_confirmed": "yes"})
    await customer.end("action_submit_complaint", "给个说法")
    waits = await customer.back()
    answer = await customer.tell("没拆封", intent="inform")

    assert waits.responses == []
    assert customer.form == "return_form"
    assert answer.slots["condition"] == "unopened"
    assert answer.said == ["utter_question_return_way"]


async def test_after_the_person_the_bot_says_what_it_goes_on_with(speak: SpokenTo) -> None:
    customer = await _complaint_ends(await _return_waits_for_condition(speak))
    await customer.tell(intent="affirm", entities={"complaint_confirmed": "yes"})
    await customer.end("action_submit_complaint", "给个说法")
    await customer.back()

    answer = await customer.silent()

    assert answer.said == ["utter_form_resumed", "utter_question_condition"]


async def test_what_a_person_was_told_is_not_asked_again(speak: SpokenTo) -> None:
    customer = await _return_waits_for_condition(speak)

    answer = await customer.silent("你好在吗", "还没拆封呢", "那我自己寄吧")

    assert (answer.slots["condition"], answer.slots["return_way"]) == ("unopened", "self_ship")
    assert answer.slots["requested_slot"] == "return_confirmed"


@pytest.mark.parametrize(
    ("outer", "inner", "confirmed", "is_settled"),
    [
        ("return_form", "exchange_form", True, True),
        ("return_form", "exchange_form", False, False),  # nothing was confirmed
        ("return_form", "complaint_form", True, False),  # a complaint settles nothing
    ],
)
def test_the_other_remedy_for_the_same_item_ends_the_waiting_one(
    outer: str, inner: str, confirmed: bool, is_settled: bool
) -> None:
    slots = {"order_no": DRESS, "exchange_confirmed": confirmed or None}

    frame = frame_of(outer, slots, [])

    assert is_settled_by(frame, inner, slots) is is_settled
    assert not is_settled_by(frame, inner, {**slots, "order_no": MIXED})


async def test_a_button_of_another_wish_is_never_an_answer(speak: SpokenTo) -> None:
    customer = await _return_waits_for_condition(speak)

    answer = await customer.tell(intent="track_logistics", entities={"order_no": MIXED})

    assert answer.events == []
    assert customer.slots["order_no"] == DRESS


async def test_a_clear_wish_for_something_else_is_no_free_text(speak: SpokenTo) -> None:
    customer = await speak("88004")
    await customer.start("complaint_form", "我要投诉", intent="file_complaint")

    other = await customer.tell("先帮我取消那个订单", intent="cancel_order")
    story = await customer.tell("说取消却还在发货，太离谱", intent="cancel_order")

    assert other.events == []
    assert story.slots["complaint_text"] == "说取消却还在发货，太离谱"


async def test_one_filling_files_once_however_many_turns_confirm_it(speak: SpokenTo) -> None:
    customer = await _return_waits_for_condition(speak)
    await customer.tell("没拆封")
    await customer.tell("自己寄")
    customer.turns += 1
    filled = {**customer.slots, "return_confirmed": True}
    customer.ended, customer.form = "return_form", None
    filed = []
    for _ in range(2):
        customer.slots.update(filled)
        customer.turns += 1
        answer = await customer.end("action_submit_return", "确认", intent="affirm")
        filed.append(answer.slots["rma_no"])

    assert filed[0] == filed[1]
    assert len([e for e in await customer.stored() if e.type == "action_taken"]) == 1
