"""What the shop knows of a product beyond its price: details, box, use, sizes, options, tags.

Everything that is said about a product before a sale comes from here; what is not here is not
known, and nobody makes it up.
"""

from __future__ import annotations

from dataclasses import dataclass
from enum import StrEnum

from console.desk.words import Words


@dataclass(frozen=True, slots=True)
class Attribute:
    """`key` is one of `attribute_words.py`."""

    key: str
    value: Words


@dataclass(frozen=True, slots=True)
class UsageNote:
    """`about`: words of questions that this sentence answers, in both languages."""

    about: tuple[str, ...]
    text: Words


class Measure(StrEnum):
    """What a size table goes by."""

    HEIGHT = "height"  # cm
    WEIGHT = "weight"  # kg
    USUAL_SIZE = "usual_size"  # of shoes, European


@dataclass(frozen=True, slots=True)
class SizeRow:
    """`ranges`: from and to, both included, in the order of the table's measures."""

    size: str
    ranges: tuple[tuple[float, float], ...]


@dataclass(frozen=True, slots=True)
class SizeTable:
    """Rows from the smallest size to the largest; neighbours may overlap."""

    measures: tuple[Measure, ...]
    rows: tuple[SizeRow, ...]
    note: Words | None = None


@dataclass(frozen=True, slots=True)
class CustomOption:
    """Something that can be had made to order: a choice, or words of at most `longest` characters.

    `extra_fen` is asked on top of the price; `days` is how much later it ships.
    """

    key: str
    label: Words
    choices: tuple[Words, ...] = ()
    longest: int = 0
    extra_fen: int = 0
    days: int = 0


@dataclass(frozen=True, slots=True)
class InstallService:
    """`fee_fen`: 0 is included in the price. `within_days`: after delivery."""

    fee_fen: int
    within_days: int
    note: Words


@dataclass(frozen=True, slots=True, kw_only=True)
class ProductSheet:
    """`tags` and `drawbacks` are keys of `need.py`. Without `install` nothing needs installing."""

    product_id: str
    attributes: tuple[Attribute, ...] = ()
    box: tuple[Words, ...] = ()
    usage: tuple[UsageNote, ...] = ()
    tags: tuple[str, ...] = ()
    drawbacks: tuple[str, ...] = ()
    suits: Words | None = None
    size_table: SizeTable | None = None
    options: tuple[CustomOption, ...] = ()
    install: InstallService | None = None

    def attribute(self, key: str) -> Attribute | None:
        return next((one for one in self.attributes if one.key == key), None)
