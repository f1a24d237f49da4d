"""Invoices: asked only for what is missing, checked, and passed to the shop once."""

from __future__ import annotations

from datetime import timedelta
from typing import Any

import pytest

from console.desk.invoice import Invoice, InvoiceState, TitleKind
from console.services.work_order import work_orders_of
from tests.actions.conftest import Answer, Clock, Conversation, SpokenTo
from tests.given import NOW

SIGNED, UNPAID = "620026072458", "620026073096"  # of customer 88001: 269.00 with freight
PAID = "620026077819"  # of customer 88004
INVOICED, FURBALL = "620026075864", "620026075183"  # of customer 88002
TAX_NO = "91330106MA2CFJ0X52"
TITLE = "杭州示例科技有限公司"


async def _begin(customer: Conversation, text: str = "开发票", **entities: Any) -> Answer:
    return await customer.start("invoice_form", text, intent="request_invoice", entities=entities)


async def _submit(customer: Conversation) -> Answer:
    await customer.tell(intent="affirm", entities={"invoice_confirmed": "yes"})
    return await customer.run("action_submit_invoice", "好", intent="affirm")


async def _invoices(customer: Conversation, customer_no: str) -> list[Invoice]:
    return await customer.desk.shop.invoices_of(customer_no)


async def test_a_company_gives_title_number_and_address_one_after_the_other(
    speak: SpokenTo,
) -> None:
    customer = await speak("88001")

    kind = await _begin(customer, order_no=SIGNED)
    title = await customer.tell("公司的")
    number = await customer.tell(TITLE)
    email = await customer.tell(TAX_NO, intent="nlu_fallback")
    sure = await customer.tell("a.b@example.com", entities={"email": "a.b@example.com"})
    done = await _submit(customer)

    asked = [one.slots["requested_slot"] for one in (kind, title, number, email, sure)]
    assert asked == ["invoice_title_kind", "invoice_title", "tax_no", "email", "invoice_confirmed"]
    assert (sure.summary["发票抬头"], sure.summary["税号"]) == (TITLE, TAX_NO)
    assert (sure.summary["开票金额"], sure.summary["邮箱"]) == (299_00, "a.b@example.com")
    assert (done.said, done.responses[0]["hours"]) == (["utter_invoice_requested"], 48)
    filed = (await _invoices(customer, "88001"))[0]
    assert (filed.wish.title, filed.wish.tax_no) == (TITLE, TAX_NO)
    assert (filed.amount_fen, filed.state) == (299_00, InvoiceState.ISSUING)


async def test_everything_in_one_sentence_leaves_only_the_yes(speak: SpokenTo) -> None:
    customer = await speak("88001")

    sure = await _begin(
        customer,
        f"开票，抬头{TITLE}，税号{TAX_NO}，发到 a@example.com",
        order_no=SIGNED,
        tax_no=TAX_NO.lower(),
        email="a@example.com",
    )

    assert sure.slots["requested_slot"] == "invoice_confirmed"
    assert sure.slots["invoice_title"] == TITLE


async def test_in_english_for_a_person_whose_order_is_on_its_way(speak: SpokenTo) -> None:
    customer = await speak("88004", lang="en")

    await _begin(customer, "I need an invoice", order_no=PAID)
    email = await customer.tell("personal please")
    await customer.tell("me@example.com")
    done = await _submit(customer)

    assert email.slots["requested_slot"] == "email"
    assert done.said == ["utter_invoice_noted"]
    assert done.responses[0]["email"] == "m***@example.com"
    filed = (await _invoices(customer, "88004"))[0]
    assert (filed.state, filed.wish.title_kind) == (InvoiceState.WAITING, TitleKind.PERSONAL)


@pytest.mark.parametrize(
    ("number", "said"),
    [
        ("9133010612345", "utter_tax_no_length"),
        ("91330106MA2CFJ0X58", "utter_tax_no_checksum"),
    ],
)
async def test_a_wrong_tax_number_is_told_and_asked_again(
    speak: SpokenTo, number: str, said: str
) -> None:
    customer = await speak("88001")
    await _begin(customer, f"抬头{TITLE}", order_no=SIGNED)

    answer = await customer.tell(number, intent="nlu_fallback")

    assert answer.said[0] == said
    assert answer.slots["requested_slot"] == "tax_no"


async def test_after_three_wrong_numbers_a_person_gets_the_half_filled_form(
    speak: SpokenTo,
) -> None:
    customer = await speak("88001")
    await _begin(customer, f"抬头{TITLE}", order_no=SIGNED)

    for _ in range(3):
        answer = await customer.tell("123456789012", intent="nlu_fallback")

    assert answer.slots["requested_slot"] is None
    reasons = [e.body["reason"] for e in await customer.stored() if e.type == "handoff_requested"]
    assert reasons == ["form_failed"]


async def test_a_title_can_be_put_right_before_the_yes(speak: SpokenTo) -> None:
    customer = await speak("88001")
    await _begin(customer, f"抬头{TITLE}", order_no=SIGNED, tax_no=TAX_NO, email="a@example.com")

    answer = await customer.tell("抬头写错了，应该是杭州示例商贸有限公司", intent="correct_info")

    assert answer.slots["invoice_title"] == "杭州示例商贸有限公司"
    assert answer.slots["requested_slot"] == "invoice_confirmed"


async def test_an_unpaid_order_has_no_invoice(speak: SpokenTo) -> None:
    customer = await speak("88001")

    answer = await _begin(customer, order_no=UNPAID)

    assert answer.said == ["utter_invoice_refused_unpaid"]
    assert answer.slots["requested_slot"] is None


