"""Goods made to order: from the option list, told that they do not come back, filed once."""

from __future__ import annotations

from console.services.work_order import work_orders_of
from tests.actions.conftest import Conversation, SpokenTo
from tests.actions.test_product_detail import told


async def _confirmed(speak: SpokenTo, lang: str = "zh") -> Conversation:
    customer = await speak("88001", lang)
    customer.slots["product_id"] = "p106"
    await customer.start("custom_form", "能印字吗", intent="ask_customization")
    await customer.tell("平安喜乐")
    await customer.tell(intent="inform", entities={"custom_choice": "金色"})
    return customer


async def test_options_are_asked_for_then_summed_up_with_the_return_rule(
    speak: SpokenTo,
) -> None:
    customer = await speak("88001")
    customer.slots["product_id"] = "p106"

    words = await customer.start("custom_form", "能印字吗", intent="ask_customization")
    colour = await customer.tell("平安喜乐")
    summary = await customer.tell("金色的")

    assert told(words, "utter_question_custom_text")["longest"] == 12
    assert colour.labels == ["黑色", "白色", "金色"]
    assert summary.summary["定制内容"] == "· 印字：平安喜乐\n· 字的颜色：金色"
    assert (summary.summary["定制加价"], summary.summary["发货"]) == (15_00, "晚 2 天发货")
    assert summary.cards[0]["note"].startswith("定制商品不支持无理由退货")


async def test_a_yes_files_one_work_order_with_a_promise(speak: SpokenTo) -> None:
    customer = await _confirmed(speak)
    await customer.tell(intent="affirm", entities={"custom_confirmed": "yes"})
    slots = dict(customer.slots)

    first = await customer.end("action_submit_custom", "好", intent="affirm")
    customer.slots.update(slots)
    await customer.end("action_submit_custom", "好", intent="affirm")

    (order,) = await work_orders_of(customer.desk, customer.id)
    assert told(first, "utter_custom_filed")["number"] == order.work_order_no
    assert order.kind == "custom"
    assert order.details["custom_spec"] == {"print": "平安喜乐", "colour": "金色"}
    assert order.promise_id is not None


async def test_a_no_files_nothing(speak: SpokenTo) -> None:
    customer = await _confirmed(speak, "en")
    await customer.tell(intent="deny", entities={"custom_confirmed": "no"})

    answer = await customer.end("action_submit_custom", "no", intent="deny")

    assert answer.said == ["utter_custom_kept"]
    assert await work_orders_of(customer.desk, customer.id) == []


async def test_words_that_are_too_long_are_not_taken(speak: SpokenTo) -> None:
    customer = await speak("88001")
    customer.slots["product_id"] = "p109"
    await customer.start("custom_form", "背面刻字", intent="ask_customization")

    long = await customer.tell("一二三四五六七八九十一")
    fits = await customer.tell("一二三四五六七八九十")

    assert long.said == ["utter_not_understood_here", "utter_question_custom_text"]
    assert fits.said == ["utter_question_summary"]


async def test_goods_without_options_are_said_so_and_others_shown(speak: SpokenTo) -> None:
    customer = await speak("88001")
    customer.slots["product_id"] = "p101"

    answer = await customer.start("custom_form", "能刻字吗", intent="ask_customization")

    assert answer.said == ["utter_custom_not_offered", "utter_custom_others"]
    assert [one["product_id"] for one in answer.cards[0]["products"]] == ["p106", "p109"]
    assert answer.slots["requested_slot"] is None


async def test_a_question_is_not_printed_on_the_goods(speak: SpokenTo) -> None:
    customer = await speak("88001")
    customer.slots["product_id"] = "p106"
    await customer.start("custom_form", "能印字吗", intent="ask_customization")

    aside = await customer.tell("有兽医能问吗", intent="consult_domain_expert")
    motto = await customer.tell("平安喜乐", intent="chitchat")

    assert aside.said == []  # the rule of that wish answers
    assert aside.slots.get("custom_draft") is None
    assert motto.said == ["utter_question_custom_choice"]


async def test_a_product_that_can_be_had_to_order_is_one_tap_away(speak: SpokenTo) -> None:
    customer = await speak("88001", "en")
    customer.slots["product_id"] = "p101"
    await customer.start("custom_form", "engraving?", intent="ask_customization")

    answer = await customer.start(
        "custom_form", intent="ask_customization", entities={"product_id": "p109"}
    )

    assert answer.said == ["utter_question_custom_text"]


async def _filed(customer: Conversation, product_id: str, words: str) -> None:
    customer.slots["product_id"] = product_id
    await customer.start("custom_form", "背面刻字", intent="ask_customization")
    await customer.tell(words)
    await customer.tell(intent="affirm", entities={"custom_confirmed": "yes"})
    await customer.end("action_submit_custom", "好", intent="affirm")
    customer.turns += 1


async def test_another_product_or_other_words_get_their_own_work_order(speak: SpokenTo) -> None:
    customer = await _confirmed(speak)
    await customer.tell(intent="affirm", entities={"custom_confirmed": "yes"})
    await customer.end("action_submit_custom", "好", intent="affirm")

    await _filed(customer, "p109", "平安")
    await _filed(customer, "p109", "喜乐")

    orders = await work_orders_of(customer.desk, customer.id)
    made = {(one.details["product_id"], str(one.details["custom_spec"])) for one in orders}
    assert len(orders) == len(made) == 3


async def test_the_same_goods_with_the_same_words_stay_one_work_order(speak: SpokenTo) -> None:
    """The negative control."""
    customer = await speak("88001")

    await _filed(customer, "p109", "平安")
    await _filed(customer, "p109", "平安")

    assert len(await work_orders_of(customer.desk, customer.id)) == 1
