"""Calling a person: at once, once, and with the reason that the words gave."""

from __future__ import annotations

import pytest

from console.services.work_order import work_orders_of
from tests.actions.conftest import Conversation, SpokenTo


async def _reasons(customer: Conversation) -> list[str]:
    return [e.body["reason"] for e in await customer.stored() if e.type == "handoff_requested"]


@pytest.mark.parametrize(
    ("action", "intent", "reason"),
    [
        ("action_request_handoff", "request_human", "wish"),
        ("action_request_handoff", "request_previous_agent", "previous_agent"),
        ("action_request_handoff", "escalate_to_supervisor", "complaint"),
        ("action_request_handoff", "report_broken_promise", "broken_promise"),
        ("action_soothe", "express_anger", "anger"),
    ],
)
async def test_every_wish_enters_the_queue_with_its_reason(
    speak: SpokenTo, action: str, intent: str, reason: str
) -> None:
    customer = await speak("88001")

    await customer.run(action, "…", intent=intent)

    assert await _reasons(customer) == [reason]


async def test_the_desk_tells_the_place_in_the_queue_and_the_bot_does_not_repeat_it(
    speak: SpokenTo,
) -> None:
    customer = await speak("88001")

    answer = await customer.run("action_request_handoff", "转人工", intent="request_human")

    assert answer.responses == []


async def test_who_waits_already_hears_the_place_again_and_enters_once(speak: SpokenTo) -> None:
    customer = await speak("88001")
    await customer.run("action_request_handoff", "转人工", intent="request_human")

    answer = await customer.run("action_request_handoff", "人工呢", intent="request_human")

    assert answer.said == ["utter_handoff_next"]
    assert await _reasons(customer) == ["wish"]


async def test_a_complaint_tells_what_happened_and_what_is_wished(speak: SpokenTo) -> None:
    customer = await speak("88001")

    what = await customer.start("complaint_form", "我要投诉", intent="file_complaint")
    wish = await customer.tell("快递员乱扔我的箱子", intent="track_logistics")
    await customer.tell("赔钱", intent="nlu_fallback")
    await customer.tell(intent="affirm", entities={"complaint_confirmed": "yes"})
    await customer.run("action_submit_complaint", "赔钱", intent="nlu_fallback")

    assert what.said == ["utter_question_complaint_text"]
    assert wish.said == ["utter_question_complaint_wish"]
    assert await _reasons(customer) == ["complaint"]


async def test_a_complaint_becomes_one_work_order_however_often_it_is_submitted(
    speak: SpokenTo,
) -> None:
    customer = await speak("88001")
    await customer.start(
        "complaint_form", "我要投诉那个把包裹扔在雨里的快递员", intent="file_complaint"
    )
    await customer.tell(entities={"complaint_wish": "apology"})

    await customer.tell(intent="affirm", entities={"complaint_confirmed": "yes"})
    first = await customer.run("action_submit_complaint", "道歉", intent="inform")
    await customer.again("action_submit_complaint", "道歉", intent="inform")

    filed = await work_orders_of(customer.desk, customer.id)
    assert first.said[0] == "utter_complaint_filed"
    assert [(one.kind, one.severity, one.details) for one in filed] == [
        ("complaint", 1, {"wish": "道歉和说明"})
    ]


async def test_a_complaint_that_says_what_happened_is_not_asked_for_it(speak: SpokenTo) -> None:
    customer = await speak("88001")

    answer = await customer.start(
        "complaint_form", "我要投诉那个把包裹扔在雨里的快递员", intent="file_complaint"
    )

    assert answer.said == ["utter_question_complaint_wish"]


async def test_a_yes_to_the_offer_of_a_person_calls_one(speak: SpokenTo) -> None:
    customer = await speak("88001")
    customer.slots["last_task"] = "offer_person"

    await customer.run("action_confirm", "好", intent="affirm")

    assert await _reasons(customer) == ["wish"]


async def test_a_yes_to_nothing_calls_nobody(speak: SpokenTo) -> None:
    customer = await speak("88001")

    answer = await customer.run("action_confirm", "好", intent="affirm")

    assert answer.said == ["utter_ok"]
    assert await _reasons(customer) == []


