"""Money back while the goods stay: small damage and perishables with a picture, else an audit.

What has not been shipped or is on its way is stopped instead (docs/sources.md#refund-only).
"""

from __future__ import annotations

from datetime import datetime

from console.desk.after_sale import Fault, fault_party
from console.desk.money import net_paid_of_units
from console.desk.order import SHIPPED, OrderState
from console.desk.policy import PolicyBook
from console.desk.return_policy import (
    BEFORE_WINDOW,
    EVIDENCE_AND_QUANTITY,
    Alternative,
    Found,
    Outcome,
    ReturnFacts,
    ReturnPolicyDecision,
    decide_by,
    return_window,
    window_over,
)


def decide_refund_only(
    facts: ReturnFacts, policies: PolicyBook, now: datetime
) -> ReturnPolicyDecision:
    checks = (_stop_it, *BEFORE_WINDOW, _no_fault, window_over, *EVIDENCE_AND_QUANTITY, _amount)
    row = policies.row("refund_only.auto_fen", now, facts.subject)
    allowed = Found(Outcome.ALLOWED, row.id, "allowed")
    window = return_window(facts, policies, now)
    return decide_by(checks, facts, policies, now, window=window, otherwise=allowed)


def _stop_it(facts: ReturnFacts, _: PolicyBook, __: datetime) -> Found | None:
    """Nothing has arrived: stopping the order brings the money, and the goods never come."""
    state = facts.order.state
    if facts.order.signed_at(facts.line.line_id) is not None:
        return None
    if state in SHIPPED:
        return Found(Outcome.REFUSED, "refund_only.on_its_way", "on_its_way", Alternative.INTERCEPT)
    if state in (OrderState.UNPAID, OrderState.PAID, OrderState.PICKED):
        return Found(Outcome.REFUSED, "refund_only.not_shipped", "not_shipped", Alternative.CANCEL)
    return None


def _no_fault(facts: ReturnFacts, _: PolicyBook, __: datetime) -> Found | None:
    if fault_party(facts.reason) is not Fault.CUSTOMER:
        return None
    return Found(Outcome.REFUSED, "refund_only.fault", "keep_needs_fault", Alternative.RETURN)


def _amount(facts: ReturnFacts, policies: PolicyBook, now: datetime) -> Found | None:
    limit = policies.row("refund_only.auto_fen", now, facts.subject)
    gone = facts.line.returned_quantity + facts.returning_quantity
    if net_paid_of_units(facts.line, before=gone, count=facts.quantity) <= int(limit.value):
        return None
    return Found(Outcome.NEEDS_HUMAN, limit.id, "keep_needs_audit", Alternative.PERSON)
