"""Sizes from the item's own table: sure, between two, or nothing at all."""

from __future__ import annotations

from tests.actions.conftest import SpokenTo
from tests.actions.test_product_detail import told


async def test_both_measures_in_one_sentence_give_a_sure_answer(speak: SpokenTo) -> None:
    customer = await speak("88001")
    customer.slots["product_id"] = "p303"

    first = await customer.start(
        "size_form", "一米七四一百四十斤穿多大", intent="ask_size_advice",
        entities={"height": 174, "weight": "70"},
    )  # fmt: skip
    answer = await customer.end("action_submit_size", "x")

    assert first.slots["requested_slot"] is None
    assert told(answer, "utter_size_sure")["size"] == "L"
    assert answer.said == ["utter_size_sure", "utter_size_return_free"]


async def test_only_what_the_table_goes_by_is_asked_for(speak: SpokenTo) -> None:
    customer = await speak("88001")

    baby = await customer.start(
        "size_form", "纸尿裤买几号", intent="ask_size_advice", entities={"category": "纸尿裤"}
    )
    done = await customer.tell("24斤")
    answer = await customer.end("action_submit_size", "24斤")

    assert baby.said == ["utter_question_size_weight_of_baby"]
    assert done.said == ["utter_question_fit_wish"]  # 12 kg: L and XL
    assert (told(done, "utter_question_fit_wish")["smaller"], "XL") == ("L", "XL")
    assert answer.said[0] == "utter_no_size_fits"  # the wish was never given


async def test_between_two_sizes_the_wish_decides(speak: SpokenTo) -> None:
    customer = await speak("88001", "en")
    customer.slots["product_id"] = "p302"

    tall = await customer.start("size_form", "which size", intent="ask_size_advice")
    heavy = await customer.tell("165", entities={"height": 165})
    wish = await customer.tell("59.5 kg", entities={"weight": "59.5"})
    await customer.tell(intent="inform", entities={"fit_wish": "loose"})
    answer = await customer.end("action_submit_size", "loose")

    assert tall.said == ["utter_question_size_height"]
    assert heavy.said == ["utter_question_size_weight"]
    assert told(wish, "utter_question_fit_wish") == {
        **told(wish, "utter_question_fit_wish"), "smaller": "M", "larger": "L",
    }  # fmt: skip
    assert told(answer, "utter_size_by_wish")["size"] == "L"
    assert "utter_size_sold_out" in answer.said  # L of the coat is not there


async def test_a_usual_size_is_enough_for_shoes(speak: SpokenTo) -> None:
    customer = await speak(None)
    customer.slots["product_id"] = "p304"

    await customer.start("size_form", "平时穿42的鞋买多大", intent="ask_size_advice",
                         entities={"size": "42"})  # fmt: skip
    answer = await customer.end("action_submit_size", "x")

    assert told(answer, "utter_size_sure")["size"] == "42"


async def test_measures_are_remembered_for_the_next_item(speak: SpokenTo) -> None:
    customer = await speak("88001")
    customer.slots.update({"product_id": "p301", "height": 160, "weight": 50})

    first = await customer.start("size_form", "这件呢", intent="ask_size_advice")

    assert first.slots["requested_slot"] is None


async def test_impossible_numbers_are_not_taken(speak: SpokenTo) -> None:
    customer = await speak("88001")
    customer.slots["product_id"] = "p301"
    await customer.start("size_form", "穿多大", intent="ask_size_advice")

    answer = await customer.tell("16", intent="inform")

    assert answer.said == ["utter_not_understood_here", "utter_question_size_height"]


async def test_goods_without_a_table_and_people_outside_it_get_no_guess(speak: SpokenTo) -> None:
    customer = await speak("88001")

    phone = await customer.start("size_form", "买多大", intent="ask_size_advice",
                                 entities={"product": "p101"})  # fmt: skip
    await customer.start(
        "size_form", "200/120穿多大", intent="ask_size_advice",
        entities={"product": "p301", "height": 200, "weight": "60"},
    )  # fmt: skip
    tall = await customer.end("action_submit_size", "x")

    assert phone.said == ["utter_no_size_table"]
    assert phone.slots["requested_slot"] is None
    assert tall.said == ["utter_no_size_fits"]
    assert told(tall, "utter_no_size_fits")["sizes"] == "S / M / L"


async def test_a_weight_is_never_taken_for_the_height_that_was_asked_for(speak: SpokenTo) -> None:
    customer = await speak("88001")
    customer.slots["product_id"] = "p301"

    weight = await customer.start("size_form", "165穿什么码", intent="ask_size_advice")
    done = await customer.tell("110斤", entities={"weight": "55"})
    again = await speak("88002")
    again.slots["product_id"] = "p301"
    await again.start("size_form", "穿什么码", intent="ask_size_advice")
    height = await again.tell("110斤", entities={"weight": "55"})
    metres = await again.tell("1.65")

    assert weight.slots["height"] == 165
    assert weight.said == ["utter_question_size_weight"]
    assert done.slots["requested_slot"] is None
    assert height.said == ["utter_question_size_height"]
    assert metres.slots["height"] == 165
