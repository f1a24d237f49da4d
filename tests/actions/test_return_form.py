"""The return form on the demo shop: one call per message, nothing asked that is known."""

from __future__ import annotations

from datetime import timedelta
from typing import Any

import pytest

from tests.actions.conftest import Conversation, SpokenTo

DRESS = "620026072458"  # customer 88001, one line, signed yesterday
MIXED = "620026071317"  # customer 88001, two parcels, one of them signed
LAPTOP = "620026076935"  # customer 88003, above 2000.00
RICE_COOKER = "620026079548"  # customer 88006, signed eight days ago
TWO_THINGS = "620026082034"  # customer 88009
AIR_FRYER = "620026074721-1"  # customer 88002, delivered, comes with accessories


async def test_a_customer_with_one_order_is_not_asked_which(speak: SpokenTo) -> None:
    customer = await speak("88003")

    answer = await customer.start("return_form", "我要退货", intent="request_return")

    assert answer.slots["order_no"] == LAPTOP
    assert answer.slots["requested_slot"] == "reason"
    assert answer.said == ["utter_question_reason"]


async def test_several_orders_are_offered_as_cards_with_a_button_each(speak: SpokenTo) -> None:
    customer = await speak("88001")

    answer = await customer.start("return_form", "我要退货", intent="request_return")

    assert answer.slots["requested_slot"] == "order_no"
    assert [order["order_no"] for order in answer.cards[0]["orders"]] == [DRESS, MIXED]
    assert [label[-4:] for label in answer.labels] == ["2458", "1317"]


async def test_an_order_that_is_known_is_not_asked_for(speak: SpokenTo) -> None:
    customer = await speak("88001")
    customer.slots["order_no"] = DRESS

    answer = await customer.start("return_form", "想退", intent="request_return")

    assert answer.said == ["utter_question_reason"]


async def test_what_the_first_message_says_is_not_asked_again(speak: SpokenTo) -> None:
    customer = await speak("88001")
    customer.slots["order_no"] = DRESS

    answer = await customer.start(
        "return_form", "尺码偏小了,还没拆封,想退", intent="request_return"
    )

    assert answer.slots["reason"] == "wrong_size"
    assert answer.slots["condition"] == "unopened"
    assert answer.said == ["utter_question_return_way"]


async def test_the_second_one_picks_from_the_list(speak: SpokenTo) -> None:
    customer = await speak("88001")
    await customer.start("return_form", "退货", intent="request_return")

    answer = await customer.tell("第二个")

    assert answer.slots["order_no"] == MIXED
    assert answer.slots["requested_slot"] == "order_item_id"


async def test_only_items_that_were_delivered_are_offered(speak: SpokenTo) -> None:
    customer = await speak("88001")
    customer.slots["order_no"] = MIXED

    answer = await customer.start("return_form", "退货", intent="request_return")

    assert answer.said == ["utter_question_order_item_id"]
    assert len(answer.labels) == 2


async def test_the_whole_way_to_a_filed_return(speak: SpokenTo) -> None:
    customer = await speak("88001")
    await customer.start("return_form", "退货", intent="request_return")
    await customer.tell(intent="request_return", entities={"order_no": DRESS})
    await customer.tell("买错了")
    await customer.tell(entities={"condition": "unopened"})
    await customer.tell("上门来取吧")

    asked = await customer.tell("明天下午", entities={"date": "2026-11-03"})
    closed = await customer.tell(intent="affirm", entities={"return_confirmed": "yes"})
    filed = await customer.run("action_submit_return", "确认", intent="affirm")

    card = asked.cards[0]
    assert (card["type"], card["refund_fen"]) == ("return_summary", 299_00)
    assert card["pickup_label"] == "11月3日（周二）13:00-18:00"
    assert closed.slots["requested_slot"] is None
    assert filed.said == ["utter_return_submitted"]
    assert filed.slots["rma_no"].startswith("RMA")
    assert filed.slots["reason"] is None


async def test_a_retried_turn_files_one_return(speak: SpokenTo) -> None:
    customer = await speak("88001")
    filled = {
        "order_no": DRESS,
        "order_item_id": f"{DRESS}-1",
        "quantity": 1,
        "reason": "wrong_choice",
        "condition": "unopened",
        "return_way": "self_ship",
        "return_confirmed": True,
    }
    customer.slots.update(filled)

    first = await customer.run("action_submit_return", "确认", intent="affirm")
    customer.slots.update(filled)
    second = await customer.again("action_submit_return", "确认", intent="affirm")

    assert first.slots["rma_no"] == second.slots["rma_no"]
    taken = [event for event in await customer.stored() if event.type == "action_taken"]
    assert len(taken) == 1


