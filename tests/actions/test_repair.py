"""Repairs: free under warranty, with a fee that is told before, and a new one at the door first."""

from __future__ import annotations

import pytest

from console.storage.after_sale import after_sale_requests
from console.storage.policy import policy_decisions
from tests.actions.conftest import Answer, Conversation, SpokenTo
from tests.actions.stored import rows

EARPHONES = "620026083988"  # customer 88011, signed 100 days ago
OLD_COOKER = "620026084315"  # customer 88011, signed 400 days ago
PUMP = "620026083017"  # customer 88010


async def begun(
    speak: SpokenTo, order_no: str, text: str, lang: str = "zh", who: str = "88011"
) -> tuple[Conversation, Answer]:
    customer = await speak(who, lang)
    customer.slots.update(order_no=order_no)
    return customer, await customer.start("repair_form", text, intent="request_repair")


async def summary_of(customer: Conversation) -> Answer:
    await customer.tell("前天开始的")
    await customer.tell("没试过")
    return await customer.tell("明天上午", entities={"date": "2026-11-03"})


async def file(customer: Conversation) -> Answer:
    await customer.tell(intent="affirm", entities={"repair_confirmed": "yes"})
    return await customer.end("action_submit_repair", intent="affirm")


@pytest.mark.parametrize(
    ("lang", "text"),
    [("zh", "耳机左边没有声音了要修"), ("en", "the left earphone has no sound, repair it")],
)
async def test_under_warranty_it_is_free(speak: SpokenTo, lang: str, text: str) -> None:
    customer, asked = await begun(speak, EARPHONES, text, lang)

    summary = await summary_of(customer)
    filed = await file(customer)

    assert asked.said == ["utter_question_fault_since"]
    assert summary.said == ["utter_question_summary"]
    label = {"zh": "费用", "en": "Cost"}[lang]
    assert summary.summary[label] == 0
    assert summary.summary[{"zh": "情况说明", "en": "What happened"}[lang]] == (
        f"{text} / 前天开始的 / 没试过"
    )
    assert filed.said == ["utter_repair_submitted"]
    [row] = await rows(customer, after_sale_requests)
    assert (row.kind, row.state, row.fee_fen) == ("repair", "awaiting_return", 0)
    assert row.note == f"{text} / 前天开始的 / 没试过"
    assert row.pickup_no.startswith("pk")


@pytest.mark.parametrize(
    ("order_no", "text", "note"),
    [
        (OLD_COOKER, "电饭煲不加热了要修", "保修期已过，需要换配件时会先告诉您价格。"),
        (
            EARPHONES,
            "耳机掉水里进水了要修",
            "进液、摔坏或自行拆修不在保修范围内，需要换配件时会先告诉您价格。",
        ),
    ],
)
async def test_otherwise_the_fee_is_told_before_the_yes(
    speak: SpokenTo, order_no: str, text: str, note: str
) -> None:
    customer, _ = await begun(speak, order_no, text)

    summary = await summary_of(customer)
    filed = await file(customer)

    assert summary.cards[0]["note"] == note
    assert summary.summary["费用"] == 50_00
    assert filed.said == ["utter_repair_submitted_fee"]
    [row] = await rows(customer, after_sale_requests)
    assert row.fee_fen == 50_00


async def test_a_serial_number_names_the_item(speak: SpokenTo) -> None:
    customer = await speak("88011")

    answer = await customer.start(
        "repair_form", "SN3C77105 左边没有声音了要修", intent="request_repair"
    )

    assert (answer.slots["order_no"], answer.slots["order_item_id"]) == (
        EARPHONES, f"{EARPHONES}-1",
    )  # fmt: skip


async def test_somebody_elses_serial_number_is_nobodys(speak: SpokenTo) -> None:
    customer = await speak("88011")

    answer = await customer.start("repair_form", "SN6A20412 要修", intent="request_repair")

    assert answer.said[0] == "utter_serial_not_found"
    assert answer.slots["requested_slot"] == "order_no"


async def test_a_pump_is_offered_a_new_one_and_may_still_be_repaired(speak: SpokenTo) -> None:
    customer, offered = await begun(speak, PUMP, "吸奶器没有吸力了要修", who="88010")

    kept = await customer.tell("还是修吧")

    assert offered.said == ["utter_question_door_offer"]
    assert kept.said == ["utter_question_fault_since"]


async def test_a_repeated_turn_files_once(speak: SpokenTo) -> None:
    customer, _ = await begun(speak, EARPHONES, "耳机左边没有声音了要修")
    await summary_of(customer)
    await customer.tell(intent="affirm", entities={"repair_confirmed": "yes"})
    before = dict(customer.slots)

    await customer.end("action_submit_repair", intent="affirm")
    customer.slots.update(before)
    await customer.end("action_submit_repair", intent="affirm")

    assert len(await rows(customer, after_sale_requests)) == 1


async def test_the_fault_can_be_put_right_at_the_summary(speak: SpokenTo) -> None:
    customer, _ = await begun(speak, EARPHONES, "耳机左边没有声音了要修")
    await summary_of(customer)

    asked = await customer.tell(intent="correct_info", entities={"field": "fault_text"})
    summary = await customer.tell("是右边没有声音")

    assert asked.said == ["utter_question_what_quality"]
    assert str(summary.summary["情况说明"]).startswith("是右边没有声音 / ")


async def test_a_visitor_signs_in_first(speak: SpokenTo) -> None:
    visitor = await speak(None)

    answer = await visitor.start("repair_form", "坏了要修", intent="request_repair")

    assert answer.said == ["utter_sign_in_for_money"]
    assert await rows(visitor, policy_decisions) == []
