"""Ways to pay: which the shop takes, for which goods, and what paying in parts costs."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from enum import StrEnum

from console.desk.product import Product
from console.desk.words import Words

BASIS_POINTS = 10_000


@dataclass(frozen=True, slots=True)
class Instalments:
    """`fee_bp`: basis points of the price, for all parts together."""

    months: int
    fee_bp: int


@dataclass(frozen=True, slots=True, kw_only=True)
class PaymentMethod:
    """`names`: how customers call it, lower case. No `sellers`: all of them take it."""

    code: str
    title: Words
    names: tuple[str, ...]
    is_accepted: bool = True
    note: Words | None = None
    sellers: tuple[str, ...] = ()
    least_fen: int = 0
    most_fen: int | None = None
    instalments: tuple[Instalments, ...] = ()


class Refusal(StrEnum):
    """Why a way to pay is not to be had for a product."""

    NOT_TAKEN = "not_taken"
    SELLER = "seller"
    TOO_LITTLE = "too_little"
    TOO_MUCH = "too_much"


@dataclass(frozen=True, slots=True)
class Part:
    """One way to pay in parts: each month's amount with its share of the fee."""

    months: int
    monthly_fen: int
    fee_fen: int


def named_in(methods: Iterable[PaymentMethod], text: str) -> PaymentMethod | None:
    plain = text.casefold()
    return next((one for one in methods if any(name in plain for name in one.names)), None)


def refusal(method: PaymentMethod, product: Product | None) -> Refusal | None:
    """`None`: it is taken. Without a product only what holds for all goods is looked at."""
    if not method.is_accepted:
        return Refusal.NOT_TAKEN
    if product is None:
        return None
    if method.sellers and product.seller_id not in method.sellers:
        return Refusal.SELLER
    if product.price_fen < method.least_fen:
        return Refusal.TOO_LITTLE
    if method.most_fen is not None and product.price_fen > method.most_fen:
        return Refusal.TOO_MUCH
    return None


def parts_of(method: PaymentMethod, price_fen: int) -> list[Part]:
    """Rounded up to the fen, as the first month is: nobody pays more than is said."""
    return [_part(one, price_fen) for one in method.instalments]


def _part(plan: Instalments, price_fen: int) -> Part:
    fee_fen = -(-price_fen * plan.fee_bp // BASIS_POINTS)
    return Part(plan.months, -(-(price_fen + fee_fen) // plan.months), fee_fen)
