"""Many pieces go to wholesale with product, quantity and company; experts get their questions."""

from __future__ import annotations

import pytest

from tests.actions.conftest import SpokenTo
from tests.actions.test_product_detail import told


async def test_quantity_and_company_are_asked_for_and_a_person_gets_all(speak: SpokenTo) -> None:
    customer = await speak("88003")

    many = await customer.start("bulk_form", "公司要买坚果怎么谈", intent="ask_bulk_purchase")
    company = await customer.tell("50", intent="inform")
    await customer.tell("拾光科技有限公司", intent="inform")
    answer = await customer.end("action_submit_bulk", "x")

    assert many.said == ["utter_question_bulk_quantity"]
    assert company.said == ["utter_question_company"]
    assert told(answer, "utter_bulk_filed")["company"] == "拾光科技有限公司"
    brief = await customer.brief()
    assert brief["wish"] == "批量采购：每日坚果 30 包 ×50，拾光科技有限公司"
    asked = [e.body for e in await customer.stored() if e.type == "handoff_requested"]
    assert [(one["reason"], one["queue"]) for one in asked] == [("wholesale", "wholesale")]


@pytest.mark.parametrize(("quantity", "ends"), [(19, True), (20, False)])
async def test_fewer_than_the_least_are_bought_normally(
    speak: SpokenTo, quantity: int, ends: bool
) -> None:
    customer = await speak("88003", "en")

    answer = await customer.start(
        "bulk_form", "bulk price for kettles", intent="ask_bulk_purchase",
        entities={"product": "p206", "quantity": quantity},
    )  # fmt: skip

    assert (answer.said == ["utter_bulk_too_few"]) is ends
    assert (answer.slots["requested_slot"] is None) is ends
    assert not [e for e in await customer.stored() if e.type == "handoff_requested"]


async def test_an_expert_comes_with_the_hint_of_the_domain(speak: SpokenTo) -> None:
    customer = await speak("88002")

    answer = await customer.run(
        "action_consult_expert", "有懂猫病的客服吗", intent="consult_domain_expert"
    )
    await customer.again(
        "action_consult_expert", "有懂猫病的客服吗", intent="consult_domain_expert"
    )

    assert answer.said[:2] == ["utter_expert_coming", "utter_expert_hint_pets"]
    asked = [e.body for e in await customer.stored() if e.type == "handoff_requested"]
    assert [(one["reason"], one["queue"]) for one in asked] == [("expert", "expert")]


async def test_without_a_domain_the_customer_picks_one(speak: SpokenTo) -> None:
    customer = await speak("88002", "en")

    which = await customer.run(
        "action_consult_expert", "can I ask an expert", intent="consult_domain_expert"
    )
    picked = await customer.run(
        "action_consult_expert", intent="consult_domain_expert",
        entities={"expert_domain": "medicine"},
    )  # fmt: skip

    assert which.said == ["utter_which_expert"]
    assert which.labels == ["Medicine and health", "Babies", "Pets", "Something else"]
    assert picked.said[:2] == ["utter_expert_coming", "utter_expert_hint_medicine"]
