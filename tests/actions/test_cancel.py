"""Cancelling: a clear yes first, once per turn, and the way that the order's state allows."""

from __future__ import annotations

import pytest

from console.desk.money import yuan
from tests.actions.conftest import Conversation, SpokenTo

PAID, DELIVERING = "620026077819", "620026078251"  # customer 88004
SIGNED = "620026079548"  # customer 88006, with nothing that could be stopped


async def _confirmed(speak: SpokenTo) -> Conversation:
    customer = await speak("88004")
    await customer.start("cancel_form", "取消订单", intent="cancel_order")
    await customer.tell("第一个")
    await customer.tell("拍错了")
    await customer.tell(intent="affirm", entities={"confirmed": "yes"})
    return customer


async def test_the_form_asks_for_order_reason_and_consent(speak: SpokenTo) -> None:
    customer = await speak("88004")

    which = await customer.start("cancel_form", "取消订单", intent="cancel_order")
    why = await customer.tell("第一个")
    sure = await customer.tell("拍错了")

    assert which.slots["requested_slot"] == "order_no"
    assert why.said == ["utter_question_cancel_reason"]
    assert sure.slots["cancel_reason"] == "wrong_choice"
    assert sure.said == ["utter_question_summary"]
    assert sure.summary["取消原因"] == "买错了"
    assert sure.cards[0]["note"] == "取消后不能恢复，赠品和优惠会一起取消。"
    assert sure.labels == ["确认取消", "先不取消"]


async def test_a_paid_order_is_cancelled_and_refunded_once(speak: SpokenTo) -> None:
    customer = await _confirmed(speak)
    slots = dict(customer.slots)

    first = await customer.run("action_submit_cancel", "好", intent="affirm")
    customer.slots.update(slots)
    second = await customer.again("action_submit_cancel", "好", intent="affirm")

    assert first.said == second.said == ["utter_cancelled_and_refunded"]
    refunds = await customer.desk.shop.refunds_of("88004")
    assert [(one.order_no, one.amount_fen) for one in refunds] == [(PAID, 808_90)]


async def test_a_no_keeps_the_order(speak: SpokenTo) -> None:
    customer = await speak("88004")
    await customer.start(
        "cancel_form", "不想要了", intent="cancel_order", entities={"order_no": PAID}
    )

    await customer.tell(intent="deny", entities={"confirmed": "no"})
    answer = await customer.run("action_submit_cancel", "不", intent="deny")

    assert answer.said == ["utter_cancel_kept"]
    assert await customer.desk.shop.refunds_of("88004") == []


async def test_a_parcel_on_its_way_is_only_promised_a_try(speak: SpokenTo) -> None:
    customer = await speak("88004")

    answer = await customer.start(
        "cancel_form", "不想要了", intent="cancel_order", entities={"order_no": DELIVERING}
    )

    assert answer.said == ["utter_question_summary"]
    assert "不能保证拦得住" in answer.cards[0]["note"]
    assert "退款金额" not in answer.summary
    assert answer.labels == ["帮我拦截", "先不用"]


async def test_an_order_that_was_signed_for_becomes_a_return(speak: SpokenTo) -> None:
    customer = await speak("88006")

    answer = await customer.start(
        "cancel_form", "不想要了", intent="cancel_order", entities={"order_no": SIGNED}
    )
    ended = await customer.end("action_submit_cancel", "不想要了", intent="cancel_order")

    assert answer.said == ["utter_means_request_return"]
    assert answer.slots["requested_slot"] is None
    assert (customer.form, ended.slots["next_form"]) == ("return_form", None)
    assert ended.said == []


async def test_with_nothing_to_stop_the_customer_hears_so(speak: SpokenTo) -> None:
    customer = await speak("88099")  # has bought nothing

    answer = await customer.start("cancel_form", "取消", intent="cancel_order")

    assert answer.said == ["utter_nothing_to_cancel"]


async def test_whoever_will_not_say_why_is_asked_only_whether(speak: SpokenTo) -> None:
    customer = await speak("88004", "en")
    paid = {"order_no": "620026077819"}
    why = await customer.start("cancel_form", "cancel it", intent="cancel_order", entities=paid)

    answer = await customer.tell("no", intent="deny")

    assert why.slots["requested_slot"] == "cancel_reason"
    assert answer.slots["requested_slot"] == "cancel_confirmed"
    assert customer.slots["cancel_reason"] == "other"


@pytest.mark.parametrize(("lang", "label"), [("zh", "退款金额"), ("en", "Refund")])
async def test_the_summary_names_the_money_that_comes_back(
    speak: SpokenTo, lang: str, label: str
) -> None:
    customer = await speak("88004", lang)

    sure = await customer.start(
        "cancel_form", "拍错了", intent="cancel_order", entities={"order_no": PAID}
    )
    await customer.tell(intent="affirm", entities={"confirmed": "yes"})
    done = await customer.end("action_submit_cancel", intent="affirm")

    assert sure.slots["requested_slot"] == "cancel_confirmed"
    assert done.said == ["utter_cancelled_and_refunded"]
    assert yuan(int(sure.summary[label])) == done.responses[0]["amount"]
