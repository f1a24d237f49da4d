"""Money back while the goods stay, up to the limit at once, above it after an audit."""

from __future__ import annotations

from datetime import timedelta

import pytest

from console.storage.after_sale import after_sale_requests
from console.storage.shop import shop_payments
from console.storage.work_order import work_orders
from tests.actions.conftest import Answer, Conversation, SpokenTo
from tests.actions.stored import rows

SMALL = "620026084760"  # customer 88011: plasters 19.90, kettle 100.00, apples 69.90; today
PAID = "620026077819"  # customer 88004, paid, not shipped


async def begun(
    speak: SpokenTo, line: int, text: str, lang: str = "zh"
) -> tuple[Conversation, Answer]:
    customer = await speak("88011", lang)
    customer.slots.update(order_no=SMALL, order_item_id=f"{SMALL}-{line}")
    return customer, await customer.start("refund_only_form", text, intent="request_refund_only")


async def to_the_end(customer: Conversation) -> tuple[Answer, Answer]:
    summary = await customer.tell("[图片]", intent="nlu_fallback", picture_upload_ids=["up_1"])
    await customer.tell(intent="affirm", entities={"refund_only_confirmed": "yes"})
    return summary, await customer.end("action_submit_refund_only", intent="affirm")


async def paid_back(customer: Conversation) -> int:
    mine = [row for row in await rows(customer, shop_payments) if row.order_no == SMALL]
    return sum(row.refunded_fen for row in mine)


@pytest.mark.parametrize(
    ("lang", "text"),
    [
        ("zh", "苹果烂了一半，质量问题，直接退钱"),
        ("en", "the apples are rotten, bad quality, just refund me"),
    ],
)
async def test_perishables_are_paid_for_at_once(speak: SpokenTo, lang: str, text: str) -> None:
    customer, asked = await begun(speak, 3, text, lang)

    summary, filed = await to_the_end(customer)

    assert asked.said == ["utter_question_report_photos"]
    assert summary.said == ["utter_question_summary"]
    assert summary.summary[{"zh": "退款金额", "en": "Refund"}[lang]] == 69_90
    assert summary.summary[{"zh": "照片", "en": "Pictures"}[lang]] in {"1 张", "1"}
    assert filed.said == ["utter_remedy_refunded"]
    [row] = await rows(customer, after_sale_requests)
    assert (row.kind, row.state, row.way) == ("refund_only", "done", "keep")
    assert await paid_back(customer) == 69_90


async def test_above_the_limit_a_person_audits_and_nothing_is_paid(speak: SpokenTo) -> None:
    customer, _ = await begun(speak, 2, "水壶坏了不想寄，退钱")

    summary, filed = await to_the_end(customer)

    assert summary.summary["接下来"] == "金额需要同事审核，24 小时内有结果，通过后退款"
    assert filed.said == ["utter_remedy_checked"]
    [row] = await rows(customer, after_sale_requests)
    assert (row.state, row.refund_fen) == ("submitted", 100_00)
    assert await paid_back(customer) == 0
    [audit] = await rows(customer, work_orders)
    assert (audit.kind, audit.details["rma_no"]) == ("audit", row.rma_no)
    assert audit.due_at == customer.desk.clock.now() + timedelta(hours=24)
    assert audit.promise_id is not None


async def test_a_repeated_turn_pays_once(speak: SpokenTo) -> None:
    customer, _ = await begun(speak, 3, "苹果质量有问题直接退钱")
    await customer.tell("[图片]", intent="nlu_fallback", picture_upload_ids=["up_1"])
    await customer.tell(intent="affirm", entities={"refund_only_confirmed": "yes"})
    before = dict(customer.slots)

    await customer.end("action_submit_refund_only", intent="affirm")
    customer.slots.update(before)
    await customer.end("action_submit_refund_only", intent="affirm")

    assert len(await rows(customer, after_sale_requests)) == 1
    assert await paid_back(customer) == 69_90


async def test_who_does_not_want_it_sends_it_back(speak: SpokenTo) -> None:
    customer, answer = await begun(speak, 2, "不想要了直接退钱")

    assert answer.said == ["utter_refused_keep_needs_fault"]
    assert await rows(customer, after_sale_requests) == []


async def test_what_has_not_shipped_is_cancelled_instead(speak: SpokenTo) -> None:
    customer = await speak("88004")

    answer = await customer.start(
        "refund_only_form", "退钱", intent="request_refund_only", entities={"order_no": PAID}
    )

    assert answer.said == ["utter_means_cancel_order"]
    assert answer.slots["next_form"] == "cancel_form"


async def test_what_was_paid_back_cannot_be_returned_as_well(speak: SpokenTo) -> None:
    customer, _ = await begun(speak, 3, "苹果质量有问题直接退钱")
    await to_the_end(customer)
    customer.slots.update(order_no=SMALL, order_item_id=f"{SMALL}-3", quantity=1)

    again = await customer.start("return_form", "苹果质量问题退货", intent="request_return")

    assert again.said == ["utter_refused_return_running"]
    assert await paid_back(customer) == 69_90
