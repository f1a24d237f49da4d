"""How well numbers, dates and amounts are found, on a labelled table of our own."""

from __future__ import annotations

import csv
from collections import Counter
from datetime import UTC, datetime
from pathlib import Path

from bot.entities.search import find_entities

TABLE = Path(__file__).resolve().parents[1] / "data" / "entities.tsv"
NOON_WEDNESDAY = datetime(2026, 11, 18, 4, 0, tzinfo=UTC)
NAMES = {"category", "brand", "product", "variant", "region", "carrier", "person", "payment_method"}
Kinds = Counter[tuple[str, str]]


def _rows() -> list[tuple[str, Kinds]]:
    with TABLE.open(encoding="utf-8", newline="") as file:
        return [
            (row["text"], _expected(row["entities"] or ""))
            for row in csv.DictReader(file, delimiter="\t", quoting=csv.QUOTE_NONE)
        ]


def _expected(field: str) -> Kinds:
    pairs = [one.partition("=") for one in field.split(";") if one]
    return Counter((name, value) for name, _, value in pairs)


def _found(text: str) -> Kinds:
    entities = find_entities(text, NOON_WEDNESDAY)
    return Counter((e["entity"], str(e["value"])) for e in entities if e["entity"] not in NAMES)


def test_numbers_dates_and_amounts_reach_an_f1_of_95_percent() -> None:
    wanted = found = right = 0
    for text, expected in _rows():
        got = _found(text)
        wanted, found = wanted + expected.total(), found + got.total()
        right += (expected & got).total()

    assert wanted >= 60
    assert 2 * right / (wanted + found) >= 0.95
