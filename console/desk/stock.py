"""What is on the shelf: by variant, by the regions a warehouse serves, and when more comes."""

from __future__ import annotations

import re
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import datetime


@dataclass(frozen=True, slots=True, kw_only=True)
class StockLevel:
    """`variant` is empty for goods of one kind. No `regions`: sent everywhere.

    `arrives_at`: when the next delivery is expected, if one is on order.
    """

    product_id: str
    variant: str = ""
    regions: tuple[str, ...] = ()
    quantity: int = 0
    arrives_at: datetime | None = None


@dataclass(frozen=True, slots=True)
class Availability:
    """What can be had of the wanted variant in the wanted region.

    `variants`: those in stock there. `elsewhere`: sold out here, but not in other regions.
    """

    quantity: int
    variants: tuple[str, ...]
    arrives_at: datetime | None
    is_elsewhere: bool
    is_known_variant: bool

    @property
    def is_in_stock(self) -> bool:
        return self.quantity > 0


def availability(
    levels: Iterable[StockLevel],
    wanted: Sequence[str] = (),
    region: str | None = None,
) -> Availability:
    """`wanted`: words for colour, size or storage; all of them must fit a variant."""
    every = list(levels)
    fitting = [level for level in every if matches_variant(level.variant, wanted)]
    here = [level for level in fitting if serves(level, region)]
    in_stock = [level for level in here if level.quantity > 0]
    arrivals = [level.arrives_at for level in here if level.arrives_at is not None]
    return Availability(
        quantity=sum(level.quantity for level in in_stock),
        variants=tuple(dict.fromkeys(level.variant for level in in_stock if level.variant)),
        arrives_at=min(arrivals) if arrivals else None,
        is_elsewhere=not in_stock and any(level.quantity > 0 for level in fitting),
        is_known_variant=bool(fitting),
    )


def serves(level: StockLevel, region: str | None) -> bool:
    return not level.regions or region is None or region in level.regions


def matches_variant(variant: str, wanted: Sequence[str]) -> bool:
    """ "白色" fits "月白 256G", "m" fits "米白 M", but "l" does not fit "xl"."""
    return all(_has(variant, word) for word in wanted)


def _has(variant: str, word: str) -> bool:
    wanted = _plain(word)
    parts = [_plain(part) for part in re.split(r"[\s+]+", variant)]
    if wanted.isascii():
        return wanted in parts
    return any(wanted in part for part in parts)


def _plain(word: str) -> str:
    """Colours are told apart by their own character: 白, 白色 and 月白 are one wish."""
    plain = word.strip().casefold().removesuffix("码").removesuffix("号").removesuffix("gb")
    return plain.removesuffix("色") or word.strip().casefold()
