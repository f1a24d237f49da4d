"""Steps of the shop's guides one by one; what was tried is kept and goes along to the repair."""

from __future__ import annotations

import pytest

from console.storage.case import context_card
from console.storage.conversation import conversation
from tests.actions.conftest import Answer, Conversation, SpokenTo

INTENT = "ask_troubleshooting"
EARPHONES = "620026083988"  # customer 88011


async def begun(
    speak: SpokenTo, text: str, lang: str = "zh", product: str | None = "p103"
) -> tuple[Conversation, Answer]:
    customer = await speak("88011", lang)
    named = {"product_id": product} if product else {}
    return customer, await customer.run("action_troubleshoot", text, intent=INTENT, entities=named)


async def fails(customer: Conversation) -> Answer:
    return await customer.run(
        "action_troubleshoot", None, intent=INTENT, entities={"guide_result": "fails"}
    )


async def tried(customer: Conversation) -> list[tuple[str, str]]:
    card = await customer.desk.database.read(
        lambda tx: context_card(tx, conversation(tx, customer.id).case_id)
    )
    return [(one.what.zh, one.result.zh) for one in card.tried]


@pytest.mark.parametrize(
    ("lang", "text", "first"),
    [
        ("zh", "蓝牙连不上", "把两只耳机放回充电盒，合盖 10 秒再打开。"),
        (
            "en",
            "can't pair bluetooth",
            "Put both earphones back, close the case for 10 seconds and open it.",
        ),
    ],
)
async def test_the_first_step_comes_with_two_buttons(
    speak: SpokenTo, lang: str, text: str, first: str
) -> None:
    _, answer = await begun(speak, text, lang)

    assert answer.said == ["utter_guide_begins", "utter_guide_step"]
    assert (answer.responses[1]["step"], answer.responses[1]["number"]) == (first, 1)
    assert len(answer.labels) == 2


async def test_after_the_last_step_a_repair_knows_what_was_tried(speak: SpokenTo) -> None:
    customer, _ = await begun(speak, "蓝牙连不上")
    customer.slots.update(order_no="620026084315", rma_no="RMA1234567890")  # of another matter
    await fails(customer)
    await fails(customer)

    last = await fails(customer)
    yes = await customer.run("action_confirm", "好的", intent="affirm")
    form = await customer.start("repair_form", "好的", intent="affirm")

    assert last.said == ["utter_guide_exhausted"]
    assert [result for _, result in await tried(customer)] == ["没用", "没用", "没用"]
    assert yes.events[-1]["name"] == "repair_form"
    assert customer.slots["order_item_id"] == f"{EARPHONES}-1"
    assert customer.slots["fault_text"] == "蓝牙连不上"
    assert "合盖 10 秒" in customer.slots["tried_steps"]
    assert form.said == ["utter_question_fault_since"]


async def test_when_it_works_again_it_ends(speak: SpokenTo) -> None:
    customer, _ = await begun(speak, "蓝牙连不上")

    answer = await customer.run("action_confirm", "好了", intent="affirm")

    assert answer.said == ["utter_guide_solved"]
    assert answer.slots["guide"] is None
    assert [result for _, result in await tried(customer)] == ["解决了"]


@pytest.mark.parametrize(("text", "intent"), [("还是不行", "deny"), ("试了，没用", "inform")])
async def test_free_words_lead_to_the_next_step(speak: SpokenTo, text: str, intent: str) -> None:
    customer, _ = await begun(speak, "蓝牙连不上")
    action = "action_decline" if intent == "deny" else "action_use_information"

    answer = await customer.run(action, text, intent=intent)

    assert answer.said == ["utter_guide_step"]
    assert answer.responses[0]["number"] == 2


async def test_without_a_name_the_goods_at_home_decide(speak: SpokenTo) -> None:
    _, answer = await begun(speak, "显示E1怎么回事", product=None)

    assert answer.responses[0]["title"] == "暖厨 电饭煲 4L"


async def test_what_the_guide_does_not_know_is_said_openly(speak: SpokenTo) -> None:
    customer, answer = await begun(speak, "掉漆了怎么办")

    assert answer.said == ["utter_guide_unknown"]
    assert await tried(customer) == []


async def test_danger_goes_to_a_person_at_once(speak: SpokenTo) -> None:
    customer, answer = await begun(speak, "充电的时候冒烟了", product="p201")

    assert answer.said == ["utter_guide_danger"]
    requested = [e for e in await customer.stored() if e.type == "handoff_requested"]
    assert len(requested) == 1


async def test_who_has_bought_nothing_is_asked_which_product(speak: SpokenTo) -> None:
    visitor = await speak(None)

    asked = await visitor.run("action_troubleshoot", "蓝牙连不上", intent=INTENT)
    named = await visitor.run(
        "action_troubleshoot", "降噪耳机", intent=INTENT, entities={"product_id": "p103"}
    )

    assert asked.said == ["utter_ask_product_name"]
    assert named.said == ["utter_guide_begins", "utter_guide_step"]
