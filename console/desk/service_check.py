"""Checks of services that exist for flagged goods only, within days of their own."""

from __future__ import annotations

from collections.abc import Callable
from datetime import datetime

from console.desk.calendar import Window
from console.desk.policy import PolicyBook
from console.desk.return_policy import Alternative, Check, Found, Outcome, ReturnFacts

WindowOf = Callable[[ReturnFacts, PolicyBook], Window | None]


def only_where_offered(key: str, reason: str, instead: Alternative) -> Check:
    """`key`: of the policy row that flags the goods."""

    def check(facts: ReturnFacts, policies: PolicyBook, _: datetime) -> Found | None:
        row = policies.row(key, facts.order.placed_at, facts.subject)
        return None if row.value else Found(Outcome.REFUSED, row.id, reason, instead)

    return check


def only_within(window_of: WindowOf, rule_id: str, reason: str, instead: Alternative) -> Check:
    """Nothing is over while nobody knows when it was signed for; that is another check's."""

    def check(facts: ReturnFacts, policies: PolicyBook, now: datetime) -> Found | None:
        window = window_of(facts, policies)
        if window is None or window.is_open(now):
            return None
        return Found(Outcome.REFUSED, rule_id, reason, instead)

    return check