async def test_another_turn_is_another_wish_and_is_refused_by_the_policy(speak: SpokenTo) -> None:
    """The negative control of the test above."""
    customer = await speak("88001")
    filled = {
        "order_no": DRESS,
        "order_item_id": f"{DRESS}-1",
        "quantity": 1,
        "reason": "wrong_choice",
        "condition": "unopened",
        "return_way": "self_ship",
        "return_confirmed": True,
    }
    customer.slots.update(filled)
    await customer.run("action_submit_return", "确认", intent="affirm")
    customer.slots.update(filled)

    second = await customer.run("action_submit_return", "确认", intent="affirm")

    assert second.said == ["utter_refused_return_running"]


async def test_without_a_yes_nothing_is_filed(speak: SpokenTo) -> None:
    customer = await speak("88001")
    customer.slots.update(order_no=DRESS, order_item_id=f"{DRESS}-1", return_confirmed=None)

    answer = await customer.run("action_submit_return", "算了", intent="restart_flow")

    assert answer.responses == []
    assert not [event for event in await customer.stored() if event.type == "action_taken"]


async def test_a_return_after_the_window_is_refused_with_an_alternative(speak: SpokenTo) -> None:
    customer = await speak("88006")

    answer = await customer.start("return_form", "不想要了,退货", intent="request_return")

    assert answer.said == ["utter_refused_window_over"]
    assert answer.slots["requested_slot"] is None


async def test_a_fault_after_eight_days_means_an_exchange(speak: SpokenTo) -> None:
    customer = await speak("88006")

    answer = await customer.start("return_form", "质量有问题,要退", intent="request_return")

    assert answer.said == ["utter_refused_fault_exchange_only"]


async def test_an_amount_above_the_limit_goes_to_a_person_at_once(speak: SpokenTo) -> None:
    customer = await speak("88003")
    await customer.start("return_form", "退货", intent="request_return")

    answer = await customer.tell("不喜欢")

    assert answer.said == ["utter_policy_needs_person"]
    requested = [e for e in await customer.stored() if e.type == "handoff_requested"]
    assert [event.body["reason"] for event in requested] == ["policy"]


async def test_a_fault_asks_for_photos_and_takes_them(speak: SpokenTo) -> None:
    customer = await speak("88001")
    customer.slots["order_no"] = DRESS
    await customer.start("return_form", "退货", intent="request_return")
    await customer.tell("开线了,穿了一次", intent="nlu_fallback")

    asked = customer.slots["requested_slot"]
    answer = await customer.tell(
        "[图片]", intent="nlu_fallback", picture_upload_ids=["up_1", "up_2"]
    )

    assert asked == "photos"
    assert answer.slots["photos"] == ["up_1", "up_2"]
    assert answer.slots["requested_slot"] == "return_way"


@pytest.mark.parametrize(
    ("text", "reason"),
    [
        ("不是质量问题,是买错了", "wrong_choice"),
        ("说错了,其实是尺码偏大", "wrong_size"),
    ],
)
async def test_a_reason_is_corrected_at_any_point(speak: SpokenTo, text: str, reason: str) -> None:
    customer = await speak("88001")
    customer.slots["order_no"] = DRESS
    await customer.start("return_form", "不想要了,没拆封,要退", intent="request_return")
    await customer.tell("自己寄")

    answer = await customer.tell(text, intent="correct_info")

    assert answer.slots["reason"] == reason
    assert answer.slots["requested_slot"] == "return_confirmed"
    assert answer.cards[0]["type"] == "return_summary"


async def test_the_other_order_is_found_without_asking_the_reason_again(speak: SpokenTo) -> None:
    customer = await speak("88001")
    customer.slots["order_no"] = MIXED
    await customer.start("return_form", "买错了要退", intent="request_return")

    answer = await customer.tell("不是这单,换另一个订单", intent="correct_info")

    assert answer.slots["order_no"] == DRESS
    assert customer.slots["reason"] == "wrong_choice"
    assert answer.slots["requested_slot"] == "condition"


async def test_no_at_the_summary_asks_what_to_change(speak: SpokenTo) -> None:
    customer = await speak("88001")
    customer.slots["order_no"] = DRESS
    await customer.start("return_form", "买错了,没拆,要退", intent="request_return")
    await customer.tell("自己寄")

    refused = await customer.tell(intent="deny", entities={"return_confirmed": "no"})
    changed = await customer.tell(intent="correct_info", entities={"field": "return_way"})

    assert refused.said == ["utter_question_change_what"]
    assert refused.labels == ["订单号", "原因", "商品状态", "退回方式", "先不办了"]
    assert changed.said == ["utter_question_return_way"]


