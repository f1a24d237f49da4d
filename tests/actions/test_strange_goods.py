"""Goods that are named and in none of the orders: told, and the order is asked for."""

from __future__ import annotations

import pytest

from tests.actions.conftest import Conversation, SpokenTo

COOKER = "620026079548"  # of customer 88006, the only order that can go back

FORMS = {
    "damage_form": "report_damaged",
    "quality_form": "report_quality_issue",
    "return_form": "request_return",
    "refund_only_form": "request_refund_only",
    "repair_form": "request_repair",
}


async def about_shoes(
    speak: SpokenTo, form: str = "damage_form", lang: str = "zh"
) -> tuple[Conversation, list[str], list[str]]:
    customer = await speak("88006", lang)
    said = {"zh": "跑鞋的鞋底裂开了", "en": "the sole of my running shoes came off"}[lang]
    answer = await customer.start(form, said, intent=FORMS[form])
    return customer, answer.said, answer.labels


@pytest.mark.parametrize("lang", ["zh", "en"])
@pytest.mark.parametrize("form", sorted(FORMS))
async def test_the_only_order_is_not_taken_for_goods_that_nobody_bought(
    speak: SpokenTo, form: str, lang: str
) -> None:
    customer, said, labels = await about_shoes(speak, form, lang)

    assert said == ["utter_goods_in_no_order", "utter_ask_which_order"]
    assert customer.slots["strange_goods"] in {"跑鞋", "shoes"}
    assert customer.slots["requested_slot"] == "order_no"
    assert customer.slots.get("order_no") is None
    assert len(labels) == 1
    assert labels[0].endswith(COOKER[-4:])


async def test_goods_that_were_bought_are_taken_without_asking(speak: SpokenTo) -> None:
    """Negative control."""
    customer = await speak("88006")

    answer = await customer.start(
        "quality_form", "电饭煲煮饭一直夹生", intent="report_quality_issue"
    )

    assert customer.slots["order_no"] == COOKER
    assert answer.said == ["utter_question_report_photos"]


@pytest.mark.parametrize(
    "said", ["坏了，给妈妈买的", "it broke, just in case you wonder", "东西坏了"]
)
async def test_words_that_name_no_goods_leave_the_only_order(speak: SpokenTo, said: str) -> None:
    customer = await speak("88006")

    await customer.start("quality_form", said, intent="report_quality_issue")

    assert customer.slots["order_no"] == COOKER


async def test_the_button_goes_on_with_that_order(speak: SpokenTo) -> None:
    customer, _, _ = await about_shoes(speak, "quality_form")

    await customer.tell(intent="report_quality_issue", entities={"order_no": COOKER})

    assert customer.slots["order_no"] == COOKER
    assert customer.slots["requested_slot"] != "order_no"


@pytest.mark.parametrize(("said", "intent"), [("不是这个", "deny"), ("我明明买了跑鞋的", "inform")])
async def test_other_words_do_not_choose_it(speak: SpokenTo, said: str, intent: str) -> None:
    customer, _, _ = await about_shoes(speak, "quality_form")

    answer = await customer.tell(said, intent=intent)

    assert customer.slots.get("order_no") is None
    assert answer.slots["requested_slot"] == "order_no"


@pytest.mark.parametrize(("said", "intent"), [("对，就是它", "affirm"), ("电饭煲", "inform")])
async def test_a_yes_or_its_name_chooses_it(speak: SpokenTo, said: str, intent: str) -> None:
    customer, _, _ = await about_shoes(speak, "quality_form")

    await customer.tell(said, intent=intent)

    assert customer.slots["order_no"] == COOKER


async def test_what_came_instead_may_be_anything(speak: SpokenTo) -> None:
    customer = await speak("88006")

    await customer.start("wrong_form", "怎么给我发了双跑鞋", intent="report_wrong_item")

    assert customer.slots.get("strange_goods") is None
