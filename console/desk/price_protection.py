"""Price protection: may this line be claimed, and how much is still to pay.

The amount is cumulative: whatever was claimed before is taken off, so asking again is harmless.
Limits of the bot turn a claim into one that a person audits.
Source: docs/sources.md#price-protection.
"""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass, field, replace
from datetime import datetime, timedelta
from enum import StrEnum

from console.desk.calendar import Window, to_the_second
from console.desk.money import net_paid_of_units
from console.desk.order import Order, OrderLine, OrderState
from console.desk.policy import PolicyBook, PolicyRow, Subject
from console.desk.product import PriceKind


class ClaimCode(StrEnum):
    PAID = "PAID"
    AUDIT = "AUDIT"  # above a limit of the bot: a person decides
    NO_DROP = "NO_DROP"
    WINDOW_OVER = "WINDOW_OVER"
    PROMO_EXCLUDED = "PROMO_EXCLUDED"
    SELLER_NOT_JOINED = "SELLER_NOT_JOINED"
    RETURNING = "RETURNING"  # cancelled, returned or on the way back
    NO_STOCK = "NO_STOCK"
    LIMIT = "LIMIT"  # bought more than one customer may buy at the new price


@dataclass(frozen=True, slots=True, kw_only=True)
class Offer:
    """The public price of the same product from the same seller now."""

    price_fen: int
    stock: int
    purchase_limit: int | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class ClaimFacts:
    """`claimed_fen`: paid, on its way or waiting for audit, for the units the customer keeps.

    `in_audit`: a part of it nobody has decided about yet.
    """

    order: Order
    line: OrderLine
    offer: Offer | None
    claimed_fen: int = 0
    in_audit: bool = False
    is_returning: bool = False


@dataclass(frozen=True, slots=True, kw_only=True)
class ClaimVerdict:
    """`claim_fen` is above 0 only with PAID and AUDIT. `difference_fen`: the ceiling of all
    claims on this line together at the price of now."""

    order_no: str
    line_id: str
    code: ClaimCode
    reason: str  # key of the sentence a person reads
    rule_id: str
    claim_fen: int = 0
    difference_fen: int = 0
    paid_unit_fen: int = 0
    current_unit_fen: int | None = None
    days_left: int | None = None
    inputs: dict[str, object] = field(default_factory=dict)


@dataclass(frozen=True, slots=True)
class BotLimits:
    """Amounts the bot pays without a person: settings, because they are the operator's risk."""

    per_claim_fen: int
    per_day_fen: int


def protection_window(
    order: Order, line: OrderLine, policies: PolicyBook
) -> tuple[Window | None, PolicyRow]:
    """`None` before signing: protection always holds then. The row in force at ordering counts."""
    row = policies.row(
        "price_protection.window_days", order.placed_at, Subject.of_line(order, line)
    )
    signed_at = order.signed_at(line.line_id)
    length = timedelta(days=int(row.value))
    return (None if signed_at is None else to_the_second(signed_at, length)), row


def price_difference(line: OrderLine, current_unit_fen: int) -> int:
    """What the units the customer keeps cost more than today, coupon share taken off first."""
    kept = line.quantity_left
    paid_fen = net_paid_of_units(line, before=line.returned_quantity, count=kept)
    return max(0, paid_fen - current_unit_fen * kept)


def decide_claim(facts: ClaimFacts, policies: PolicyBook, now: datetime) -> ClaimVerdict:
    """The first obstacle names the code; PAID means: this much may be paid, limits aside."""
    window, row = protection_window(facts.order, facts.line, policies)
    draft = _draft(facts, row, window, now)
    obstacle = _obstacle(facts, policies, window, now)
    if obstacle is not None:
        code, reason, rule_id = obstacle
        return replace(draft, code=code, reason=reason, rule_id=rule_id or row.id)
    return _priced(draft, facts)


def _draft(facts: ClaimFacts, row: PolicyRow, window: Window | None, now: datetime) -> ClaimVerdict:
    line, offer = facts.line, facts.offer
    kept = max(line.quantity_left, 1)
    paid_fen = net_paid_of_units(line, before=line.returned_quantity, count=line.quantity_left)
    return ClaimVerdict(
        order_no=facts.order.order_no, line_id=line.line_id, code=ClaimCode.NO_DROP,
        reason="no_drop", rule_id=row.id, paid_unit_fen=paid_fen // kept,
        current_unit_fen=offer.price_fen if offer else None,
        days_left=window.days_left(now) if window else None,
        inputs=_inputs(facts, row, window, now),
    )  # fmt: skip


def _inputs(
    facts: ClaimFacts, row: PolicyRow, window: Window | None, now: datetime
) -> dict[str, object]:
    line, offer = facts.line, facts.offer
    return {
        "now": now.isoformat(),
        "order_state": facts.order.state,
        "seller_id": facts.order.seller_id,
        "category": line.category,
        "price_kind": line.price_kind,
        "quantity": line.quantity,
        "returned_quantity": line.returned_quantity,
        "unit_fen": line.unit_fen,
        "promotion_fen": line.promotion_fen,
        "coupon_fen": line.coupon_fen,
        "current_unit_fen": offer.price_fen if offer else None,
        "stock": offer.stock if offer else None,
        "claimed_fen": facts.claimed_fen,
        "window_days": row.value,
        "window_end": window.end.isoformat() if window else None,
    }


