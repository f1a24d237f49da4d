"""Which service points are told: those of the place that repair such goods, else all of them."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass

from console.desk.goods import ServiceCenter


@dataclass(frozen=True, slots=True)
class Nearby:
    """`is_there`: the place has one. Without a place, or with none there, all are listed."""

    centers: tuple[ServiceCenter, ...]
    is_there: bool


def near(
    centers: Iterable[ServiceCenter], region: str | None, category: str | None = None
) -> Nearby:
    """`region`: a city or the beginning of an address; `category`: what is to be repaired."""
    fitting = [one for one in centers if category is None or category in one.categories]
    here = [one for one in fitting if region and one.city in region]
    return Nearby(tuple(here or fitting), bool(here))
