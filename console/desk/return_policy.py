"""May this come back? The first obstacle decides, in the order of docs/sources.md#eligibility.

Already refunded, window, excluded kind, condition, evidence, quantity; then the amount up to which
no person has to look. What the form has not asked yet is listed, not refused. What a missing
accessory is worth is for a person to say.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable
from dataclasses import dataclass, field
from datetime import datetime, timedelta
from enum import StrEnum

from console.desk.after_sale import (
    GRAVE,
    NEEDS_PHOTOS,
    ON_ARRIVAL,
    Condition,
    Fault,
    ReturnReason,
    fault_party,
)
from console.desk.calendar import Window, from_the_next_day
from console.desk.money import net_paid_of_units
from console.desk.order import SHIPPED, Order, OrderLine, OrderState
from console.desk.policy import PolicyBook, Subject
from console.desk.policy_defaults import EXCLUDED, IF_CONFIRMED
from console.desk.product import WITH_ACCESSORIES, PriceKind


class Outcome(StrEnum):
    ALLOWED = "allowed"
    REFUSED = "refused"
    NEEDS_HUMAN = "needs_human"


class Alternative(StrEnum):
    """The next best thing, offered with a refusal (or beside a yes)."""

    NONE = ""
    RETURN = "return"
    REFUND_PROGRESS = "refund_progress"
    CANCEL = "cancel"
    INTERCEPT = "intercept"  # or refuse at the door
    PRICE_PROTECTION = "price_protection"
    QUALITY_CLAIM = "quality_claim"  # only a fault brings this kind back
    EXCHANGE = "exchange"
    REPAIR = "repair"
    PHOTOS = "photos"
    FEWER = "fewer"
    PERSON = "person"


@dataclass(frozen=True, slots=True, kw_only=True)
class ReturnFacts:
    """`None` means: not known yet. `returning_quantity`: in running requests on this line."""

    order: Order
    line: OrderLine
    reason: ReturnReason
    quantity: int = 1
    condition: Condition | None = None
    photos: int | None = None
    accessories_complete: bool | None = None
    returning_quantity: int = 0

    @property
    def subject(self) -> Subject:
        return Subject.of_line(self.order, self.line)

    @property
    def quantity_left(self) -> int:
        return self.line.quantity_left - self.returning_quantity


@dataclass(frozen=True, slots=True, kw_only=True)
class ReturnPolicyDecision:
    """`asks`: what must still be answered before filing."""

    outcome: Outcome
    rule_id: str
    reason: str  # key of the sentence a person reads
    alternative: Alternative = Alternative.NONE
    fault: Fault = Fault.CUSTOMER
    asks: tuple[str, ...] = ()
    window_end: datetime | None = None
    days_left: int | None = None
    inputs: dict[str, object] = field(default_factory=dict)

    @property
    def is_allowed(self) -> bool:
        return self.outcome is Outcome.ALLOWED


@dataclass(frozen=True, slots=True)
class Found:
    """The obstacle that decides."""

    outcome: Outcome
    rule_id: str
    reason: str
    alternative: Alternative = Alternative.NONE


Check = Callable[[ReturnFacts, PolicyBook, datetime], Found | None]


def decide_return(facts: ReturnFacts, policies: PolicyBook, now: datetime) -> ReturnPolicyDecision:
    """The answer with its rule, inputs and, for a no, what can be done instead."""
    window = return_window(facts, policies, now)
    return decide_by(_CHECKS, facts, policies, now, window=window, otherwise=_allowed(facts))


def decide_by(
    checks: Iterable[Check],
    facts: ReturnFacts,
    policies: PolicyBook,
    now: datetime,
    *,
    window: Window | None,
    otherwise: Found,
) -> ReturnPolicyDecision:
    """The first check that finds something, or `otherwise`."""
    hits = (hit for check in checks if (hit := check(facts, policies, now)))
    found = next(hits, otherwise)
    return ReturnPolicyDecision(
        outcome=found.outcome,
        rule_id=found.rule_id,
        reason=found.reason,
        alternative=found.alternative,
        fault=fault_party(facts.reason),
        asks=() if found.outcome is Outcome.REFUSED else _open_questions(facts),
        window_end=window.end if window else None,
        days_left=window.days_left(now) if window else None,
        inputs=_inputs(facts, window, now),
    )


def _allowed(facts: ReturnFacts) -> Found:
    """A fallen price is no reason to send goods back while the difference can be paid."""
    if facts.reason is ReturnReason.PRICE_DROPPED:
        return Found(
            Outcome.ALLOWED, "return.no_reason_hours", "allowed", Alternative.PRICE_PROTECTION
        )
    return Found(Outcome.ALLOWED, _window_rule(facts.reason), "allowed")


def _open_questions(facts: ReturnFacts) -> tuple[str, ...]:
    asks = ["condition"] if facts.condition is None else []
    if facts.reason in NEEDS_PHOTOS and facts.photos is None:
        asks.append("photos")
    if facts.accessories_complete is None and may_lack_parts(
        facts.order, facts.line, facts.reason, facts.condition
    ):
        asks.append("accessories_complete")
    return tuple(asks)


def may_lack_parts(
    order: Order, line: OrderLine, reason: ReturnReason, condition: Condition | None
) -> bool:
    """Whether accessories and gifts are worth a question: a sealed box holds everything."""
    if condition is Condition.UNOPENED or reason is ReturnReason.MISSING_PARTS:
        return False
    gifts = (one for one in order.lines if one.price_kind is PriceKind.GIFT)
    return line.category in WITH_ACCESSORIES or any(one.line_id != line.line_id for one in gifts)


def _window_rule(reason: ReturnReason) -> str:
    if reason in ON_ARRIVAL:
        return "return.delivery_fault_days"
    if is_fault_of_goods(reason):
        return "return.fault_days"
    return "return.no_reason_hours"


def _is_no_reason(reason: ReturnReason) -> bool:
    """The customer owes no reason; a late parcel is a reason, but no fault of the goods."""
    return _window_rule(reason) == "return.no_reason_hours"


def is_fault_of_goods(reason: ReturnReason) -> bool:
    return reason in (ReturnReason.QUALITY_FAULT, ReturnReason.NOT_AS_DESCRIBED) or reason in GRAVE


def return_window(facts: ReturnFacts, policies: PolicyBook, now: datetime) -> Window | None:
    """168 hours or so many days, from 00:00 of the day after this line's parcel was signed for."""
    signed_at = facts.order.signed_at(facts.line.line_id)
    if signed_at is None:
        return None
    rule = _window_rule(facts.reason)
    length = policies.number(rule, facts.order.placed_at, facts.subject)
    span = timedelta(hours=length) if rule.endswith("_hours") else timedelta(days=length)
    return from_the_next_day(signed_at, span)


