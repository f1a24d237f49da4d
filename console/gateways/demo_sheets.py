"""Reads the sheets of the demo catalogue from `demo_sheets.toml`, where they are easy to edit."""

from __future__ import annotations

import tomllib
from collections.abc import Iterable
from pathlib import Path
from typing import Any

from console.desk.product_sheet import (
    Attribute,
    CustomOption,
    InstallService,
    Measure,
    ProductSheet,
    SizeRow,
    SizeTable,
    UsageNote,
)
from console.desk.words import Words

_SOURCE = Path(__file__).with_suffix(".toml")


def demo_sheets() -> tuple[ProductSheet, ...]:
    """In the order of product ids."""
    written = tomllib.loads(_SOURCE.read_text("utf-8"))
    return tuple(_sheet(product_id, draft) for product_id, draft in sorted(written.items()))


def _sheet(product_id: str, draft: dict[str, Any]) -> ProductSheet:
    install, table = draft.get("install"), draft.get("size_table")
    return ProductSheet(
        product_id=product_id,
        attributes=tuple(_attribute(line) for line in draft["about"]),
        box=_every(draft.get("box", ())),
        usage=tuple(_note(line) for line in draft.get("usage", ())),
        tags=tuple(draft["tags"].split()),
        drawbacks=tuple(draft.get("drawbacks", "").split()),
        suits=_words(draft["suits"]),
        size_table=_size_table(table) if table else None,
        options=tuple(_option(one) for one in draft.get("options", ())),
        install=InstallService(**{**install, "note": _words(install["note"])}) if install else None,
    )


def _words(text: str) -> Words:
    zh, _, en = text.partition(" | ")
    return Words(zh.strip(), en.strip())


def _every(texts: Iterable[str]) -> tuple[Words, ...]:
    return tuple(_words(text) for text in texts)


def _attribute(line: str) -> Attribute:
    key, _, value = line.partition(":")
    return Attribute(key.strip(), _words(value))


def _note(line: str) -> UsageNote:
    about, _, text = line.partition(":")
    return UsageNote(tuple(word.strip() for word in about.split(",")), _words(text))


def _size_table(table: dict[str, Any]) -> SizeTable:
    return SizeTable(
        measures=tuple(Measure(one) for one in table["measures"]),
        rows=tuple(_size_row(line) for line in table["rows"]),
        note=_words(table["note"]) if "note" in table else None,
    )


def _size_row(line: str) -> SizeRow:
    """`M: 156-166, 48-57`: one range for each measure."""
    size, _, ranges = line.partition(":")
    pairs = [one.strip().split("-") for one in ranges.split(",")]
    return SizeRow(size.strip(), tuple((float(low), float(high)) for low, high in pairs))


def _option(option: dict[str, Any]) -> CustomOption:
    words = {"label": _words(option["label"]), "choices": _every(option.get("choices", ()))}
    return CustomOption(**{**option, **words})
