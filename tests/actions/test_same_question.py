"""Questions that sound alike are answered as the order, or the lack of one, wants it."""

from __future__ import annotations

from tests.actions.conftest import SpokenTo


async def test_how_long_it_takes_is_the_arrival_of_the_order_that_is_awaited(
    speak: SpokenTo,
) -> None:
    customer = await speak("88003")  # one parcel in transit

    answer = await customer.run(
        "action_answer_delivery_time", "大概几天能到", intent="ask_delivery_time"
    )

    assert answer.said == ["utter_arrives_by"]


async def test_with_a_product_in_view_it_is_asked_before_buying(speak: SpokenTo) -> None:
    customer = await speak("88003")
    customer.slots["product_id"] = "p101"

    answer = await customer.run(
        "action_answer_delivery_time", "大概几天能到", intent="ask_delivery_time"
    )

    assert answer.said[0] == "utter_delivery_days"


async def test_another_product_than_the_awaited_one_is_not_mixed_up(speak: SpokenTo) -> None:
    customer = await speak("88003")

    other = await customer.run(
        "action_answer_delivery_time", "空气炸锅几天能到", intent="ask_delivery_time"
    )
    awaited = await customer.run(
        "action_answer_delivery_time", "扫地机器人几天能到", intent="ask_delivery_time"
    )

    assert other.said[0] == "utter_delivery_days"
    assert awaited.said == ["utter_arrives_by"]


async def test_who_ordered_nothing_hears_how_long_an_order_would_take(speak: SpokenTo) -> None:
    customer = await speak("88099")

    answer = await customer.run("action_answer_arrival", "哪天能到", intent="ask_arrival_time")

    assert answer.said[0] == "utter_delivery_days"


async def test_cheaper_means_the_claim_for_what_was_bought(speak: SpokenTo) -> None:
    customer = await speak("88002")

    bought = await customer.run(
        "action_answer_bargain", "空气炸锅能便宜点吗", intent="bargain_price"
    )
    in_view = {**customer.slots, "product_id": "p201"}
    customer.slots.update(in_view)
    before_buying = await customer.run(
        "action_answer_bargain", "空气炸锅能便宜点吗", intent="bargain_price"
    )

    assert bought.cards[0]["type"] == "price_claim"
    assert not before_buying.cards or before_buying.cards[0]["type"] != "price_claim"


async def test_cheaper_for_what_was_not_bought_is_a_bargain(speak: SpokenTo) -> None:
    customer = await speak("88002")

    answer = await customer.run("action_answer_bargain", "笔记本能便宜点吗", intent="bargain_price")

    assert not [card for card in answer.cards if card["type"] == "price_claim"]
