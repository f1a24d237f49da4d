"""Who writes: an anonymous visitor, or a customer of the shop who has signed in."""

from __future__ import annotations

from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class Customer:
    """`shop_customer_no`: the shop's own number, only after a verified sign-in.

    `member_level`: 0-7, bands A 0-3, B 4-6, C 7 (contracts, section 11).
    """

    id: str
    shop_customer_no: str | None = None
    verified: bool = False
    name: str = ""
    phone: str = ""
    member_level: int = 0

    @property
    def band(self) -> str:
        return band_of(self.member_level)


def band_of(level: int) -> str:
    if level >= 7:
        return "C"
    return "B" if level >= 4 else "A"
