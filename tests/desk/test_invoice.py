"""Invoices: tax numbers, when one is issued, and how often and how long it may be changed."""

from __future__ import annotations

from dataclasses import replace
from datetime import UTC, datetime, timedelta

import pytest

from console.desk.invoice import (
    ChangeOutcome,
    Invoice,
    InvoiceOutcome,
    InvoiceState,
    InvoiceWish,
    TaxNoProblem,
    TitleKind,
    decide_invoice,
    decide_invoice_change,
    invoice_amount,
    tax_no_problem,
)
from console.desk.order import OrderState, Payment, PaymentSource
from console.desk.policy import PolicyBook
from console.desk.policy_defaults import DEFAULT_POLICIES
from console.desk.product import SELF_OPERATED
from tests.desk.shop_samples import an_order
from tests.given import NOW

POLICIES = PolicyBook(DEFAULT_POLICIES)
SECOND = timedelta(seconds=1)
GOOD = "91330106MA2CFJ0X52"
COMPANY = InvoiceWish(
    title_kind=TitleKind.COMPANY, title="杭州示例科技有限公司", tax_no=GOOD, email="a@example.com"
)
ISSUED = Invoice(
    invoice_no="FP1",
    order_no="1",
    wish=COMPANY,
    amount_fen=100_00,
    state=InvoiceState.ISSUED,
    requested_at=NOW,
    issued_at=NOW,
)


@pytest.mark.parametrize(
    ("number", "problem"),
    [
        (GOOD, None),
        (GOOD.lower(), None),
        ("9133 0106 MA2CFJ0X 52", None),
        (GOOD[:-1] + "8", TaxNoProblem.CHECKSUM),
        ("9" + GOOD[:-2] + "I", TaxNoProblem.LETTERS),
        ("1" * 14, TaxNoProblem.LENGTH),
        ("1" * 15, None),
        ("1" * 16, TaxNoProblem.LENGTH),
        ("1" * 17, TaxNoProblem.LENGTH),
        ("1" * 19, TaxNoProblem.LENGTH),
        ("1" * 20, None),
        ("1" * 21, TaxNoProblem.LENGTH),
        ("税" * 15, TaxNoProblem.LETTERS),
    ],
)
def test_a_tax_number_is_checked_as_far_as_it_can_be(
    number: str, problem: TaxNoProblem | None
) -> None:
    assert tax_no_problem(number) is problem


@pytest.mark.parametrize(
    ("state", "outcome", "reason"),
    [
        (OrderState.UNPAID, InvoiceOutcome.REFUSED, "unpaid"),
        (OrderState.CANCELLED, InvoiceOutcome.REFUSED, "cancelled"),
        (OrderState.CANCELLING, InvoiceOutcome.REFUSED, "cancelled"),
        (OrderState.PAID, InvoiceOutcome.WAIT, ""),
        (OrderState.DELIVERING, InvoiceOutcome.WAIT, ""),
        (OrderState.SIGNED, InvoiceOutcome.ISSUE, ""),
    ],
)
def test_an_order_is_invoiced_once_it_is_completed(
    state: OrderState, outcome: InvoiceOutcome, reason: str
) -> None:
    decision = decide_invoice(an_order(state=state), POLICIES, NOW)

    assert (decision.outcome, decision.reason) == (outcome, reason)


@pytest.mark.parametrize(
    ("day", "hours"),
    [
        (datetime(2026, 11, 6, 15, 59, 59, tzinfo=UTC), 48),  # 23:59:59 of the 6th in Shanghai
        (datetime(2026, 11, 6, 16, 0, tzinfo=UTC), 24),
        (datetime(2026, 10, 31, 15, 59, 59, tzinfo=UTC), 24),
        (datetime(2026, 10, 31, 16, 0, tzinfo=UTC), 48),  # the 1st has begun
    ],
)
def test_the_first_six_days_of_a_month_are_slower(day: datetime, hours: int) -> None:
    assert decide_invoice(an_order(), POLICIES, day).within == timedelta(hours=hours)


def test_what_went_back_is_not_invoiced() -> None:
    whole = an_order(payments=(Payment(PaymentSource.CARD, 1000_00),))
    gone = an_order(payments=(Payment(PaymentSource.CARD, 1000_00, refunded_fen=1000_00),))

    assert invoice_amount(whole) == whole.total_fen
    assert invoice_amount(gone) == 0
    assert decide_invoice(gone, POLICIES, NOW).reason == "nothing_left"


@pytest.mark.parametrize(("seller", "days"), [(SELF_OPERATED, 730), ("s_maoqiu", 365)])
@pytest.mark.parametrize(
    ("after", "outcome"),
    [
        (-SECOND, ChangeOutcome.CHANGE),
        (timedelta(0), ChangeOutcome.REFUSED),
        (SECOND, ChangeOutcome.REFUSED),
    ],
)
def test_an_issued_invoice_may_be_changed_for_a_time(
    seller: str, days: int, after: timedelta, outcome: ChangeOutcome
) -> None:
    wish = replace(COMPANY, title="杭州示例商贸有限公司")
    now = NOW + timedelta(days=days) + after

    assert decide_invoice_change(ISSUED, wish, seller, POLICIES, now).outcome is outcome


@pytest.mark.parametrize(
    ("changes", "outcome"), [(1, ChangeOutcome.CHANGE), (2, ChangeOutcome.REFUSED)]
)
def test_it_may_be_changed_twice(changes: int, outcome: ChangeOutcome) -> None:
    wish = replace(COMPANY, title="杭州示例商贸有限公司")
    before = replace(ISSUED, changes=changes)

    decision = decide_invoice_change(before, wish, SELF_OPERATED, POLICIES, NOW)

    assert decision.outcome is outcome


def test_before_it_is_issued_it_changes_freely_and_sending_it_again_is_no_change() -> None:
    often = replace(ISSUED, changes=9)
    waiting = replace(often, issued_at=None, state=InvoiceState.WAITING)
    other = replace(COMPANY, title="杭州示例商贸有限公司")
    elsewhere = replace(COMPANY, email="b@example.com")

    free = decide_invoice_change(waiting, other, SELF_OPERATED, POLICIES, NOW)
    sent = decide_invoice_change(often, elsewhere, SELF_OPERATED, POLICIES, NOW)

    assert free.outcome is ChangeOutcome.CHANGE
    assert sent.outcome is ChangeOutcome.SEND