async def test_no_courier_comes_once_the_customer_sends_it_back(speak: SpokenTo) -> None:
    customer = await speak("88001")
    customer.slots["order_no"] = DRESS
    await customer.start("return_form", "买错了,没拆,要退", intent="request_return")
    await customer.tell("明天上午来取")
    assert customer.slots["slot_window"] is not None

    await customer.tell("改一下,我自己寄吧", intent="correct_info")

    assert customer.slots["return_way"] == "self_ship"
    assert customer.slots["slot_window"] is None


async def test_a_side_question_is_left_to_its_rule(speak: SpokenTo) -> None:
    customer = await speak("88001")
    customer.slots["order_no"] = DRESS
    await customer.start("return_form", "退货", intent="request_return")

    aside = await customer.tell("钱怎么还没退给我", intent="query_refund_progress")
    resumed = await customer.resume("action_show_refunds")

    assert aside.events == []
    assert resumed.said == ["utter_question_reason"]


async def test_after_a_handoff_the_question_waits(speak: SpokenTo) -> None:
    customer = await speak("88001")
    customer.slots["order_no"] = DRESS
    await customer.start("return_form", "退货", intent="request_return")

    resumed = await customer.resume("action_request_handoff")

    assert resumed.responses == []
    assert resumed.slots["requested_slot"] == "reason"


async def test_a_wish_for_a_person_is_never_taken_for_an_answer(speak: SpokenTo) -> None:
    customer = await speak("88001")
    customer.slots["order_no"] = DRESS
    await customer.start("return_form", "退货", intent="request_return")

    answer = await customer.tell("质量问题让人工跟我说", intent="request_human")

    assert answer.events == []
    assert customer.slots.get("reason") is None


async def test_asked_why_not_wanting_it_is_a_reason_and_no_wish_to_stop(speak: SpokenTo) -> None:
    customer = await speak("88001")
    customer.slots["order_no"] = DRESS
    await customer.start("return_form", "退货", intent="request_return")

    reason = await customer.tell("不想要了", intent="restart_flow")
    leaving = await customer.tell("算了不退了", intent="restart_flow")

    assert reason.slots["reason"] == "no_longer_wanted"
    assert leaving.events == []


async def test_the_third_invalid_answer_brings_a_person_with_what_is_filled(
    speak: SpokenTo,
) -> None:
    customer = await speak("88001")
    customer.slots["order_no"] = DRESS
    await customer.start("return_form", "退货", intent="request_return")

    first = await customer.tell("嗯哼哼", intent="nlu_fallback")
    second = await customer.tell("啦啦啦", intent="nlu_fallback")
    third = await customer.tell("哔哔哔", intent="nlu_fallback")

    assert first.said == ["utter_not_understood_here", "utter_question_reason"]
    assert first.labels == []
    assert second.said == ["utter_pick_an_answer", "utter_question_reason"]
    assert second.labels == ["转人工", "先不办了"]
    assert third.slots["requested_slot"] is None
    requested = [e for e in await customer.stored() if e.type == "handoff_requested"]
    assert [event.body["reason"] for event in requested] == ["form_failed"]
    brief = await customer.brief()
    assert brief["wish"] == "申请退货（还差：原因）"
    assert customer.slots["order_no"] == DRESS


async def test_the_bot_goes_on_after_a_person_without_a_message(speak: SpokenTo) -> None:
    customer = await speak("88001")
    customer.form = "return_form"
    customer.slots.update(
        order_no=DRESS, reason="尺码不合适", condition="没拆封", requested_slot="reason"
    )

    answer = await customer.silent()

    assert answer.slots["reason"] == "wrong_size"
    assert answer.slots["condition"] == "unopened"
    assert answer.said == ["utter_question_return_way"]


async def test_a_pickup_window_that_has_passed_is_asked_for_again(speak: SpokenTo) -> None:
    customer = await speak("88001")
    customer.form = "return_form"
    yesterday = customer.desk.clock.now() - timedelta(days=1)
    customer.slots.update(
        order_no=DRESS,
        reason="wrong_size",
        condition="unopened",
        return_way="pickup",
        slot_window=yesterday.isoformat(),
    )

    answer = await customer.silent()

    assert answer.said == ["utter_question_slot_window"]


