"""Details and use from the product's sheet; what is not there is not made up."""

from __future__ import annotations

from tests.actions.conftest import Answer, SpokenTo


def told(answer: Answer, response: str) -> dict[str, object]:
    """The values of the one sentence of that name."""
    return next(one for one in answer.responses if one.get("response") == response)


async def test_a_detail_is_told_of_the_product_on_the_page(speak: SpokenTo) -> None:
    customer = await speak("88001")
    customer.slots["product_id"] = "p101"

    answer = await customer.run(
        "action_answer_attribute", "电池多大的", intent="ask_product_attribute"
    )

    said = told(answer, "utter_attributes")
    assert said["title"] == "澄屿 S3 手机 256G"
    assert said["lines"] == "· 电池和续航：5000 毫安时，正常用一天半"
    assert answer.slots["last_task"] == "ask_product_attribute"


async def test_the_box_is_told_and_a_charger_in_the_question_is_no_other_product(
    speak: SpokenTo,
) -> None:
    customer = await speak(None, "en")
    customer.slots["product_id"] = "p101"

    answer = await customer.run(
        "action_answer_attribute",
        "does it come with a charger?",
        intent="ask_product_attribute",
        entities={"category": "充电器"},
    )

    assert told(answer, "utter_box")["items"] == "phone, USB-C cable, SIM tool, manual"
    assert answer.slots["product_id"] == "p101"


async def test_what_the_sheet_does_not_say_is_not_said(speak: SpokenTo) -> None:
    customer = await speak("88001")
    customer.slots["product_id"] = "p103"

    answer = await customer.run(
        "action_answer_attribute", "保质期多久", intent="ask_product_attribute"
    )

    assert answer.said == ["utter_attribute_unknown"]
    assert told(answer, "utter_attribute_unknown")["names"] == "保质期"


async def test_several_products_bring_a_picker_that_keeps_the_question(speak: SpokenTo) -> None:
    customer = await speak("88001")

    which = await customer.run(
        "action_answer_attribute", "手机电池多大", intent="ask_product_attribute",
        entities={"category": "手机"},
    )  # fmt: skip
    answer = await customer.run(
        "action_use_information", intent="inform", entities={"product_id": "p102"}
    )

    assert which.said == ["utter_ask_which_product"]
    assert which.labels == ["澄屿 S3 手机 256G", "澄屿 A1 手机 128G"]
    assert told(answer, "utter_attributes")["lines"] == "· 电池和续航：5000 毫安时，待机三天"
    assert answer.slots["product_question"] is None


async def test_the_picker_is_answered_in_words_as_well(speak: SpokenTo) -> None:
    customer = await speak("88001")
    await customer.run("action_answer_attribute", "手机屏幕怎么样", intent="ask_product_attribute")

    answer = await customer.run("action_use_information", "第二个", intent="inform")

    assert told(answer, "utter_attributes")["title"] == "澄屿 A1 手机 128G"


async def test_without_any_product_a_name_is_asked_for_and_then_used(speak: SpokenTo) -> None:
    customer = await speak("88001")

    which = await customer.run(
        "action_answer_attribute", "能防水吗", intent="ask_product_attribute"
    )
    answer = await customer.run(
        "action_use_information", "步知 运动手表", intent="inform", entities={"product": "p109"}
    )

    assert which.said == ["utter_ask_product_name"]
    assert told(answer, "utter_attributes")["lines"] == "· 防水：5ATM，可游泳"
    assert [one.slot for one in await customer.asked()] == ["product_id"]


async def test_use_is_answered_from_the_notes(speak: SpokenTo) -> None:
    customer = await speak("88001")
    customer.slots["product_id"] = "p105"

    answer = await customer.run("action_answer_usage", "苹果电脑能用吗", intent="ask_product_usage")

    assert answer.said == ["utter_usage"]
    assert told(answer, "utter_usage")["text"] == "65W 以内、USB-C 口充电的笔记本都能用"


async def test_use_that_nobody_wrote_down_goes_to_an_expert_with_the_hint(
    speak: SpokenTo,
) -> None:
    customer = await speak("88001", "en")
    customer.slots["product_id"] = "p501"

    answer = await customer.run(
        "action_answer_usage", "is it good against kidney stones", intent="ask_product_usage"
    )

    asked = [e.body for e in await customer.stored() if e.type == "handoff_requested"]
    assert answer.said[:2] == ["utter_usage_unknown", "utter_expert_hint_pets"]
    assert [(body["reason"], body["queue"]) for body in asked] == [("expert", "expert")]
    again = await customer.again(
        "action_answer_usage", "is it good against kidney stones", intent="ask_product_usage"
    )
    assert again.said[:2] == answer.said[:2]
    assert len([e for e in await customer.stored() if e.type == "handoff_requested"]) == 1
