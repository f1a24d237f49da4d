"""A new one at the door instead of a repair: one visit, the old for the new.

For kinds that are flagged, within 180 days, where the shop's own couriers drive, and from stock
(docs/sources.md#door-exchange).
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime, timedelta

from console.desk.calendar import Window, from_the_next_day
from console.desk.policy import PolicyBook
from console.desk.repair import misuse_in
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
from console.desk.service_check import only_where_offered, only_within


@dataclass(frozen=True, slots=True, kw_only=True)
class DoorFacts:
    """`stock`: of the same variant, free now. `fault`: in the customer's words."""

    goods: ReturnFacts
    has_own_delivery: bool
    stock: int
    fault: str = ""


def decide_door_exchange(
    door: DoorFacts, policies: PolicyBook, now: datetime
) -> ReturnPolicyDecision:
    facts = door.goods
    checks = (
        *UNITS_AND_DELIVERY,
        only_where_offered("door_exchange.offered", "door_not_offered", Alternative.REPAIR),
        only_within(door_window, "door_exchange.days", "door_window_over", Alternative.REPAIR),
        *_of_place_and_stock(door),
    )
    allowed = Found(Outcome.ALLOWED, "door_exchange.days", "allowed")
    window = door_window(facts, policies)
    return decide_by(checks, facts, policies, now, window=window, otherwise=allowed)


def door_window(facts: ReturnFacts, policies: PolicyBook) -> Window | None:
    signed_at = facts.order.signed_at(facts.line.line_id)
    if signed_at is None:
        return None
    days = policies.number("door_exchange.days", facts.order.placed_at, facts.subject)
    return from_the_next_day(signed_at, timedelta(days=days))


def _of_place_and_stock(door: DoorFacts) -> tuple[Check, ...]:
    obstacles = (
        (not door.has_own_delivery, "door_exchange.region", "door_no_own_delivery"),
        (bool(misuse_in(door.fault)), "door_exchange.misuse", "door_misuse"),
        (door.stock < door.goods.quantity, "door_exchange.stock", "door_out_of_stock"),
    )
    return tuple(
        _always(Found(Outcome.REFUSED, rule, reason, Alternative.REPAIR))
        for is_there, rule, reason in obstacles
        if is_there
    )


def _always(found: Found) -> Check:
    return lambda _, __, ___: found