_Obstacle = tuple[ClaimCode, str, str | None]  # code, reason, the rule when it is not the window


def _obstacle(
    facts: ClaimFacts, policies: PolicyBook, window: Window | None, now: datetime
) -> _Obstacle | None:
    for find in (_gone_back, _not_paid_yet, _bought_by_promotion):
        if (found := find(facts)) is not None:
            return found
    joined = policies.row(
        "price_protection.joined", facts.order.placed_at, Subject.of_line(facts.order, facts.line)
    )
    if not joined.value:
        return ClaimCode.SELLER_NOT_JOINED, "seller_not_joined", joined.id
    if window is not None and not window.is_open(now):
        return ClaimCode.WINDOW_OVER, "window_over", None
    return _not_on_offer(facts)


def _gone_back(facts: ClaimFacts) -> _Obstacle | None:
    if facts.order.state in (OrderState.CANCELLED, OrderState.CANCELLING):
        return ClaimCode.RETURNING, "cancelled", "price_protection.order_stands"
    if facts.is_returning or facts.line.quantity_left == 0:
        return ClaimCode.RETURNING, "returning", "price_protection.order_stands"
    return None


def _not_paid_yet(facts: ClaimFacts) -> _Obstacle | None:
    if facts.order.state is OrderState.UNPAID:
        return ClaimCode.NO_DROP, "unpaid", "price_protection.order_is_paid"
    return None


def _bought_by_promotion(facts: ClaimFacts) -> _Obstacle | None:
    if facts.line.price_kind is PriceKind.PUBLIC:
        return None
    return (
        ClaimCode.PROMO_EXCLUDED,
        f"promo_{facts.line.price_kind}",
        "price_protection.public_price",
    )


def _not_on_offer(facts: ClaimFacts) -> _Obstacle | None:
    offer, line = facts.offer, facts.line
    if offer is None or offer.stock <= 0:
        return ClaimCode.NO_STOCK, "no_stock", "price_protection.in_stock"
    if offer.purchase_limit is not None and line.quantity_left > offer.purchase_limit:
        return ClaimCode.LIMIT, "over_purchase_limit", "price_protection.purchase_limit"
    return None


def _why_nothing(facts: ClaimFacts, difference_fen: int) -> str:
    if not difference_fen or not facts.claimed_fen:
        return "no_drop"
    return "in_audit" if facts.in_audit else "already_claimed"


def _priced(draft: ClaimVerdict, facts: ClaimFacts) -> ClaimVerdict:
    if facts.offer is None:
        return draft
    difference = price_difference(facts.line, facts.offer.price_fen)
    claim = max(0, difference - facts.claimed_fen)
    if claim == 0:
        return replace(draft, difference_fen=difference, reason=_why_nothing(facts, difference))
    priced = replace(
        draft, code=ClaimCode.PAID, reason="paid", claim_fen=claim, difference_fen=difference
    )
    return _to_a_person(priced) if _is_signing_unknown(facts) else priced


def _is_signing_unknown(facts: ClaimFacts) -> bool:
    """Signed for, but nobody wrote down when: the window cannot be counted."""
    is_signed = facts.order.state is OrderState.SIGNED
    return is_signed and facts.order.signed_at(facts.line.line_id) is None


def _to_a_person(verdict: ClaimVerdict) -> ClaimVerdict:
    rule = "price_protection.signing_time"
    return replace(verdict, code=ClaimCode.AUDIT, reason="signing_unknown", rule_id=rule)


def apply_bot_limits(
    verdicts: Iterable[ClaimVerdict], limits: BotLimits, *, paid_today_fen: int
) -> list[ClaimVerdict]:
    """Claims above a limit become AUDIT; a smaller one behind them may still be paid."""
    spent, result = paid_today_fen, []
    for verdict in verdicts:
        checked = _within_limits(verdict, limits, spent)
        spent += checked.claim_fen if checked.code is ClaimCode.PAID else 0
        result.append(checked)
    return result


def _within_limits(verdict: ClaimVerdict, limits: BotLimits, spent_fen: int) -> ClaimVerdict:
    if verdict.code is not ClaimCode.PAID:
        return verdict
    if verdict.claim_fen > limits.per_claim_fen:
        rule = "limits.price_claim_fen"
        return replace(verdict, code=ClaimCode.AUDIT, reason="above_claim_limit", rule_id=rule)
    if spent_fen + verdict.claim_fen > limits.per_day_fen:
        rule = "limits.price_claims_per_day_fen"
        return replace(verdict, code=ClaimCode.AUDIT, reason="above_day_limit", rule_id=rule)
    return verdict
