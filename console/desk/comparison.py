"""Comparing products: only what differs, and whom each suits."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from console.desk.attribute_words import attribute_label
from console.desk.product_sheet import ProductSheet
from console.desk.words import Words

MOST = 4  # products next to each other


@dataclass(frozen=True, slots=True)
class Row:
    """One detail; `values`: one per product, `None` where the shop does not say."""

    label: Words
    values: tuple[Words | None, ...]


def differences(sheets: Sequence[ProductSheet]) -> list[Row]:
    """In the order of the first product's details, then of the others'. Equal rows are left out."""
    keys = dict.fromkeys(one.key for sheet in sheets for one in sheet.attributes)
    rows = [_row(key, sheets) for key in keys]
    return [row for row in rows if len(set(row.values)) > 1 and _is_shared(row)]


def _row(key: str, sheets: Sequence[ProductSheet]) -> Row:
    label = Words(attribute_label(key, "zh"), attribute_label(key, "en"))
    found = [sheet.attribute(key) for sheet in sheets]
    return Row(label, tuple(one.value if one else None for one in found))


def _is_shared(row: Row) -> bool:
    """Known of at least two: otherwise there is nothing to compare."""
    return sum(value is not None for value in row.values) >= 2
