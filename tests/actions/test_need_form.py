"""Recommendations: asked until three answers are there, never above the budget."""

from __future__ import annotations

from tests.actions.conftest import SpokenTo
from tests.actions.test_product_detail import told


async def test_three_answers_in_one_sentence_need_no_question(speak: SpokenTo) -> None:
    customer = await speak("88001")

    first = await customer.start(
        "need_form", "给我爸买个手机,一千以内,推荐一款", intent="recommend_product",
        entities={"category": "手机", "budget": 1000_00},
    )  # fmt: skip
    answer = await customer.end("action_submit_need", "推荐一款")

    assert first.slots["requested_slot"] is None
    (product,) = answer.cards[0]["products"]
    assert product["product_id"] == "p102"
    assert product["reason"] == "长辈，在 ¥1,000.00 以内，大字大音量，长辈好用"
    assert answer.slots["shown_products"] == ["p102"]


async def test_kind_person_and_budget_are_asked_for_with_buttons(speak: SpokenTo) -> None:
    customer = await speak("88001", "en")

    kind = await customer.start("need_form", "recommend me something", intent="recommend_product")
    whom = await customer.tell("earphones", entities={"category": "耳机"})
    budget = await customer.tell(intent="inform", entities={"for_whom": "office"})
    done = await customer.tell("400")
    answer = await customer.end("action_submit_need", "400")

    assert kind.said == ["utter_question_need_category"]
    assert whom.said == ["utter_question_need_for_whom"]
    assert budget.said == ["utter_question_need_budget"]
    assert budget.labels[-1] == "No matter"
    assert done.slots["requested_slot"] is None
    assert [one["product_id"] for one in answer.cards[0]["products"]] == ["p103"]
    assert answer.cards[0]["products"][0]["reason"] == (
        "office work, within ¥400.00, Quiet on the subway"
    )


async def test_the_budget_is_never_bent_but_the_nearest_price_is_told(speak: SpokenTo) -> None:
    customer = await speak("88001")

    await customer.start(
        "need_form", "给学生买笔记本", intent="recommend_product",
        entities={"category": "笔记本", "budget": 5698_99},
    )  # fmt: skip
    answer = await customer.end("action_submit_need", "x")

    assert answer.said == ["utter_nothing_within"]
    said = told(answer, "utter_nothing_within")
    assert (said["limit"], said["price"]) == ("5,698.99", "5,699.00")
    assert [one["product_id"] for one in answer.cards[0]["products"]] == ["p107"]


async def test_no_matter_is_an_answer_and_a_correction_replaces_one(speak: SpokenTo) -> None:
    customer = await speak("88001")
    await customer.start("need_form", "推荐个手机", intent="recommend_product",
                         entities={"category": "手机"})  # fmt: skip

    any_body = await customer.tell("No matter.")
    await customer.tell("3000", entities={"amount": 3000_00})
    answer = await customer.end("action_submit_need", "3000")

    assert any_body.slots["for_whom"] == "any"
    assert [one["product_id"] for one in answer.cards[0]["products"]] == ["p102", "p101"]


async def test_what_is_not_wanted_is_left_out(speak: SpokenTo) -> None:
    customer = await speak("88001")

    await customer.start(
        "need_form", "推荐个手机,不要太重的,1万以内", intent="recommend_product",
        entities={"category": "手机", "budget": 10000_00},
    )  # fmt: skip
    answer = await customer.end("action_submit_need", "x")

    assert customer.slots["deal_breaker"] is None  # a finished need is forgotten
    assert answer.said == ["utter_nothing_fits"]  # both phones are heavy


async def test_what_nothing_has_is_said(speak: SpokenTo) -> None:
    customer = await speak("88001")

    await customer.start(
        "need_form", "要防水的吹风机,500以内", intent="recommend_product",
        entities={"category": "吹风机", "budget": 500_00},
    )  # fmt: skip
    answer = await customer.end("action_submit_need", "x")

    assert told(answer, "utter_recommend_nearly")["lacks"] == "防水"
    assert [one["product_id"] for one in answer.cards[0]["products"]] == ["p207"]
