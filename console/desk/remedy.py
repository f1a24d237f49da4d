"""What is offered for goods that came damaged, incomplete or wrong, or that fail in use.

The first remedy is the one the shop would choose; the customer picks. Order, limits and windows:
docs/sources.md#missing-wrong-damaged and #faults.
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime, timedelta
from enum import StrEnum

from console.desk.after_sale import ON_ARRIVAL, ReturnReason, ReturnWay
from console.desk.calendar import from_the_next_day, to_the_second
from console.desk.goods import Part
from console.desk.money import net_paid_of_units
from console.desk.order import Order, OrderLine
from console.desk.policy import PolicyBook, Subject
from console.desk.return_policy import (
    BEFORE_WINDOW,
    EVIDENCE_AND_QUANTITY,
    Check,
    Found,
    Outcome,
    ReturnFacts,
    ReturnPolicyDecision,
    decide_by,
    return_window,
    window_over,
)


class Remedy(StrEnum):
    REFUND_NOW = "refund_now"
    RESHIP = "reship"
    DOOR_EXCHANGE = "door_exchange"
    EXCHANGE = "exchange"
    REPAIR = "repair"
    RETURN = "return"
    REFUND_AFTER_CHECK = "refund_after_check"  # a missing piece that cannot be sent again


@dataclass(frozen=True, slots=True, kw_only=True)
class Report:
    """`part`: the missing part when the shop knows it; `is_part`: a part, not a whole piece.

    `stock`: of the same variant; `band`: the customer's.
    """

    goods: ReturnFacts
    stock: int
    band: str = "A"
    part: Part | None = None
    is_part: bool = False
    may_exchange_at_door: bool = False
    is_repaired: bool = False  # kinds that are repaired at all

    @property
    def is_missing_piece(self) -> bool:
        return self.goods.reason is ReturnReason.MISSING_PARTS and not self.is_part


@dataclass(frozen=True, slots=True, kw_only=True)
class RemedyDecision:
    """`remedies`: best first. `value_fen`: what is at stake; `None` when nobody can say.

    `way`: what happens to the goods when new ones are sent at once. `has_carrier_claim`: the
    carrier is held to account once one of them is filed.
    """

    decision: ReturnPolicyDecision
    remedies: tuple[Remedy, ...] = ()
    value_fen: int | None = None
    way: ReturnWay = ReturnWay.KEEP
    has_carrier_claim: bool = False


def decide_remedies(report: Report, policies: PolicyBook, now: datetime) -> RemedyDecision:
    facts = report.goods
    on_arrival = facts.reason in ON_ARRIVAL
    in_time: tuple[Check, ...] = (window_over,) if on_arrival else ()
    rule = "return.delivery_fault_days" if on_arrival else "return.exchange_days"
    decision = decide_by(
        (*BEFORE_WINDOW, *in_time, *EVIDENCE_AND_QUANTITY),
        facts,
        policies,
        now,
        window=return_window(facts, policies, now),
        otherwise=Found(Outcome.ALLOWED, rule, "allowed"),
    )
    if not decision.is_allowed:
        return RemedyDecision(decision=decision)
    value = _value(report)
    return RemedyDecision(
        decision=decision,
        remedies=(
            _on_arrival(report, value, policies, now)
            if on_arrival
            else _of_fault(report, policies, now)
        ),
        value_fen=value,
        way=_way(report, value, policies, now),
        has_carrier_claim=may_claim_on_carrier(
            facts.order, facts.line, facts.reason, policies, now
        ),
    )


def _value(report: Report) -> int | None:
    if report.is_part:
        return report.part.value_fen if report.part else None
    facts = report.goods
    gone = facts.line.returned_quantity + facts.returning_quantity
    return net_paid_of_units(facts.line, before=gone, count=facts.quantity)


def _on_arrival(
    report: Report, value: int | None, policies: PolicyBook, now: datetime
) -> tuple[Remedy, ...]:
    is_small = value is not None and value <= _limit("remedy.refund_now_fen", report, policies, now)
    offers = (
        (Remedy.REFUND_NOW, is_small),
        (Remedy.RESHIP, _may_send_first(report, value, policies, now)),
        (Remedy.EXCHANGE, _has_stock(report) and not report.is_missing_piece),
        (Remedy.RETURN, not report.is_missing_piece),
        (Remedy.REFUND_AFTER_CHECK, report.is_missing_piece and not is_small),
    )
    return tuple(remedy for remedy, is_offered in offers if is_offered)


def _has_stock(report: Report) -> bool:
    return report.stock >= report.goods.quantity


def _may_send_first(report: Report, value: int | None, policies: PolicyBook, now: datetime) -> bool:
    """What is missing is sent anyway; for goods that must come back only up to a limit."""
    if report.is_part:
        return report.part is not None and report.part.stock >= 1
    if not _has_stock(report):
        return False
    limit = _limit("remedy.send_first_fen", report, policies, now)
    return report.is_missing_piece or report.band != "A" or (value or 0) <= limit


def _way(report: Report, value: int | None, policies: PolicyBook, now: datetime) -> ReturnWay:
    """Nobody fetches what is missing, or what is hardly worth the way."""
    if report.goods.reason is ReturnReason.MISSING_PARTS:
        return ReturnWay.KEEP
    small = _limit("remedy.refund_now_fen", report, policies, now)
    return ReturnWay.KEEP if value is not None and value <= small else ReturnWay.PICKUP


def _limit(key: str, report: Report, policies: PolicyBook, now: datetime) -> int:
    return policies.number(key, now, report.goods.subject)


def _of_fault(report: Report, policies: PolicyBook, now: datetime) -> tuple[Remedy, ...]:
    exchange = _within("return.exchange_days", report, policies, now) and _has_stock(report)
    offers = (
        (Remedy.DOOR_EXCHANGE, report.may_exchange_at_door),
        (Remedy.EXCHANGE, exchange),
        (Remedy.REPAIR, report.is_repaired),
        (Remedy.RETURN, _within("return.fault_days", report, policies, now)),
    )
    return tuple(remedy for remedy, is_offered in offers if is_offered)


def _within(rule: str, report: Report, policies: PolicyBook, now: datetime) -> bool:
    facts = report.goods
    signed_at = facts.order.signed_at(facts.line.line_id)
    days = policies.number(rule, facts.order.placed_at, facts.subject)
    return signed_at is not None and from_the_next_day(signed_at, timedelta(days=days)).is_open(now)


def may_claim_on_carrier(
    order: Order, line: OrderLine, reason: ReturnReason, policies: PolicyBook, now: datetime
) -> bool:
    """To the second from signing; carriers answer for transport, not for the packing list."""
    signed_at = order.signed_at(line.line_id)
    if signed_at is None or reason not in (ReturnReason.DAMAGED, ReturnReason.MISSING_PARTS):
        return False
    subject = Subject.of_line(order, line)
    hours = policies.number("remedy.carrier_claim_hours", order.placed_at, subject)
    return to_the_second(signed_at, timedelta(hours=hours)).is_open(now)
