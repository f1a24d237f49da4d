"""How much comes back for a return or a cancellation, line by line, and to which source.

Return freight is shown beside the refund, not inside: the courier collects it when the customer
owes it. Source: contracts, section 8; docs/sources.md#refunds.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass, replace
from datetime import timedelta

from console.desk.errors import BadRequest
from console.desk.money import gross, net_paid, units_share
from console.desk.order import Order, OrderLine, Payment, PaymentSource


class RefundTooHigh(BadRequest):
    """More than is left to refund, which `limit_fen` says; nothing was changed."""

    code = "refund_too_high"


@dataclass(frozen=True, slots=True)
class RefundLine:
    """`key`: goods, discount, freight, price_claim, missing_accessories, used_benefits,
    parts_refunded, missing_part."""

    key: str
    amount_fen: int


@dataclass(frozen=True, slots=True, kw_only=True)
class Refund:
    """`return_freight_fen` is what the customer pays for sending back; 0 when it is free."""

    lines: tuple[RefundLine, ...]
    return_freight_fen: int = 0

    @property
    def total_fen(self) -> int:
        return max(0, sum(line.amount_fen for line in self.lines))


@dataclass(frozen=True, slots=True, kw_only=True)
class Deductions:
    """`claimed_fen`: price claims paid on the whole line and not yet deducted from a refund.

    `parts_refunded_fen`: paid before for parts of the line that were missing.
    """

    claimed_fen: int = 0
    parts_refunded_fen: int = 0
    missing_accessories_fen: int = 0
    used_benefits_fen: int = 0


NOTHING = Deductions()


def refund_of_return(
    order: Order,
    line: OrderLine,
    quantity: int,
    *,
    is_customers_fault: bool,
    deductions: Deductions = NOTHING,
    return_freight_fen: int = 0,
) -> Refund:
    """Every amount with its own line; amounts taken off are negative, zero lines are left out."""
    lines = [
        RefundLine("goods", line.unit_fen * quantity),
        RefundLine("discount", -_discount_share(line, quantity)),
        RefundLine("price_claim", -_claims_on_units(line, quantity, deductions.claimed_fen)),
        RefundLine("missing_accessories", -deductions.missing_accessories_fen),
        RefundLine("used_benefits", -deductions.used_benefits_fen),
        RefundLine("parts_refunded", -deductions.parts_refunded_fen),
        RefundLine("freight", _freight_back(order, line, quantity, is_customers_fault)),
    ]
    return Refund(
        lines=tuple(one for one in lines if one.amount_fen),
        return_freight_fen=return_freight_fen if is_customers_fault else 0,
    )


def _discount_share(line: OrderLine, quantity: int) -> int:
    """List price less net share: the net shares sum exactly, so the discounts do as well."""
    before = line.returned_quantity
    net_share = units_share(net_paid(line), line.quantity, before=before, count=quantity)
    return line.unit_fen * quantity - net_share


def _claims_on_units(line: OrderLine, quantity: int, claimed_fen: int) -> int:
    """Open claims belong to the units that are left: the last unit takes the rest."""
    return units_share(claimed_fen, line.quantity_left, before=0, count=quantity)


def _freight_back(order: Order, line: OrderLine, quantity: int, is_customers_fault: bool) -> int:
    if order.is_freight_refunded:
        return 0
    if not is_customers_fault or nothing_is_kept(order, line, quantity):
        return order.freight_fen
    return 0


def nothing_is_kept(order: Order, line: OrderLine, quantity: int) -> bool:
    """The whole order has gone back once `quantity` of `line` is back."""
    left = sum(one.quantity_left for one in order.lines)
    return left == quantity and line.quantity_left == quantity


def refund_of_cancellation(order: Order, *, claimed_fen: int = 0) -> Refund:
    """Everything that was paid and has not gone back yet, less price claims already paid."""
    goods = sum(gross(line) for line in order.lines)
    discount = goods - sum(net_paid(line) for line in order.lines)
    lines = [
        RefundLine("goods", goods),
        RefundLine("discount", -discount),
        RefundLine("price_claim", -claimed_fen),
        RefundLine("freight", 0 if order.is_freight_refunded else order.freight_fen),
    ]
    return Refund(lines=tuple(one for one in lines if one.amount_fen))


def left_to_refund(
    order: Order,
    line: OrderLine,
    *,
    freight_fen: int,
    given_on_line_fen: int,
    on_its_way_fen: int,
) -> int:
    """What the line cost and has not given back, and never more than the payments still hold.

    `freight_fen`: the order's, where it goes back as well. `on_its_way_fen`: of the whole order,
    decided and not yet in the shop's books.
    """
    of_line = net_paid(line) + freight_fen - given_on_line_fen
    of_order = sum(one.amount_fen - one.refunded_fen for one in order.payments) - on_its_way_fen
    return max(0, min(of_line, of_order))


def to_sources(amount_fen: int, payments: Iterable[Payment]) -> list[Payment]:
    """Each payment with `amount_fen` set to its part of the refund, last used source first.

    Raises `ValueError` when more would go back than was paid.
    """
    rest, parts = amount_fen, []
    for payment in sorted(payments, key=lambda one: one.position, reverse=True):
        part = min(rest, payment.amount_fen - payment.refunded_fen)
        if part > 0:
            parts.append(replace(payment, amount_fen=part, refunded_fen=0))
            rest -= part
    if rest or amount_fen < 0:
        raise ValueError("a refund never exceeds what was paid")
    return parts


_ARRIVALS = {
    PaymentSource.POINTS: timedelta(0),
    PaymentSource.BALANCE: timedelta(0),
    PaymentSource.GIFT_CARD: timedelta(0),
    PaymentSource.E_WALLET: timedelta(days=1),
    PaymentSource.CARD: timedelta(days=7),
}


def slowest(sources: Iterable[PaymentSource]) -> PaymentSource | None:
    """The source that arrives last decides what the customer is told (docs/sources.md#arrival)."""
    return max(sources, key=lambda source: _ARRIVALS[source], default=None)


def slowest_source(payments: Sequence[Payment]) -> PaymentSource | None:
    return slowest(payment.source for payment in payments)


def arrival_source(amount_fen: int, payments: Iterable[Payment]) -> PaymentSource | None:
    """Where the last part of a refund arrives; `None` when nothing does, or more than was paid."""
    try:
        return slowest_source(to_sources(amount_fen, payments))
    except ValueError:
        return None
