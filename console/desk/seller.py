"""Who sells: the shop itself or a third party, and what each guarantees."""

from __future__ import annotations

from dataclasses import dataclass

from console.desk.product import SELF_OPERATED
from console.desk.words import Words


@dataclass(frozen=True, slots=True, kw_only=True)
class Seller:
    """`fake_pays`: how many times the price is paid when goods are proved not genuine."""

    seller_id: str
    name: Words
    is_brand_authorised: bool
    fake_pays: int
    check: Words  # how a buyer checks that goods are genuine

    @property
    def is_self_operated(self) -> bool:
        return self.seller_id == SELF_OPERATED
