"""Invoices: who may have one and when, what a tax number looks like, and what may be changed.

The shop issues them; the desk decides and asks. Rule: docs/sources.md#invoices.
"""

from __future__ import annotations

import re
from dataclasses import dataclass
from datetime import datetime, timedelta
from enum import StrEnum

from console.desk.calendar import natural_day, to_the_second
from console.desk.order import Order, OrderState
from console.desk.policy import PolicyBook, Subject


class TitleKind(StrEnum):
    PERSONAL = "personal"
    COMPANY = "company"


class InvoiceState(StrEnum):
    WAITING = "waiting"  # until the order is completed
    ISSUING = "issuing"
    ISSUED = "issued"
    REPLACED = "replaced"  # made void by a corrected one


@dataclass(frozen=True, slots=True, kw_only=True)
class InvoiceWish:
    """What is to stand on it. `tax_no` is empty for persons."""

    title_kind: TitleKind
    title: str
    tax_no: str = ""
    email: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Invoice:
    """`changes`: how often the invoice of this order was corrected before."""

    invoice_no: str
    order_no: str
    wish: InvoiceWish
    amount_fen: int
    state: InvoiceState
    requested_at: datetime
    issued_at: datetime | None = None
    changes: int = 0


class TaxNoProblem(StrEnum):
    LENGTH = "length"
    LETTERS = "letters"
    CHECKSUM = "checksum"


_TAX_NO_LENGTHS = (15, 18, 20)
_CODE_LENGTH = 18  # the unified social credit code has a check character, GB 32100
_CODE_LETTERS = "0123456789ABCDEFGHJKLMNPQRTUWXY"
_CODE_WEIGHTS = tuple(pow(3, at, 31) for at in range(17))


def plain_tax_no(raw: str) -> str:
    return re.sub(r"[\s-]", "", raw).upper()


def tax_no_problem(raw: str) -> TaxNoProblem | None:
    """`None` for a tax number that can be right."""
    number = plain_tax_no(raw)
    if len(number) not in _TAX_NO_LENGTHS:
        return TaxNoProblem.LENGTH
    if not re.fullmatch(r"[0-9A-Z]+", number):
        return TaxNoProblem.LETTERS
    if len(number) != _CODE_LENGTH:
        return None
    if any(letter not in _CODE_LETTERS for letter in number):
        return TaxNoProblem.LETTERS
    return None if number[-1] == _check_letter(number[:-1]) else TaxNoProblem.CHECKSUM


def _check_letter(body: str) -> str:
    total = sum(
        _CODE_LETTERS.index(letter) * weight
        for letter, weight in zip(body, _CODE_WEIGHTS, strict=True)
    )
    return _CODE_LETTERS[-total % 31]


class InvoiceOutcome(StrEnum):
    ISSUE = "issue"
    WAIT = "wait"  # asked for now, issued when the order is completed
    REFUSED = "refused"


@dataclass(frozen=True, slots=True)
class InvoiceDecision:
    """`reason`: why it is refused; `within`: how soon it is there once the order is completed."""

    outcome: InvoiceOutcome
    rule_id: str
    reason: str
    within: timedelta


_UNPAID = {
    OrderState.UNPAID: "unpaid",
    OrderState.CANCELLED: "cancelled",
    OrderState.CANCELLING: "cancelled",
}


def decide_invoice(order: Order, policies: PolicyBook, now: datetime) -> InvoiceDecision:
    """A completed order is one that was signed for."""
    rule_id, within = _speed(policies, now)
    reason = _UNPAID.get(order.state, "")
    if not reason and invoice_amount(order) <= 0:
        reason = "nothing_left"
    if reason:
        return InvoiceDecision(InvoiceOutcome.REFUSED, "invoice.completed", reason, within)
    is_completed = order.state is OrderState.SIGNED
    outcome = InvoiceOutcome.ISSUE if is_completed else InvoiceOutcome.WAIT
    return InvoiceDecision(outcome, rule_id, "", within)


def _speed(policies: PolicyBook, now: datetime) -> tuple[str, timedelta]:
    """The first days of a month are slower: the accounts of the last one are closed then."""
    is_busy = natural_day(now).day <= policies.number("invoice.busy_until_day", now)
    rule_id = "invoice.busy_hours" if is_busy else "invoice.hours"
    return rule_id, timedelta(hours=policies.number(rule_id, now))


def invoice_amount(order: Order) -> int:
    """What was paid and did not go back."""
    return order.total_fen - sum(payment.refunded_fen for payment in order.payments)


class ChangeOutcome(StrEnum):
    CHANGE = "change"  # the old one is made void, a new one issued
    SEND = "send"  # the same one to another address
    REFUSED = "refused"  # a person looks at it


@dataclass(frozen=True, slots=True)
class ChangeDecision:
    outcome: ChangeOutcome
    rule_id: str
    reason: str = ""


def decide_invoice_change(
    invoice: Invoice, wish: InvoiceWish, seller_id: str, policies: PolicyBook, now: datetime
) -> ChangeDecision:
    """Before it is issued everything may change; afterwards for a time, and not too often."""
    if _is_only_email(invoice.wish, wish):
        return ChangeDecision(ChangeOutcome.SEND, "invoice.send")
    if invoice.issued_at is None:
        return ChangeDecision(ChangeOutcome.CHANGE, "invoice.not_issued")
    days = policies.number("invoice.change_days", now, Subject(seller_id=seller_id))
    if not to_the_second(invoice.issued_at, timedelta(days=days)).is_open(now):
        return ChangeDecision(ChangeOutcome.REFUSED, "invoice.change_days", "too_late")
    if invoice.changes >= policies.number("invoice.most_changes", now):
        return ChangeDecision(ChangeOutcome.REFUSED, "invoice.most_changes", "too_often")
    return ChangeDecision(ChangeOutcome.CHANGE, "invoice.change_days")


def _is_only_email(old: InvoiceWish, new: InvoiceWish) -> bool:
    def named(wish: InvoiceWish) -> tuple[str, str, str]:
        return (wish.title_kind, wish.title, wish.tax_no)

    return named(old) == named(new)
