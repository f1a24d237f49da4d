"""The answer of price protection, line by line, and as it is kept with its request."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from typing import Any

from console.desk.order import PaymentSource
from console.desk.price_protection import ClaimCode, ClaimVerdict
from console.desk.refund import arrival_source
from console.services.price_facts import Purchases
from console.storage.price_claim import ClaimState


@dataclass(frozen=True, slots=True, kw_only=True)
class PriceItem:
    """One line of the answer. `state`: `None` for a mere look."""

    order_no: str
    line_id: str
    title: str
    title_en: str
    code: ClaimCode
    reason: str
    rule_id: str
    claim_fen: int
    paid_unit_fen: int
    current_unit_fen: int | None
    days_left: int | None
    source: PaymentSource | None = None  # where a payment of this item arrives last
    state: ClaimState | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class PriceCheck:
    """What a claim made now would give."""

    items: tuple[PriceItem, ...]

    @property
    def total_fen(self) -> int:
        return _sum(self.items, ClaimCode.PAID)

    @property
    def audit_fen(self) -> int:
        return _sum(self.items, ClaimCode.AUDIT)


@dataclass(frozen=True, slots=True, kw_only=True)
class PriceClaimResult(PriceCheck):
    """`is_settled`: the shop has confirmed every payment; otherwise it is on its way."""

    key: str

    @property
    def is_settled(self) -> bool:
        return all(item.state is not ClaimState.PENDING for item in self.items)


def _sum(items: Iterable[PriceItem], code: ClaimCode) -> int:
    return sum(item.claim_fen for item in items if item.code is code)


def price_item(verdict: ClaimVerdict, bought: Purchases) -> PriceItem:
    order, line = bought.of_line(verdict.line_id)
    return PriceItem(
        order_no=verdict.order_no,
        line_id=verdict.line_id,
        title=line.title,
        title_en=line.title_en,
        code=verdict.code,
        reason=verdict.reason,
        rule_id=verdict.rule_id,
        claim_fen=verdict.claim_fen,
        paid_unit_fen=verdict.paid_unit_fen,
        current_unit_fen=verdict.current_unit_fen,
        days_left=verdict.days_left,
        source=arrival_source(verdict.claim_fen, order.payments),
    )


def as_json(item: PriceItem) -> dict[str, Any]:
    """As stored with the request; the state is read from the claims."""
    fields = (name for name in PriceItem.__slots__ if name != "state")
    return {name: getattr(item, name) for name in fields}


def from_json(values: dict[str, Any], states: dict[str, ClaimState]) -> PriceItem:
    source = values["source"]
    return PriceItem(
        **{
            **values,
            "code": ClaimCode(values["code"]),
            "source": PaymentSource(source) if source else None,
            "state": states.get(values["line_id"]),
        }
    )
