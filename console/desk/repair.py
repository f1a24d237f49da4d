"""A repair: free under warranty, with a fee outside of it; after two in vain an exchange.

Misuse ends the warranty for that fault, not the repair (docs/sources.md#warranty).
"""

from __future__ import annotations

import re
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime

from console.desk.policy import PolicyBook
from console.desk.return_policy import (
    UNITS_AND_DELIVERY,
    Alternative,
    Check,
    Found,
    Outcome,
    ReturnFacts,
    ReturnPolicyDecision,
    decide_by,
)
from console.desk.warranty import ServiceHistory, warranty_window

# Words of misuse, each with the rule that it falls under.
_MISUSE = (
    (
        "liquid",
        r"进[了过]?水|泡[了过]?水|掉(?:进)?水里|洒了|water damage|fell into water|got wet|spilled",
    ),
    ("dropped", r"摔[了坏过碎]|掉地上|跌落|砸了|dropped (?:it|my|the)|\bi dropped"),
    ("opened", r"自己拆|私自拆|拆开修|别处修过|外面修过|opened it up myself|repaired elsewhere"),
)


@dataclass(frozen=True, slots=True, kw_only=True)
class RepairDecision:
    """`fee_fen`: before spare parts; 0 under warranty. `misuse`: what the customer's words say."""

    decision: ReturnPolicyDecision
    fee_fen: int
    misuse: str = ""

    @property
    def is_free(self) -> bool:
        return self.fee_fen == 0


def misuse_in(text: str) -> str:
    hits = (name for name, words in _MISUSE if re.search(words, text, re.IGNORECASE))
    return next(hits, "")


def decide_repair(
    facts: ReturnFacts,
    policies: PolicyBook,
    now: datetime,
    *,
    history: ServiceHistory,
    fault: str,
) -> RepairDecision:
    window = warranty_window(facts.order, facts.line, policies, history)
    is_covered = window is not None and window.is_open(now) and window.end > window.start
    misuse = misuse_in(fault)
    is_free = is_covered and not misuse
    rule = "return.warranty_days" if is_covered else "repair.fee_fen"
    found = Found(Outcome.ALLOWED, f"warranty.excluded.{misuse}" if misuse else rule, "allowed")
    checks = (*UNITS_AND_DELIVERY, *_tried_in_vain(facts, policies, history))
    decision = decide_by(checks, facts, policies, now, window=window, otherwise=found)
    fee = 0 if is_free else policies.number("repair.fee_fen", now, facts.subject)
    return RepairDecision(decision=decision, fee_fen=fee, misuse=misuse)


def _tried_in_vain(
    facts: ReturnFacts, policies: PolicyBook, history: ServiceHistory
) -> Iterable[Check]:
    """Rule 4 of docs/sources.md#faults: two repairs without success are enough."""
    row = policies.row("repair.most_repairs", facts.order.placed_at, facts.subject)
    if history.repairs_done < int(row.value):
        return ()
    enough = Found(Outcome.NEEDS_HUMAN, row.id, "repaired_in_vain", Alternative.EXCHANGE)
    return (lambda _, __, ___: enough,)