async def test_a_special_invoice_is_for_a_person_with_a_work_order(speak: SpokenTo) -> None:
    customer = await speak("88001")

    answer = await _begin(customer, "能开专票吗", order_no=SIGNED)

    opened = await work_orders_of(customer.desk, customer.id)
    assert answer.said == ["utter_invoice_special"]
    assert [(one.kind, one.order_no, one.text) for one in opened] == [
        ("invoice", SIGNED, "能开专票吗")
    ]
    assert await _invoices(customer, "88001") == []


async def test_submitting_twice_asks_once_and_a_no_asks_nothing(speak: SpokenTo) -> None:
    customer = await speak("88001")
    await _begin(customer, "个人发票", order_no=SIGNED, email="a@example.com")
    await customer.tell(intent="deny", entities={"invoice_confirmed": "no"})
    left = await customer.run("action_submit_invoice", "不", intent="deny")
    nothing = await _invoices(customer, "88001")
    await _begin(customer, "个人发票", order_no=SIGNED, email="a@example.com")
    await customer.tell(intent="affirm", entities={"invoice_confirmed": "yes"})
    slots = dict(customer.slots)

    await customer.run("action_submit_invoice", "好", intent="affirm")
    customer.slots.update(slots)
    await customer.again("action_submit_invoice", "好", intent="affirm")

    assert (left.said, nothing) == (["utter_invoice_left"], [])
    assert len(await _invoices(customer, "88001")) == 1


async def test_somebody_elses_order_is_no_order(speak: SpokenTo) -> None:
    customer = await speak("88001")

    answer = await _begin(customer, order_no=PAID)

    assert answer.said[0] == "utter_order_not_found"


async def test_an_issued_invoice_is_found_with_its_address_masked(speak: SpokenTo) -> None:
    customer = await speak("88002")

    answer = await customer.run("action_show_invoices", "发票呢", intent="query_invoice")

    assert answer.said == ["utter_invoice_issued"]
    said = answer.responses[0]
    assert (said["order_no"], said["email"]) == ("5864", "j***@example.com")
    assert (said["amount"], said["issued"]) == ("2,799.00", "10月14日 12:10")
    assert answer.labels == ["重发或改发票"]


async def test_an_order_without_an_invoice_offers_one(speak: SpokenTo) -> None:
    customer = await speak("88002")

    answer = await customer.run(
        "action_show_invoices", "这单发票", intent="query_invoice", entities={"order_no": FURBALL}
    )

    assert answer.said == ["utter_no_invoice"]
    assert answer.labels == ["现在开一张"]


async def _change(customer: Conversation, text: str, **entities: Any) -> Answer:
    return await customer.start(
        "invoice_change_form", text, intent="modify_invoice", entities=entities
    )


async def _submit_change(customer: Conversation) -> Answer:
    await customer.tell(intent="affirm", entities={"invoice_change_confirmed": "yes"})
    return await customer.run("action_submit_invoice_change", "好", intent="affirm")


async def test_from_personal_to_company_makes_the_old_one_void(speak: SpokenTo) -> None:
    customer = await speak("88002")

    title = await _change(customer, "个人的改成公司的")
    number = await customer.tell(TITLE)
    sure = await customer.tell(TAX_NO, entities={"tax_no": TAX_NO})
    done = await _submit_change(customer)

    asked = [one.slots["requested_slot"] for one in (title, number, sure)]
    assert asked == ["invoice_title", "tax_no", "invoice_change_confirmed"]
    assert done.said == ["utter_invoice_changed"]
    states = [(one.state, one.wish.title) for one in await _invoices(customer, "88002")]
    assert states == [(InvoiceState.ISSUING, TITLE), (InvoiceState.REPLACED, "陈嘉树")]


async def test_a_company_as_new_title_of_a_personal_invoice_needs_its_number(
    speak: SpokenTo,
) -> None:
    customer = await speak("88002", lang="en")
    await _change(customer, "the title is wrong")

    answer = await customer.tell("Hangzhou Example Trading Co. Ltd.", intent="nlu_fallback")

    assert answer.slots["invoice_title"] == "Hangzhou Example Trading Co. Ltd"
    assert answer.slots["invoice_field"] == "to_company"
    assert answer.slots["requested_slot"] == "tax_no"


async def test_sending_it_again_is_no_change(speak: SpokenTo) -> None:
    customer = await speak("88002", lang="en")

    email = await _change(customer, "please resend the invoice")
    await customer.tell("new@example.com")
    done = await _submit_change(customer)

    assert email.slots["requested_slot"] == "email"
    assert done.said == ["utter_invoice_sent_again"]
    found = await _invoices(customer, "88002")
    assert [(one.wish.email, one.changes) for one in found] == [("new@example.com", 0)]


async def test_after_two_years_a_person_replaces_it(speak: SpokenTo) -> None:
    customer = await speak("88002")
    clock = customer.desk.clock
    assert isinstance(clock, Clock)
    clock.moment = NOW + timedelta(days=731)

    answer = await _change(customer, "抬头改成陈小树", invoice_field="title")

    assert answer.said == ["utter_invoice_change_too_late", "utter_invoice_person"]
    assert [one.kind for one in await work_orders_of(customer.desk, customer.id)] == ["invoice"]
    assert len(await _invoices(customer, "88002")) == 1


async def test_a_wrong_amount_is_for_a_person(speak: SpokenTo) -> None:
    customer = await speak("88002")

    answer = await _change(customer, "发票金额不对")

    assert answer.said == ["utter_invoice_person"]
    assert [one.text for one in await work_orders_of(customer.desk, customer.id)] == [
        "发票金额不对"
    ]


async def test_without_any_invoice_there_is_nothing_to_correct(speak: SpokenTo) -> None:
    customer = await speak("88001")

    answer = await _change(customer, "改发票")

    assert answer.said == ["utter_no_invoice_at_all"]
