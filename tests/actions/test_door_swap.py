"""A new one at the door: flagged items, own couriers, one visit, and what to do otherwise."""

from __future__ import annotations

from datetime import timedelta

import pytest

from console.storage.after_sale import after_sale_requests
from console.storage.shop_goods import shop_reservations
from tests.actions.conftest import Answer, Clock, Conversation, SpokenTo
from tests.actions.stored import rows

INTENT = "request_replace_instead_of_repair"
PUMP = "620026083017"  # customer 88010
EARPHONES = "620026083988"  # customer 88011


async def begun(
    speak: SpokenTo, text: str, lang: str = "zh", order_no: str = PUMP, who: str = "88010"
) -> tuple[Conversation, Answer]:
    customer = await speak(who, lang)
    customer.slots.update(order_no=order_no)
    return customer, await customer.start("door_swap_form", text, intent=INTENT)


@pytest.mark.parametrize(
    ("lang", "text", "when"),
    [
        ("zh", "吸奶器没有吸力了直接给换新的", "快递员 11月3日（周二）09:00-12:00 送新取旧"),
        (
            "en",
            "the pump has no suction, replace it at my door",
            "The courier brings and takes it on Tue 03 Nov, 09:00-12:00",
        ),
    ],
)
async def test_old_for_new_in_one_visit(speak: SpokenTo, lang: str, text: str, when: str) -> None:
    customer, asked = await begun(speak, text, lang)
    summary = await customer.tell("明天上午", entities={"date": "2026-11-03"})
    await customer.tell(intent="affirm", entities={"door_swap_confirmed": "yes"})

    filed = await customer.end("action_submit_door_swap", intent="affirm")

    assert asked.said == ["utter_question_slot_window"]
    assert summary.said == ["utter_question_summary"]
    assert summary.summary[{"zh": "费用", "en": "Cost"}[lang]] == 0
    assert summary.summary[{"zh": "退回方式", "en": "Way back"}[lang]] == when
    assert filed.said == ["utter_door_swap_submitted"]
    [row] = await rows(customer, after_sale_requests)
    assert (row.kind, row.way, row.new_variant) == ("door_exchange", "same_visit", "奶白")
    assert row.pickup_no.startswith("pk")
    assert len(await rows(customer, shop_reservations)) == 1


async def test_what_is_not_flagged_is_repaired(speak: SpokenTo) -> None:
    customer, answer = await begun(speak, "耳机坏了给换新", order_no=EARPHONES, who="88011")

    assert answer.said == ["utter_refused_door_not_offered"]
    assert await rows(customer, after_sale_requests) == []


async def test_after_180_days_it_is_repaired(speak: SpokenTo) -> None:
    customer = await speak("88010")
    clock = customer.desk.clock
    assert isinstance(clock, Clock)
    clock.moment += timedelta(days=151)
    customer.slots.update(order_no=PUMP)

    answer = await customer.start("door_swap_form", "没有吸力了换新的", intent=INTENT)

    assert answer.said == ["utter_refused_door_window_over"]


async def test_a_fall_is_no_fault_of_the_pump(speak: SpokenTo) -> None:
    customer, answer = await begun(speak, "吸奶器掉地上摔坏了给换新")

    assert answer.said == ["utter_refused_door_misuse"]
    assert await rows(customer, shop_reservations) == []


async def test_a_repeated_turn_files_once(speak: SpokenTo) -> None:
    customer, _ = await begun(speak, "吸奶器没有吸力了直接给换新的")
    await customer.tell("明天上午", entities={"date": "2026-11-03"})
    await customer.tell(intent="affirm", entities={"door_swap_confirmed": "yes"})
    before = dict(customer.slots)

    await customer.end("action_submit_door_swap", intent="affirm")
    customer.slots.update(before)
    await customer.end("action_submit_door_swap", intent="affirm")

    assert len(await rows(customer, after_sale_requests)) == 1


async def test_somebody_elses_order_is_no_order(speak: SpokenTo) -> None:
    customer = await speak("88011")

    answer = await customer.start(
        "door_swap_form", "换新", intent=INTENT, entities={"order_no": PUMP}
    )

    assert answer.said[0] == "utter_order_not_found"
