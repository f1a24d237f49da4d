"""Exchanges: for another variant or for the same again, with the new one held."""

from __future__ import annotations

from datetime import timedelta

import pytest

from console.storage.after_sale import after_sale_requests
from console.storage.policy import policy_decisions
from console.storage.shop_goods import shop_reservations
from tests.actions.conftest import Answer, Conversation, SpokenTo
from tests.actions.stored import rows

DRESS = "620026072458"  # customer 88001: 米白 M, signed yesterday
RICE_COOKER = "620026079548"  # customer 88006: 墨绿, signed eight days ago
PUMP = "620026083017"  # customer 88010
NAPPIES = "620026083452"  # customer 88010: two packs of L, signed twenty days ago


async def dress(speak: SpokenTo, text: str, lang: str = "zh") -> tuple[Conversation, Answer]:
    customer = await speak("88001", lang)
    customer.slots.update(order_no=DRESS, order_item_id=f"{DRESS}-1")
    return customer, await customer.start("exchange_form", text, intent="request_exchange")


@pytest.mark.parametrize(
    ("lang", "text", "labels", "shown"),
    [
        (
            "zh",
            "裙子尺码小了还没拆封，想换大一号",
            ["米白 L", "米白 S"],
            {
                "订单": DRESS,
                "商品": "亚麻连衣裙",
                "数量": "1 件",
                "原因": "尺码不合适",
                "原来": "米白 M",
                "换成": "米白 L",
                "退回方式": "快递员 11月3日（周二）13:00-18:00 上门取件",
            },
        ),
        (
            "en",
            "too small and still sealed, I want to exchange it",
            ["Off-white L", "Off-white S"],
            {
                "Order": DRESS,
                "Item": "Linen dress",
                "Quantity": "1",
                "Reason": "Wrong size",
                "Before": "Off-white M",
                "Exchanged for": "Off-white L",
                "Way back": "A courier fetches it on Tue 03 Nov, 13:00-18:00",
            },
        ),
    ],
)
async def test_the_whole_way_to_a_filed_exchange(
    speak: SpokenTo, lang: str, text: str, labels: list[str], shown: dict[str, str]
) -> None:
    customer, asked = await dress(speak, text, lang)
    if asked.slots["requested_slot"] == "new_variant":
        assert sorted(asked.labels) == sorted(labels)
        await customer.tell(entities={"new_variant": "米白 L"})
    await customer.tell(entities={"return_way": "pickup"})
    window = customer.desk.clock.now() + timedelta(hours=26)
    summary = await customer.tell("明天下午", entities={"date": window.date().isoformat()})

    closed = await customer.tell(intent="affirm", entities={"exchange_confirmed": "yes"})
    filed = await customer.end("action_submit_exchange", intent="affirm")

    assert summary.said == ["utter_question_summary"]
    assert summary.summary == shown
    assert closed.slots["requested_slot"] is None
    assert filed.said == ["utter_exchange_submitted"]
    [row] = await rows(customer, after_sale_requests)
    assert (row.kind, row.state, row.new_variant) == ("exchange", "awaiting_return", "米白 L")
    [held] = await rows(customer, shop_reservations)
    assert held.reservation_no == row.reservation_no
    assert held.until == customer.desk.clock.now() + timedelta(hours=24)
    assert filed.slots["new_variant"] is None


async def filled(speak: SpokenTo) -> Conversation:
    customer, _ = await dress(speak, "裙子尺码小了还没拆封，想换大一号")
    await customer.tell(entities={"new_variant": "米白 L"})
    await customer.tell("自己寄回")
    await customer.tell(intent="affirm", entities={"exchange_confirmed": "yes"})
    return customer


async def test_a_repeated_turn_files_and_holds_once(speak: SpokenTo) -> None:
    customer = await filled(speak)
    before = dict(customer.slots)

    first = await customer.end("action_submit_exchange", intent="affirm")
    customer.slots.update(before)
    second = await customer.end("action_submit_exchange", intent="affirm")

    assert first.slots["rma_no"] == second.slots["rma_no"]
    assert len(await rows(customer, after_sale_requests)) == 1
    assert len(await rows(customer, shop_reservations)) == 1


