"""Payments that fail or are taken twice: what the books say, and a check where they disagree."""

from __future__ import annotations

from datetime import timedelta

import pytest

from console.desk.work_order import WorkOrder
from console.services.work_order import work_orders_of
from tests.actions.conftest import Conversation, SpokenTo
from tests.given import NOW

MINE = "88022"
TAKEN, REFUSED, TWICE = "620026087014", "620026087458", "620026087890"
EARLIER, LATER = "620026088235", "620026088677"
PAY, DOUBLE = "action_explain_payment", "action_explain_double"


async def _opened(customer: Conversation) -> list[WorkOrder]:
    return await work_orders_of(customer.desk, customer.id)


@pytest.mark.parametrize("lang", ["zh", "en"])
async def test_money_taken_for_an_unpaid_order_is_checked_within_a_day(
    speak: SpokenTo, lang: str
) -> None:
    customer = await speak(MINE, lang=lang)
    customer.slots["order_no"] = TAKEN

    answer = await customer.run(PAY, "钱扣了还是待付款", intent="payment_problem")
    await customer.again(PAY, "钱扣了还是待付款", intent="payment_problem")

    assert answer.said == ["utter_payment_taken_but_unpaid"]
    assert answer.responses[0]["amount"] == "168.00"
    found = await _opened(customer)
    assert [(one.kind, one.order_no, one.due_at) for one in found] == [
        ("payment_check", TAKEN, NOW + timedelta(hours=24))
    ]


async def test_what_the_bank_said_is_told_and_nothing_is_opened(speak: SpokenTo) -> None:
    customer = await speak(MINE)
    customer.slots["order_no"] = REFUSED

    answer = await customer.run(PAY, "付不了", intent="payment_problem")

    assert answer.said == ["utter_payment_failed_limit"]
    assert await _opened(customer) == []


async def test_of_two_unpaid_orders_the_customer_picks(speak: SpokenTo) -> None:
    customer = await speak(MINE)

    answer = await customer.run(PAY, "付不了", intent="payment_problem")

    assert answer.said == ["utter_ask_which_order"]
    assert {one["order_no"] for one in answer.cards[0]["orders"]} == {TAKEN, REFUSED}


@pytest.mark.parametrize(
    ("customer_no", "text", "said"),
    [
        ("88002", "支付失败怎么办", "utter_payment_advice"),
        ("88001", "付款没反应", "utter_payment_not_tried"),
        ("88001", "话费充了没到账", "utter_payment_not_ours"),
        (None, "payment fails", "utter_payment_advice"),
    ],
)
async def test_without_a_trace_in_the_books_there_is_advice(
    speak: SpokenTo, customer_no: str | None, text: str, said: str
) -> None:
    customer = await speak(customer_no)

    answer = await customer.run(PAY, text, intent="payment_problem")

    assert answer.said == [said]


async def test_a_double_charge_is_found_without_naming_the_order(speak: SpokenTo) -> None:
    customer = await speak(MINE)

    answer = await customer.run(DOUBLE, "扣了我两次钱", intent="duplicate_order_or_charge")

    assert answer.said == ["utter_payment_twice"]
    assert [(one.kind, one.order_no) for one in await _opened(customer)] == [
        ("payment_check", TWICE)
    ]


async def test_a_double_charge_of_a_named_order_is_told_with_the_amount(speak: SpokenTo) -> None:
    customer = await speak(MINE)

    answer = await customer.run(
        DOUBLE, "多扣了", intent="duplicate_order_or_charge", entities={"order_no": TWICE}
    )

    assert answer.said == ["utter_payment_twice"]
    assert answer.responses[0]["amount"] == "100.00"


async def test_a_charge_that_nobody_finds_is_still_checked(speak: SpokenTo) -> None:
    customer = await speak("88004", lang="en")

    answer = await customer.run(DOUBLE, "charged twice", intent="duplicate_order_or_charge")

    assert answer.said == ["utter_charge_not_found"]
    assert [(one.kind, one.order_no) for one in await _opened(customer)] == [
        ("payment_check", None)
    ]


async def test_the_same_goods_ordered_twice_are_cancelled_with_one_tap(speak: SpokenTo) -> None:
    customer = await speak(MINE)

    answer = await customer.run(DOUBLE, "不小心拍了两单", intent="duplicate_order_or_charge")

    assert answer.said == ["utter_double_order"]
    assert answer.labels == [f"取消尾号 {LATER[-4:]}", f"取消尾号 {EARLIER[-4:]}"]
    assert await _opened(customer) == []


async def test_without_a_double_a_person_looks(speak: SpokenTo) -> None:
    customer = await speak("88006")

    answer = await customer.run(DOUBLE, "下了两份", intent="duplicate_order_or_charge")

    assert answer.said == ["utter_double_needs_person"]
    reasons = [e.body["reason"] for e in await customer.stored() if e.type == "handoff_requested"]
    assert reasons == ["policy"]


async def test_somebody_elses_order_is_no_order(speak: SpokenTo) -> None:
    customer = await speak("88001")

    for action in (PAY, DOUBLE):
        answer = await customer.run(
            action, "扣了两次", intent="payment_problem", entities={"order_no": TWICE}
        )
        assert answer.said == ["utter_order_not_found"]
    assert await _opened(customer) == []
