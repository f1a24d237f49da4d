"""Stock by variant and region; sold out never ends in a dead end."""

from __future__ import annotations

from tests.actions.conftest import SpokenTo
from tests.actions.test_product_detail import told


async def test_goods_in_stock_are_told_with_their_variants(speak: SpokenTo) -> None:
    customer = await speak("88001")

    answer = await customer.run(
        "action_answer_stock", "羊毛大衣还有货吗", intent="ask_stock", entities={"category": "大衣"}
    )

    assert answer.said == ["utter_in_stock", "utter_in_stock_variants"]
    assert told(answer, "utter_in_stock")["title"] == "羊毛混纺大衣"
    assert told(answer, "utter_in_stock_variants")["variants"] == "驼色 S、驼色 M"
    assert answer.slots["product_id"] == "p302"


async def test_a_variant_that_is_sold_out_names_the_day_and_offers_an_alert(
    speak: SpokenTo,
) -> None:
    customer = await speak("88001", "en")
    customer.slots["product_id"] = "p101"

    answer = await customer.run(
        "action_answer_stock", "the blue one?", intent="ask_stock", entities={"variant": "蓝色"}
    )

    assert answer.said == ["utter_sold_out_until", "utter_similar"]
    assert told(answer, "utter_sold_out_until")["when"] == "08 Nov"
    assert answer.labels == ["Tell me when it is back"]
    assert [one["title"] for one in answer.cards[0]["products"]] == ["Chengyu A1 phone 128 GB"]
    assert answer.slots["shown_products"] == ["p102"]


async def test_a_bare_answer_goes_on_with_the_question(speak: SpokenTo) -> None:
    customer = await speak("88001")
    await customer.run("action_answer_stock", "这款有货吗", intent="ask_stock",
                       entities={"product_id": "p109"})  # fmt: skip

    answer = await customer.run(
        "action_use_information", "银色呢", intent="inform", entities={"variant": "银色"}
    )

    assert answer.said == ["utter_in_stock", "utter_stock_few"]
    assert told(answer, "utter_stock_few")["count"] == 5


async def test_a_warehouse_that_does_not_send_there_is_told(speak: SpokenTo) -> None:
    customer = await speak("88001")

    answer = await customer.run(
        "action_answer_stock", "扫地机器人新疆有货吗", intent="ask_stock",
        entities={"region": "新疆"},
    )  # fmt: skip
    near = await customer.run(
        "action_answer_stock", "那发上海呢", intent="ask_stock", entities={"region": "上海"}
    )

    assert answer.said[0] == "utter_sold_out_here"
    assert told(answer, "utter_sold_out_here")["where"] == "发新疆"
    assert answer.slots["region"] == "新疆"
    assert near.said == ["utter_in_stock"]


async def test_a_variant_that_does_not_exist_is_told_so(speak: SpokenTo) -> None:
    customer = await speak("88001")
    customer.slots["product_id"] = "p109"

    answer = await customer.run(
        "action_answer_stock", "红色有吗", intent="ask_stock", entities={"variant": "红色"}
    )

    assert answer.said == ["utter_no_such_variant"]
    assert told(answer, "utter_no_such_variant")["variants"] == "黑色、银色"


async def test_what_is_wholly_sold_out_shows_what_is_alike(speak: SpokenTo) -> None:
    customer = await speak(None)

    answer = await customer.run(
        "action_answer_stock", "听潮运动耳机", intent="ask_stock", entities={"product": "p104"}
    )

    assert answer.said == ["utter_sold_out_until", "utter_similar"]
    assert [one["product_id"] for one in answer.cards[0]["products"]] == ["p103", "p105", "p106"]
    assert all(one["stock_label"] == "有货" for one in answer.cards[0]["products"])
