"""Member levels 0-7, their bands, and what each band has that the one below has not."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass

from console.desk.customer import band_of
from console.desk.words import Words

BANDS = ("A", "B", "C")
TOP_LEVEL = 7


@dataclass(frozen=True, slots=True, kw_only=True)
class Member:
    """As the shop counts. `next_growth`: where the next level begins; `None` at the top."""

    customer_no: str
    level: int
    points: int
    growth: int
    next_growth: int | None = None

    @property
    def band(self) -> str:
        return band_of(self.level)

    @property
    def growth_missing(self) -> int | None:
        return None if self.next_growth is None else max(0, self.next_growth - self.growth)


@dataclass(frozen=True, slots=True)
class Benefit:
    """Held from band `from_band` upwards, so that a higher band never has less."""

    key: str
    from_band: str
    text: Words


def benefits_of(benefits: Iterable[Benefit], band: str) -> list[Benefit]:
    """In the shop's order."""
    at = BANDS.index(band)
    return [one for one in benefits if BANDS.index(one.from_band) <= at]


def benefits_gained(benefits: Sequence[Benefit], lower: int, higher: int) -> list[Benefit]:
    """What level `higher` has and level `lower` has not; empty within a band."""
    had = {one.key for one in benefits_of(benefits, band_of(lower))}
    return [one for one in benefits_of(benefits, band_of(higher)) if one.key not in had]


def next_band_level(level: int) -> int | None:
    """The lowest level of the next band; `None` in the last."""
    later = (one for one in range(level + 1, TOP_LEVEL + 1) if band_of(one) != band_of(level))
    return next(later, None)