async def test_a_visitor_is_asked_to_sign_in(speak: SpokenTo) -> None:
    visitor = await speak(None)

    answer = await visitor.start("return_form", "退货", intent="request_return")

    assert answer.said == ["utter_sign_in_for_money"]
    assert answer.slots["requested_slot"] is None


async def test_somebody_elses_order_reads_like_one_that_does_not_exist(speak: SpokenTo) -> None:
    customer = await speak("88001")

    foreign = await customer.start(
        "return_form", "退货", intent="request_return", entities={"order_no": LAPTOP}
    )
    missing = await customer.start(
        "return_form", "退货", intent="request_return", entities={"order_no": "999999999999"}
    )

    assert foreign.said == missing.said
    assert foreign.said[0] == "utter_order_not_found"


async def test_a_second_return_starts_with_empty_answers(speak: SpokenTo) -> None:
    customer = await speak("88001")
    customer.slots.update(rma_no="RMA1234567890", order_no=DRESS, condition="used")

    answer = await customer.start("return_form", "还要退", intent="request_return")

    assert answer.slots["rma_no"] is None
    assert answer.slots["condition"] is None


async def test_an_order_that_has_not_shipped_is_cancelled_instead(speak: SpokenTo) -> None:
    customer = await speak("88004")

    answer = await customer.start(
        "return_form", "拍错了", intent="request_return", entities={"order_no": "620026077819"}
    )
    ended = await customer.end("action_submit_return", "拍错了", intent="request_return")
    cancels = await customer.start("cancel_form", "拍错了", intent="request_return")

    assert answer.said == ["utter_means_cancel_order"]
    assert (ended.said, ended.slots["next_form"]) == ([], None)
    assert cancels.said == ["utter_question_summary"]
    assert customer.slots.get("form_stack") is None


async def test_what_came_of_an_order_goes_back_while_the_rest_is_on_its_way(
    speak: SpokenTo,
) -> None:
    customer = await speak("88001")
    customer.slots["order_no"] = MIXED

    answer = await customer.start("return_form", "退货", intent="request_return")

    assert answer.said == ["utter_question_order_item_id"]


async def test_a_side_question_about_another_order_leaves_the_form_on_its_own(
    speak: SpokenTo,
) -> None:
    customer = await speak("88001")
    customer.slots["order_no"] = DRESS
    await customer.start("return_form", "退货", intent="request_return")

    answer = await customer.run(
        "action_track_parcels",
        "1317到哪了",
        intent="track_logistics",
        entities={"order_no": MIXED},
    )

    assert answer.cards[0]["order_no"] == MIXED
    assert customer.slots["order_no"] == DRESS


async def test_a_pickup_that_passed_before_the_yes_is_asked_again_and_nothing_is_filed(
    speak: SpokenTo,
) -> None:
    customer = await speak("88001")
    customer.form = "return_form"
    customer.slots.update(
        order_no=DRESS,
        reason="wrong_size",
        condition="unopened",
        return_way="pickup",
        slot_window=customer.desk.clock.now().isoformat(),
        requested_slot="return_confirmed",
    )

    answer = await customer.tell(intent="affirm", entities={"return_confirmed": "yes"})

    assert answer.slots["requested_slot"] == "slot_window"
    assert answer.slots["return_confirmed"] is None


async def _told_about_the_fryer(speak: SpokenTo, lang: str = "zh") -> Conversation:
    """Everything up to the condition is answered."""
    customer = await speak("88002", lang)
    customer.slots.update(
        order_no=AIR_FRYER[:-2], order_item_id=AIR_FRYER, quantity=1, reason="wrong_choice"
    )
    await customer.start("return_form", "退货", intent="request_return")
    return customer


async def test_an_opened_thing_with_accessories_is_asked_whether_they_are_complete(
    speak: SpokenTo,
) -> None:
    customer = await _told_about_the_fryer(speak)

    asked = await customer.tell(entities={"condition": "opened"})
    answer = await customer.tell(entities={"accessories_complete": "yes"})

    assert asked.said == ["utter_question_accessories_complete"]
    assert answer.slots["accessories_complete"] is True
    assert answer.slots["requested_slot"] == "return_way"


@pytest.mark.parametrize(
    ("text", "intent", "complete"),
    [
        ("东西都齐的", "inform", True),
        ("一样没少", "deny", True),
        ("嗯嗯", "affirm", True),
        ("nothing is missing", "deny", True),
        ("少了根线", "report_missing_parts", False),
        ("不太齐", "deny", False),
        ("没有", "deny", False),
        ("I lost the manual", "nlu_fallback", False),
    ],
)
async def test_free_words_say_whether_accessories_are_complete(
    speak: SpokenTo, text: str, intent: str, complete: bool
) -> None:
    customer = await _told_about_the_fryer(speak)
    await customer.tell(entities={"condition": "opened"})

    answer = await customer.tell(text, intent=intent)

    assert answer.slots["accessories_complete"] is complete
    assert customer.slots["reason"] == "wrong_choice"