async def test_a_complaint_is_told_number_and_times_once_and_more_words_are_added(
    speak: SpokenTo,
) -> None:
    customer = await speak("88001")
    await customer.start("complaint_form", "我要投诉把包裹扔在雨里的人", intent="file_complaint")
    await customer.tell(entities={"complaint_wish": "apology"})
    await customer.tell(intent="affirm", entities={"complaint_confirmed": "yes"})
    first = await customer.run("action_submit_complaint", "道歉", intent="inform")
    await customer.start("complaint_form", "我要投诉他还骂了我一句", intent="file_complaint")
    await customer.tell(entities={"complaint_wish": "apology"})

    await customer.tell(intent="affirm", entities={"complaint_confirmed": "yes"})
    second = await customer.run("action_submit_complaint", "道歉", intent="inform")

    filed, added = first.responses[0], second.responses[0]
    assert (filed["first"], filed["plan"]) == ("11月2日 12:15", "11月3日 12:00")
    assert filed["close"] == added["close"] == "11月5日 12:00"
    assert added["response"] == "utter_complaint_added"
    assert added["work_order_no"] == filed["work_order_no"]


async def test_what_is_told_at_the_summary_is_added_and_a_part_can_be_changed(
    speak: SpokenTo,
) -> None:
    customer = await speak("88001")
    await customer.start("complaint_form", "我要投诉把包裹扔在雨里的人", intent="file_complaint")
    summary = await customer.tell(entities={"complaint_wish": "apology"})

    more = await customer.tell("而且里面的书全湿了", intent="inform")
    which = await customer.tell(intent="deny", entities={"complaint_confirmed": "no"})
    wish = await customer.tell(intent="correct_info", entities={"field": "complaint_wish"})
    again = await customer.tell(entities={"complaint_wish": "refund"})

    assert summary.summary["希望"] == "道歉和说明"
    assert more.summary["发生的事"] == "我要投诉把包裹扔在雨里的人；而且里面的书全湿了"
    assert which.labels == ["发生的事", "希望怎么解决", "先不投诉"]
    assert wish.said == ["utter_question_complaint_wish"]
    assert again.summary["希望"] == "退款"
    assert again.summary["发生的事"] == more.summary["发生的事"]


async def test_without_a_yes_no_complaint_is_filed(speak: SpokenTo) -> None:
    customer = await speak("88001")
    await customer.start("complaint_form", "我要投诉把包裹扔在雨里的人", intent="file_complaint")
    await customer.tell(entities={"complaint_wish": "apology"})

    answer = await customer.run("action_submit_complaint", "道歉", intent="inform")

    assert answer.said == []
    assert await work_orders_of(customer.desk, customer.id) == []


@pytest.mark.parametrize(
    ("text", "slot", "value"),
    [
        ("File it", "complaint_confirmed", True),
        ("提交吧", "complaint_confirmed", True),
        ("还是退钱吧", "complaint_wish", "还是退钱吧"),
    ],
)
async def test_few_words_at_the_summary_are_no_part_of_the_story(
    speak: SpokenTo, text: str, slot: str, value: object
) -> None:
    customer = await speak("88001")
    story = "我要投诉把包裹扔在雨里的人"
    await customer.start("complaint_form", story, intent="file_complaint")
    await customer.tell(entities={"complaint_wish": "apology"})

    await customer.tell(text, intent="inform")

    assert customer.slots[slot] == value
    assert customer.slots["complaint_text"] == story


async def test_words_that_say_nothing_at_the_summary_file_nothing(speak: SpokenTo) -> None:
    customer = await speak("88001")
    await customer.start("complaint_form", "我要投诉把包裹扔在雨里的人", intent="file_complaint")
    await customer.tell(entities={"complaint_wish": "apology"})

    answer = await customer.tell("啊这", intent="nlu_fallback")

    assert answer.said == ["utter_not_understood_here", "utter_question_summary"]


async def test_an_english_wish_to_complain_in_a_chinese_conversation_is_no_story(
    speak: SpokenTo,
) -> None:
    customer = await speak("88001")

    answer = await customer.start("complaint_form", "I'd like to complain", intent="file_complaint")

    assert answer.said == ["utter_question_complaint_text"]
