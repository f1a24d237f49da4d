"""Policy rows: windows, limits and switches as data with a start date, a scope and a source.

The narrowest scope that applies wins, then the latest start. What the shop ships with is in
`policy_defaults.py`; a decision keeps the ids of the rows it used.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from datetime import datetime
from enum import IntEnum

from console.desk.order import Order, OrderLine
from console.desk.product import SELF_OPERATED, Product

PolicyValue = int | bool | str


class Scope(IntEnum):
    """Ordered: a higher scope beats a lower one."""

    GLOBAL = 0
    SELLER = 1
    CATEGORY = 2
    SKU = 3


@dataclass(frozen=True, slots=True, kw_only=True)
class PolicyRow:
    """`id` is what people are shown as the rule; `source` names the document."""

    id: str
    key: str
    value: PolicyValue
    valid_from: datetime
    scope: Scope = Scope.GLOBAL
    scope_id: str = ""
    source: str = ""
    note: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class Subject:
    """What a rule is asked about."""

    seller_id: str = SELF_OPERATED
    category: str = ""
    sku: str = ""

    @classmethod
    def of(cls, product: Product) -> Subject:
        return cls(seller_id=product.seller_id, category=product.category, sku=product.product_id)

    @classmethod
    def of_line(cls, order: Order, line: OrderLine) -> Subject:
        return cls(seller_id=order.seller_id, category=line.category, sku=line.product_id)

    def has(self, row: PolicyRow) -> bool:
        mine = {
            Scope.GLOBAL: "",
            Scope.SELLER: self.seller_id,
            Scope.CATEGORY: self.category,
            Scope.SKU: self.sku,
        }
        return mine[row.scope] == row.scope_id


EVERYTHING = Subject()


class PolicyMissing(LookupError):
    """No row applies: the rule cannot be decided, which is an error of the set-up."""


class PolicyBook:
    """All rows, asked by key, subject and time."""

    def __init__(self, rows: Iterable[PolicyRow]) -> None:
        self._by_key: dict[str, list[PolicyRow]] = {}
        for row in rows:
            self._by_key.setdefault(row.key, []).append(row)

    def row(self, key: str, at: datetime, subject: Subject = EVERYTHING) -> PolicyRow:
        """Raises `PolicyMissing` when nothing applies at that time."""
        rows = [r for r in self._by_key.get(key, ()) if r.valid_from <= at and subject.has(r)]
        if not rows:
            raise PolicyMissing(key)
        return max(rows, key=lambda row: (row.scope, row.valid_from, row.id))

    def number(self, key: str, at: datetime, subject: Subject = EVERYTHING) -> int:
        value = self.row(key, at, subject).value
        if not isinstance(value, int):
            raise PolicyMissing(f"{key} is no number")
        return int(value)

    def number_of_band(self, key: str, band: str, at: datetime) -> int:
        """For members of a band: its own row `<key>.band_b` where there is one, else everybody's."""
        own = f"{key}.band_{band.lower()}"
        return self.number(own if own in self._by_key else key, at)

    def word(self, key: str, at: datetime, subject: Subject = EVERYTHING) -> str:
        return str(self.row(key, at, subject).value)

    def is_on(self, key: str, at: datetime, subject: Subject = EVERYTHING) -> bool:
        return bool(self.row(key, at, subject).value)


@dataclass(frozen=True, slots=True, kw_only=True)
class PolicyDecision:
    """What is kept of every decision so that an agent can show why."""

    subject: str  # price_claim | return | cancellation
    outcome: str
    rule_id: str
    order_no: str
    line_id: str = ""
    inputs: Mapping[str, object] = field(default_factory=dict)
