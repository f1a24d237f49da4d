"""What may still be changed about a filed after-sale request, by the state it is in.

Whether the goods may come back at all is decided in `return_policy.py`; here only whether the
customer may change their mind about a request that exists. Source: docs/sources.md#returns.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import datetime
from enum import StrEnum

from console.desk.after_sale import RUNNING, AfterSaleState, ReturnWay


class Change(StrEnum):
    """What is done to a request that exists."""

    WITHDRAWN = "withdrawn"
    REASON = "reason"
    KIND = "kind"  # return ↔ exchange
    PICKUP = "pickup"  # when, and with it that a courier comes at all
    ADDRESS = "address"  # where the courier comes
    TRACKING = "tracking"  # the customer has sent it
    URGED = "urged"
    STEP = "step"  # warehouse or agent moved it on
    REMINDED = "reminded"  # by the clock


class Outcome(StrEnum):
    ALLOWED = "allowed"
    REFUSED = "refused"
    NEEDS_HUMAN = "needs_human"


@dataclass(frozen=True, slots=True)
class ChangeDecision:
    """`reason` is the key of the sentence a person reads."""

    outcome: Outcome
    rule_id: str
    reason: str
    inputs: Mapping[str, object] = field(default_factory=dict)

    @property
    def is_allowed(self) -> bool:
        return self.outcome is Outcome.ALLOWED


_S = AfterSaleState
_WITH_CUSTOMER = frozenset({_S.SUBMITTED, _S.NEED_INFO, _S.APPROVED, _S.AWAITING_RETURN})
_MAY_BE = {
    Change.WITHDRAWN: _WITH_CUSTOMER,
    Change.REASON: _WITH_CUSTOMER,
    Change.KIND: _WITH_CUSTOMER,
    Change.PICKUP: frozenset({_S.AWAITING_RETURN}),
    Change.ADDRESS: frozenset({_S.AWAITING_RETURN}),
    Change.TRACKING: frozenset({_S.AWAITING_RETURN}),
    Change.URGED: RUNNING,
}


def decide_change(state: AfterSaleState, change: Change) -> ChangeDecision:
    """On its way or in the warehouse a person decides; what is closed stays closed."""
    inputs = {"state": str(state), "change": str(change)}
    if state in _MAY_BE[change]:
        return ChangeDecision(Outcome.ALLOWED, f"after_sale.{change}", "allowed", inputs)
    if state not in RUNNING:
        return ChangeDecision(Outcome.REFUSED, "after_sale.closed", "closed", inputs)
    if state in _WITH_CUSTOMER:
        return ChangeDecision(Outcome.REFUSED, "after_sale.not_approved", "not_approved", inputs)
    if change in {Change.TRACKING, Change.PICKUP, Change.ADDRESS}:
        return ChangeDecision(Outcome.REFUSED, "after_sale.sent_back", "sent_back", inputs)
    return ChangeDecision(Outcome.NEEDS_HUMAN, "after_sale.sent_back", "sent_back", inputs)


@dataclass(frozen=True, slots=True, kw_only=True)
class Pickup:
    """What the courier is told. `number`: how often it was changed; the first booking is 0.

    `pickup_no`: the shop's, once it has confirmed.
    """

    way: ReturnWay
    at: datetime | None = None
    label: str = ""
    address: str = ""  # empty: where the order was delivered
    number: int = 0
    pickup_no: str | None = None


def pickup_key(rma_no: str, number: int) -> str:
    """The shop's key of a booking: every change is a wish of its own."""
    return f"pickup:{rma_no}:{number}" if number else f"pickup:{rma_no}"