async def test_missing_accessories_are_for_a_person_to_weigh(speak: SpokenTo) -> None:
    customer = await _told_about_the_fryer(speak)
    await customer.tell(entities={"condition": "opened"})

    answer = await customer.tell(entities={"accessories_complete": "no"})

    assert answer.said == ["utter_accessories_need_person"]
    assert answer.slots["requested_slot"] is None
    stored = await customer.stored()
    requested = [event for event in stored if event.type == "handoff_requested"]
    assert [event.body["reason"] for event in requested] == ["policy"]
    assert not [event for event in stored if event.type == "action_taken"]


@pytest.mark.parametrize(
    "known",
    [
        {"condition": "unopened"},  # a sealed box holds everything
        {"condition": "opened", "accessories_complete": True},
        {"condition": "opened", "accessories_complete": "配件齐全"},  # settled by an agent
    ],
)
async def test_accessories_that_are_known_are_not_asked_for(
    speak: SpokenTo, known: dict[str, Any]
) -> None:
    customer = await speak("88002")
    customer.slots.update(
        order_no=AIR_FRYER[:-2], order_item_id=AIR_FRYER, quantity=1, reason="wrong_choice", **known
    )

    answer = await customer.start("return_form", "退货", intent="request_return")

    assert answer.said == ["utter_question_return_way"]


async def test_said_in_passing_that_all_is_there_is_heard(speak: SpokenTo) -> None:
    customer = await _told_about_the_fryer(speak)

    answer = await customer.tell("拆了没用,配件都在")

    assert customer.slots["condition"] == "opened"
    assert answer.said == ["utter_question_return_way"]


async def test_clothes_come_without_accessories(speak: SpokenTo) -> None:
    customer = await speak("88001")
    customer.slots["order_no"] = DRESS
    await customer.start("return_form", "买错了要退", intent="request_return")

    answer = await customer.tell(entities={"condition": "opened"})

    assert answer.said == ["utter_question_return_way"]


async def test_a_filed_return_shows_its_number_and_state(speak: SpokenTo) -> None:
    customer = await speak("88001", "en")
    customer.slots.update(
        order_no=DRESS,
        order_item_id=f"{DRESS}-1",
        quantity=1,
        reason="wrong_choice",
        condition="unopened",
        return_way="self_ship",
        return_confirmed=True,
    )

    card = (await customer.run("action_submit_return", "yes", intent="affirm")).cards[0]

    assert card["rma_no"] == customer.slots["rma_no"]
    assert card["state_label"] == "Approved, waiting for the goods"
    assert card["freight_note"] == "The freight for sending it back is yours"


@pytest.mark.parametrize("said", ["买错了", "不想要了", "降价了"])
async def test_a_reason_without_a_fault_describes_none(speak: SpokenTo, said: str) -> None:
    customer = await speak("88001")
    customer.slots.update(order_no=DRESS, order_item_id=f"{DRESS}-1")
    await customer.start("return_form", "退货", intent="request_return")

    await customer.tell(said)

    assert customer.slots["reason"] in {"wrong_choice", "no_longer_wanted", "price_dropped"}
    assert customer.slots.get("fault_text") is None


async def test_words_about_a_fault_are_kept_until_the_reason_is_another(speak: SpokenTo) -> None:
    customer = await speak("88001")
    customer.slots.update(order_no=DRESS, order_item_id=f"{DRESS}-1")
    await customer.start("return_form", "退货", intent="request_return")

    await customer.tell("领口开线了，质量有问题")
    kept = customer.slots["fault_text"]
    await customer.tell(entities={"reason": "wrong_choice"})

    assert kept == "领口开线了，质量有问题"
    assert (customer.slots["reason"], customer.slots["fault_text"]) == ("wrong_choice", None)


@pytest.mark.parametrize(("lang", "said"), [("zh", "手机想退"), ("en", "return the phone")])
async def test_what_has_not_come_is_not_taken_for_what_came_with_the_order(
    speak: SpokenTo, lang: str, said: str
) -> None:
    customer = await speak("88001", lang)

    answer = await customer.start("return_form", said, intent="request_return")

    assert answer.said == ["utter_refused_on_its_way"]
    assert customer.slots.get("order_item_id") is None
    assert customer.form is None