# --- the checks, in order -------------------------------------------------------------------


def _already_refunded(facts: ReturnFacts, _: PolicyBook, __: datetime) -> Found | None:
    if facts.quantity_left > 0:
        return None
    running = facts.returning_quantity > 0
    reason = "return_running" if running else "already_refunded"
    return Found(Outcome.REFUSED, "return.already_refunded", reason, Alternative.REFUND_PROGRESS)


def _not_delivered(facts: ReturnFacts, _: PolicyBook, __: datetime) -> Found | None:
    state = facts.order.state
    rule = f"return.order_state.{state}"
    if state in (OrderState.CANCELLED, OrderState.CANCELLING):
        return Found(Outcome.REFUSED, rule, "order_cancelled", Alternative.REFUND_PROGRESS)
    if facts.order.signed_at(facts.line.line_id) is not None:
        return None
    if state in SHIPPED:
        return Found(Outcome.REFUSED, rule, "on_its_way", Alternative.INTERCEPT)
    if state is not OrderState.SIGNED:
        return Found(Outcome.REFUSED, rule, "not_shipped", Alternative.CANCEL)
    return Found(Outcome.NEEDS_HUMAN, "return.signing_time", "signing_unknown", Alternative.PERSON)


def _grave(facts: ReturnFacts, _: PolicyBook, __: datetime) -> Found | None:
    if facts.reason not in GRAVE:
        return None
    return Found(Outcome.NEEDS_HUMAN, f"return.grave.{facts.reason}", "grave", Alternative.PERSON)


def window_over(facts: ReturnFacts, policies: PolicyBook, now: datetime) -> Found | None:
    window = return_window(facts, policies, now)
    if window is None or window.is_open(now):
        return None
    rule = _window_rule(facts.reason)
    if rule == "return.fault_days":
        return _after_fault_days(facts, policies, now)
    if rule == "return.delivery_fault_days":
        return Found(Outcome.NEEDS_HUMAN, rule, "arrival_window_over", Alternative.PERSON)
    return Found(Outcome.REFUSED, rule, "window_over", Alternative.QUALITY_CLAIM)


def _after_fault_days(facts: ReturnFacts, policies: PolicyBook, now: datetime) -> Found:
    """Day 8-15 exchange or repair, then repair while under warranty, then a person."""
    signed_at = facts.order.signed_at(facts.line.line_id) or now
    steps = (
        ("return.exchange_days", "fault_exchange_only", Alternative.EXCHANGE),
        ("return.warranty_days", "fault_repair_only", Alternative.REPAIR),
    )
    for rule, reason, alternative in steps:
        days = policies.number(rule, facts.order.placed_at, facts.subject)
        if from_the_next_day(signed_at, timedelta(days=days)).is_open(now):
            return Found(Outcome.REFUSED, rule, reason, alternative)
    return Found(Outcome.NEEDS_HUMAN, "return.warranty_days", "warranty_over", Alternative.PERSON)


