"""Not understood: readings first, then a menu with a person, never a loop."""

from __future__ import annotations

from tests.actions.conftest import SpokenTo

RANKING = ("nlu_fallback", "thank", "track_logistics", "urge_shipment", "cancel_order", "greet")


async def test_the_first_miss_offers_up_to_three_readings_and_none_of_these(
    speak: SpokenTo,
) -> None:
    customer = await speak("88001")

    answer = await customer.run(
        "action_offer_readings", "那个啥", intent="nlu_fallback", ranking=RANKING, misses=0
    )

    assert answer.said == ["utter_offer_readings"]
    assert answer.labels == ["看物流到哪了", "催发货", "取消订单", "都不是"]


async def test_the_second_miss_in_a_row_offers_a_person(speak: SpokenTo) -> None:
    customer = await speak("88001")

    answer = await customer.run(
        "action_offer_readings", "那个啥", intent="nlu_fallback", ranking=RANKING, misses=1
    )

    assert answer.said == ["utter_offer_person"]


async def test_none_of_these_counts_as_the_second_miss(speak: SpokenTo) -> None:
    customer = await speak("88001")

    answer = await customer.run("action_decline", intent="deny", entities={"choice": "none"})

    assert answer.said == ["utter_offer_person"]


async def test_a_picture_is_kept_for_the_form_that_will_ask_for_it(speak: SpokenTo) -> None:
    customer = await speak("88001")
    customer.slots["photos"] = ["up_1"]

    answer = await customer.run(
        "action_offer_readings", "[图片]", intent="nlu_fallback", picture_upload_ids=["up_2"]
    )

    assert answer.slots["photos"] == ["up_1", "up_2"]


async def test_leaving_keeps_the_answers(speak: SpokenTo) -> None:
    customer = await speak("88001")
    customer.form = "return_form"
    customer.slots["reason"] = "wrong_size"

    answer = await customer.run("action_leave_task", "算了", intent="restart_flow")

    assert answer.said == ["utter_task_left"]
    assert {"event": "active_loop", "timestamp": None, "name": None} in answer.events
    assert customer.slots["reason"] == "wrong_size"


async def test_the_form_of_a_pressed_reading_knows_what_was_said_before(speak: SpokenTo) -> None:
    customer = await speak("88011")
    ranking = ("nlu_fallback", "request_repair")
    said = "耳机左边完全没声音啦"
    await customer.run("action_offer_readings", said, intent="nlu_fallback", ranking=ranking)

    answer = await customer.start("repair_form", intent="request_repair")

    assert customer.slots["fault_text"] == said
    assert customer.slots["order_no"] == "620026083988"
    assert answer.slots["requested_slot"] == "fault_since"


async def test_a_sentence_after_the_readings_counts_and_not_the_one_before(
    speak: SpokenTo,
) -> None:
    """The negative control."""
    customer = await speak("88011")
    ranking = ("nlu_fallback", "request_repair")
    said = "耳机左边完全没声音啦"
    await customer.run("action_offer_readings", said, intent="nlu_fallback", ranking=ranking)

    await customer.start("repair_form", "我要报修", intent="request_repair")

    assert customer.slots.get("fault_text") is None


async def test_readings_inside_a_form_leave_the_wish_of_the_form(speak: SpokenTo) -> None:
    customer = await speak("88011")
    await customer.start("repair_form", "我要报修", intent="request_repair")
    before = customer.slots["form_wish"]

    await customer.run("action_offer_readings", "啥呀", intent="nlu_fallback", ranking=RANKING)

    assert customer.slots["form_wish"] == before
