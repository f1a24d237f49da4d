"""A fragment goes on with the question before it; without one it means what it says."""

from __future__ import annotations

from tests.actions.conftest import SpokenTo
from tests.actions.test_product_detail import told


async def test_a_place_that_was_not_understood_goes_on_with_the_fee(speak: SpokenTo) -> None:
    customer = await speak("88001")
    place = {"region": "新疆"}

    before = await customer.run(
        "action_offer_readings", "寄新疆呢", intent="nlu_fallback", entities=place,
        ranking=("ask_shipping_fee",),
    )  # fmt: skip
    await customer.run("action_answer_shipping_fee", "包邮吗", intent="ask_shipping_fee")
    after = await customer.run(
        "action_offer_readings", "寄新疆呢", intent="nlu_fallback", entities=place
    )

    assert before.said == ["utter_offer_readings"]
    assert after.said == ["utter_shipping_fees"]
    assert told(after, "utter_shipping_fees")["where"] == "新疆"


async def test_a_name_after_which_one_answers_the_question_and_is_no_search(
    speak: SpokenTo,
) -> None:
    customer = await speak("88001")
    await customer.run("action_answer_attribute", "多重", intent="ask_product_attribute")

    answer = await customer.run("action_search_products", "空气炸锅", intent="search_product")
    search = await customer.run("action_search_products", "空气炸锅", intent="search_product")

    assert told(answer, "utter_attributes")["lines"] == "· 重量：4.6 公斤"
    assert search.said == ["utter_products_found"]


async def test_a_question_that_something_else_has_replaced_is_over(speak: SpokenTo) -> None:
    customer = await speak("88001")
    await customer.run("action_answer_attribute", "多重", intent="ask_product_attribute")
    await customer.run("action_answer_membership", "我几级", intent="ask_membership")

    answer = await customer.run("action_search_products", "空气炸锅", intent="search_product")

    assert answer.said == ["utter_products_found"]
