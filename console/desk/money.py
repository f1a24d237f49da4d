"""Money is integer fen. Shares that sum exactly, and what a line, or some units of it, really cost.

No currency conversion and no rounding of totals. Refunds are put together in `refund.py`.
"""

from __future__ import annotations

from collections.abc import Sequence
from typing import Protocol

FEN_PER_YUAN = 100


class PricedLine(Protocol):
    """What the formulas need of an order line; amounts are for the whole line."""

    @property
    def quantity(self) -> int: ...
    @property
    def unit_fen(self) -> int: ...
    @property
    def promotion_fen(self) -> int: ...
    @property
    def coupon_fen(self) -> int: ...


def shares(total_fen: int, weights: Sequence[int]) -> list[int]:
    """Split `total_fen` by `weights`, largest remainder first, so that the shares sum exactly.

    Ties go to the earlier weight. No share exceeds its weight while `total_fen` is at most their
    sum. Rule: docs/sources.md#shares.
    """
    whole = sum(weights)
    if total_fen < 0 or any(weight < 0 for weight in weights):
        raise ValueError("amounts and weights are never negative")
    if whole == 0:
        return _nothing_to_weigh(total_fen, len(weights))
    floors = [total_fen * weight // whole for weight in weights]
    rests = [total_fen * weight % whole for weight in weights]
    by_rest = sorted(range(len(weights)), key=lambda index: (-rests[index], index))
    for index in by_rest[: total_fen - sum(floors)]:
        floors[index] += 1
    return floors


def _nothing_to_weigh(total_fen: int, count: int) -> list[int]:
    if total_fen:
        raise ValueError("an amount cannot be shared among weights of zero")
    return [0] * count


def gross(line: PricedLine) -> int:
    """List price of the whole line."""
    return line.unit_fen * line.quantity


def net_paid(line: PricedLine) -> int:
    """What the whole line cost after its promotion and coupon shares (contracts, section 8)."""
    return gross(line) - line.promotion_fen - line.coupon_fen


def units_share(total_fen: int, quantity: int, *, before: int, count: int) -> int:
    """The part of `total_fen` that `count` of `quantity` units carry when `before` are gone.

    Parts of successive calls sum to `total_fen` exactly, in whichever steps the units go.
    """
    if not 0 <= before <= before + count <= quantity:
        raise ValueError("more units than the line has")
    return total_fen * (before + count) // quantity - total_fen * before // quantity


def net_paid_of_units(line: PricedLine, *, before: int, count: int) -> int:
    """`net_paid` of the next `count` units of a line of which `before` went back already."""
    return units_share(net_paid(line), line.quantity, before=before, count=count)


def yuan(amount_fen: int) -> str:
    """`1,234.50`: for texts and logs; pages format with the reader's locale."""
    sign = "-" if amount_fen < 0 else ""
    whole, rest = divmod(abs(amount_fen), FEN_PER_YUAN)
    return f"{sign}{whole:,}.{rest:02d}"