def _excluded_kind(facts: ReturnFacts, policies: PolicyBook, _: datetime) -> Found | None:
    """Only returns without a fault: a fault brings every kind back, medicine included."""
    if not _is_no_reason(facts.reason) or _pet_may_refuse(facts, policies):
        return None
    if facts.line.is_made_to_order:
        return _excluded("return.made_to_order", "made_to_order")
    row = policies.row("return.no_reason", facts.order.placed_at, facts.subject)
    if row.value == EXCLUDED:
        return _excluded(row.id, f"excluded_{facts.line.category}")
    is_confirmed = row.value == IF_CONFIRMED and facts.line.no_return_ack_at is not None
    if is_confirmed and facts.condition in (Condition.OPENED, Condition.USED):
        return _excluded(row.id, "unsealed_as_confirmed")
    return None


def _excluded(rule_id: str, reason: str) -> Found:
    return Found(Outcome.REFUSED, rule_id, reason, Alternative.QUALITY_CLAIM)


def _pet_may_refuse(facts: ReturnFacts, policies: PolicyBook) -> bool:
    return facts.reason is ReturnReason.PET_REFUSES and policies.is_on(
        "return.pet_refuses", facts.order.placed_at, facts.subject
    )


def _condition(facts: ReturnFacts, policies: PolicyBook, _: datetime) -> Found | None:
    """Goods must be intact, unless the reason is a fault that shows only in use."""
    if facts.condition is not Condition.USED or _pet_may_refuse(facts, policies):
        return None
    if not _is_no_reason(facts.reason):
        return None
    return Found(Outcome.REFUSED, "return.intact", "used", Alternative.PERSON)


def _evidence(facts: ReturnFacts, _: PolicyBook, __: datetime) -> Found | None:
    if facts.reason not in NEEDS_PHOTOS or facts.photos is None or facts.photos > 0:
        return None
    return Found(Outcome.REFUSED, "return.evidence", "photos_missing", Alternative.PHOTOS)


def _quantity(facts: ReturnFacts, _: PolicyBook, __: datetime) -> Found | None:
    if 1 <= facts.quantity <= facts.quantity_left:
        return None
    return Found(Outcome.REFUSED, "return.quantity", "quantity_too_high", Alternative.FEWER)


def _amount(facts: ReturnFacts, policies: PolicyBook, now: datetime) -> Found | None:
    limit = policies.row("return.auto_approve_fen", now, facts.subject)
    line = facts.line
    gone = line.returned_quantity + facts.returning_quantity
    if net_paid_of_units(line, before=gone, count=facts.quantity) <= int(limit.value):
        return None
    return Found(Outcome.NEEDS_HUMAN, limit.id, "amount_above_limit", Alternative.PERSON)


def _accessories(facts: ReturnFacts, _: PolicyBook, __: datetime) -> Found | None:
    if facts.accessories_complete is not False:
        return None
    rule = "return.accessories"
    return Found(Outcome.NEEDS_HUMAN, rule, "accessories_missing", Alternative.PERSON)


# Exchanges, swaps and refunds without a return share these and bring windows of their own.
UNITS_AND_DELIVERY: tuple[Check, ...] = (_already_refunded, _not_delivered)
BEFORE_WINDOW: tuple[Check, ...] = (*UNITS_AND_DELIVERY, _grave)
OF_GOODS: tuple[Check, ...] = (_excluded_kind, _condition, _evidence, _quantity)
EVIDENCE_AND_QUANTITY: tuple[Check, ...] = (_evidence, _quantity)
_CHECKS: tuple[Check, ...] = (*BEFORE_WINDOW, window_over, *OF_GOODS, _amount, _accessories)


def _inputs(facts: ReturnFacts, window: Window | None, now: datetime) -> dict[str, object]:
    signed_at = facts.order.signed_at(facts.line.line_id)
    ack = facts.line.no_return_ack_at
    return {
        "now": now.isoformat(),
        "order_state": facts.order.state,
        "signed_at": signed_at.isoformat() if signed_at else None,
        "window_end": window.end.isoformat() if window else None,
        "category": facts.line.category,
        "reason": facts.reason,
        "condition": facts.condition,
        "photos": facts.photos,
        "accessories_complete": facts.accessories_complete,
        "quantity": facts.quantity,
        "quantity_left": facts.quantity_left,
        "no_return_ack_at": ack.isoformat() if ack else None,
        "is_made_to_order": facts.line.is_made_to_order,
    }