async def test_what_sold_out_between_question_and_yes_is_not_filed(speak: SpokenTo) -> None:
    customer = await filled(speak)
    shop, until = customer.desk.shop, customer.desk.clock.now() + timedelta(days=2)
    await shop.reserve("88001", DRESS, "p301", "米白 L", 8, until, key="somebody")

    answer = await customer.end("action_submit_exchange", intent="affirm")

    assert answer.said == ["utter_exchange_out_of_stock"]
    assert {"event": "active_loop", "timestamp": None, "name": "exchange_form"} in answer.events
    assert await rows(customer, after_sale_requests) == []


async def test_without_a_yes_nothing_is_filed_or_held(speak: SpokenTo) -> None:
    customer = await filled(speak)
    customer.slots["exchange_confirmed"] = None

    await customer.end("action_submit_exchange", intent="restart_flow")

    assert await rows(customer, after_sale_requests) == []
    assert await rows(customer, shop_reservations) == []


async def test_a_no_at_the_summary_asks_what_to_change(speak: SpokenTo) -> None:
    customer, _ = await dress(speak, "裙子尺码小了还没拆封，想换大一号")
    await customer.tell(entities={"new_variant": "米白 L"})
    await customer.tell("自己寄回")

    refused = await customer.tell(intent="deny", entities={"exchange_confirmed": "no"})
    changed = await customer.tell(intent="correct_info", entities={"field": "new_variant"})

    assert refused.said == ["utter_question_change_what"]
    assert refused.labels == ["商品", "原因", "商品状态", "换成的款式", "退回方式", "先不办了"]
    assert changed.said == ["utter_question_new_variant"]


async def test_too_late_for_another_size_is_refused_with_a_way_out(speak: SpokenTo) -> None:
    customer = await speak("88006")

    answer = await customer.start("exchange_form", "买错颜色想换", intent="request_exchange")

    assert answer.said == ["utter_exchange_window_over"]
    [kept] = await rows(customer, policy_decisions)
    assert (kept.subject, kept.outcome) == ("exchange", "refused")


async def test_a_fault_after_eight_days_is_exchanged_for_the_same_again(speak: SpokenTo) -> None:
    customer = await speak("88006")
    await customer.start("exchange_form", "煮饭夹生，质量问题要换", intent="request_exchange")
    await customer.tell("用过了")

    asked = await customer.tell("[图片]", intent="nlu_fallback", picture_upload_ids=["up_1"])

    assert asked.said == ["utter_question_new_variant"]
    assert asked.labels[0] == "墨绿"


async def test_a_faulty_pump_is_offered_a_new_one_at_the_door_first(speak: SpokenTo) -> None:
    customer = await speak("88010")
    customer.slots.update(order_no=PUMP)

    offered = await customer.start(
        "exchange_form", "吸奶器质量有问题要换", intent="request_exchange"
    )
    await customer.tell(entities={"door_offer": "door"})
    going_on = await customer.end("action_submit_exchange", entities={"door_offer": "door"})

    assert offered.said == ["utter_question_door_offer"]
    assert {"event": "active_loop", "timestamp": None, "name": "door_swap_form"} in going_on.events


async def test_only_the_size_of_nappies_is_a_swap(speak: SpokenTo) -> None:
    customer = await speak("88010")
    customer.slots.update(order_no=NAPPIES)

    answer = await customer.start(
        "exchange_form", "纸尿裤尺码小了换大一号", intent="request_exchange"
    )

    assert answer.said == ["utter_means_request_size_swap"]
    assert answer.slots["next_form"] == "size_swap_form"


async def test_somebody_elses_order_is_no_order(speak: SpokenTo) -> None:
    customer = await speak("88001")

    answer = await customer.start(
        "exchange_form", "想换", intent="request_exchange", entities={"order_no": RICE_COOKER}
    )

    assert answer.said[0] == "utter_order_not_found"
    assert await rows(customer, policy_decisions) == []
