"""Which size to take, from the item's own table and nothing else."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from enum import StrEnum

from console.desk.product_sheet import Measure, SizeRow, SizeTable

# What people can measure; beyond it somebody mistyped.
RANGES: Mapping[Measure, tuple[float, float]] = {
    Measure.HEIGHT: (50, 220),
    Measure.WEIGHT: (2, 200),
    Measure.USUAL_SIZE: (34, 48),
}


class Fit(StrEnum):
    """How it should sit."""

    CLOSE = "close"
    LOOSE = "loose"


class Confidence(StrEnum):
    HIGH = "high"  # every measure says this size
    MEDIUM = "medium"  # between two sizes, decided by the wish
    LOW = "low"  # height and weight say neighbouring sizes


@dataclass(frozen=True, slots=True)
class SizeAdvice:
    """`size` is `None` between two sizes while the wish is open, and when none fits.

    `between`: the two, smaller first; empty when one size is meant or none fits.
    """

    size: str | None
    confidence: Confidence | None = None
    between: tuple[str, ...] = ()

    @property
    def needs_wish(self) -> bool:
        return self.size is None and bool(self.between)


def is_possible(measure: Measure, value: float) -> bool:
    low, high = RANGES[measure]
    return low <= value <= high


def advise(table: SizeTable, measures: Mapping[Measure, float], fit: Fit | None) -> SizeAdvice:
    """`measures` has every measure of the table."""
    by_measure = [
        {at for at, row in enumerate(table.rows) if _holds(row, index, measures[measure])}
        for index, measure in enumerate(table.measures)
    ]
    if not all(by_measure):
        return SizeAdvice(None)  # outside the table
    common = set.intersection(*by_measure)
    if len(common) == 1:
        return SizeAdvice(table.rows[common.pop()].size, Confidence.HIGH)
    said = common or set.union(*by_measure)
    smaller, larger = min(said), max(said)
    if larger - smaller > 1:
        return SizeAdvice(None)  # the measures contradict each other
    between = (table.rows[smaller].size, table.rows[larger].size)
    if fit is None:
        return SizeAdvice(None, None, between)
    size = between[0] if fit is Fit.CLOSE else between[1]
    return SizeAdvice(size, Confidence.MEDIUM if common else Confidence.LOW, between)


def _holds(row: SizeRow, index: int, value: float) -> bool:
    low, high = row.ranges[index]
    return low <= value <= high
