"""Swapping a size while the child grows: once, day 8 to 90, same series, never more pieces.

Days count from 00:00 of the day after signing (docs/sources.md#size-swap).
"""

from __future__ import annotations

from collections.abc import Iterable
from datetime import datetime, timedelta

from console.desk.after_sale import Condition
from console.desk.calendar import ONE_DAY, Window, start_of_next_day
from console.desk.goods import Variant, variant_of
from console.desk.policy import PolicyBook
from console.desk.return_policy import (
    EVIDENCE_AND_QUANTITY,
    UNITS_AND_DELIVERY,
    Alternative,
    Check,
    Found,
    Outcome,
    ReturnFacts,
    ReturnPolicyDecision,
    decide_by,
)
from console.desk.service_check import only_where_offered, only_within


def decide_size_swap(
    facts: ReturnFacts, policies: PolicyBook, now: datetime, *, swapped_before: bool
) -> ReturnPolicyDecision:
    """`swapped_before`: this line, or the order it came from, has been swapped already."""
    once: tuple[Check, ...] = (_used_up,) if swapped_before else ()
    checks = (
        *UNITS_AND_DELIVERY,
        only_where_offered("size_swap.offered", "swap_not_offered", Alternative.EXCHANGE),
        *once,
        _too_early,
        only_within(swap_window, "size_swap.last_day", "swap_window_over", Alternative.PERSON),
        _not_intact,
        *EVIDENCE_AND_QUANTITY,
    )
    allowed = Found(Outcome.ALLOWED, "size_swap.last_day", "allowed")
    window = swap_window(facts, policies)
    return decide_by(checks, facts, policies, now, window=window, otherwise=allowed)


def swap_window(facts: ReturnFacts, policies: PolicyBook) -> Window | None:
    signed_at = facts.order.signed_at(facts.line.line_id)
    if signed_at is None:
        return None
    at, start = facts.order.placed_at, start_of_next_day(signed_at)
    first = policies.number("size_swap.first_day", at, facts.subject)
    last = policies.number("size_swap.last_day", at, facts.subject)
    return Window(start + (first - 1) * ONE_DAY, start + timedelta(days=last))


def _used_up(_: ReturnFacts, __: PolicyBook, ___: datetime) -> Found | None:
    return Found(Outcome.REFUSED, "size_swap.once", "swap_used", Alternative.PERSON)


def _too_early(facts: ReturnFacts, policies: PolicyBook, now: datetime) -> Found | None:
    window = swap_window(facts, policies)
    if window is None or now >= window.start:
        return None
    return Found(Outcome.REFUSED, "size_swap.first_day", "swap_too_early", Alternative.EXCHANGE)


def _not_intact(facts: ReturnFacts, _: PolicyBook, __: datetime) -> Found | None:
    if facts.condition is not Condition.USED:
        return None
    return Found(Outcome.REFUSED, "size_swap.intact", "swap_opened", Alternative.PERSON)


def swap_choices(variants: Iterable[Variant], old: str, quantity: int) -> list[Variant]:
    known = list(variants)
    return [one for one in known if not swap_refusal(one, variant_of(known, old), quantity)]


def swap_refusal(new: Variant | None, old: Variant | None, quantity: int) -> str:
    """Why this size cannot come; empty when it can. Packs with more pieces are worth more."""
    if new is None or not new.size:
        return "no_such_size"
    if old is not None and new.size == old.size:
        return "same_size"
    if old is not None and new.pieces > old.pieces:
        return "more_pieces"
    return "" if new.stock >= quantity else "size_out_of_stock"
