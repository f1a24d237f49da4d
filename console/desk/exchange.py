"""May this be exchanged, and for what? Same goods, same price, and in stock.

Without a fault the rules of a return hold; with one the window is longer
(docs/sources.md#exchange).
"""

from __future__ import annotations

from collections.abc import Iterable
from datetime import datetime, timedelta

from console.desk.after_sale import ReturnReason
from console.desk.calendar import Window, from_the_next_day
from console.desk.goods import Variant, variant_of
from console.desk.policy import PolicyBook
from console.desk.return_policy import (
    BEFORE_WINDOW,
    OF_GOODS,
    Found,
    Outcome,
    ReturnFacts,
    ReturnPolicyDecision,
    decide_by,
    is_fault_of_goods,
    return_window,
    window_over,
)


def decide_exchange(
    facts: ReturnFacts, policies: PolicyBook, now: datetime
) -> ReturnPolicyDecision:
    checks = (*BEFORE_WINDOW, _window_over, *OF_GOODS)
    window = _window(facts, policies, now)
    is_fault = is_fault_of_goods(facts.reason)
    rule = "return.exchange_days" if is_fault else "return.no_reason_hours"
    allowed = Found(Outcome.ALLOWED, rule, "allowed")
    return decide_by(checks, facts, policies, now, window=window, otherwise=allowed)


def _window(facts: ReturnFacts, policies: PolicyBook, now: datetime) -> Window | None:
    signed_at = facts.order.signed_at(facts.line.line_id)
    if signed_at is None or not is_fault_of_goods(facts.reason):
        return return_window(facts, policies, now)
    days = policies.number("return.exchange_days", facts.order.placed_at, facts.subject)
    return from_the_next_day(signed_at, timedelta(days=days))


def _window_over(facts: ReturnFacts, policies: PolicyBook, now: datetime) -> Found | None:
    window = _window(facts, policies, now)
    if window is None or window.is_open(now):
        return None
    return window_over(facts, policies, now)


def choices(
    variants: Iterable[Variant], old: str, quantity: int, reason: ReturnReason
) -> list[Variant]:
    """What may come instead: the same again first when the goods were at fault."""
    known = list(variants)
    mine = variant_of(known, old)
    same_price = [one for one in known if mine is None or one.price_fen == mine.price_fen]
    in_stock = [one for one in same_price if one.stock >= quantity]
    same = [one for one in in_stock if one.variant == old and wants_the_same(reason)]
    return same + [one for one in in_stock if one.variant != old]


def wants_the_same(reason: ReturnReason) -> bool:
    """Somebody who chose wrongly does not want the same once more."""
    return reason not in (
        ReturnReason.WRONG_SIZE,
        ReturnReason.WRONG_CHOICE,
        ReturnReason.OUTGROWN,
        ReturnReason.NO_LONGER_WANTED,
    )


def refusal_of(new: Variant | None, old: Variant | None, quantity: int) -> str:
    """Why this very variant cannot come instead; empty when it can."""
    if new is None:
        return "no_such_variant"
    if old is not None and new.price_fen != old.price_fen:
        return "other_price"
    return "" if new.stock >= quantity else "variant_out_of_stock"
