"""Runs all finders over a text; earlier finders have the first claim on its characters."""

from __future__ import annotations

from collections.abc import Callable, Iterable
from datetime import datetime, timedelta, timezone
from typing import Any

from bot.entities import amounts, dates, identifiers, lookup, measures
from bot.entities.found import Found
from bot.text import fold

SHOP_TIME = timezone(timedelta(hours=8))  # Asia/Shanghai has had no clock changes since 1991
Finder = Callable[[str, datetime], Iterable[Found]]
_LOOKUP = lookup.shipped()
FINDERS: tuple[Finder, ...] = (
    lambda text, now: identifiers.find_emails(text),
    lambda text, now: identifiers.find_tax_numbers(text),
    lambda text, now: identifiers.find_case_numbers(text),
    lambda text, now: identifiers.find_waybills(text),
    lambda text, now: identifiers.find_named_orders(text),
    lambda text, now: identifiers.find_phones(text),
    lambda text, now: identifiers.find_orders(text),
    lambda text, now: measures.find_heights(text),
    lambda text, now: measures.find_weights(text),
    lambda text, now: measures.find_ages(text),
    lambda text, now: measures.find_sizes(text),
    lambda text, now: amounts.find_amounts(text),
    lambda text, now: amounts.find_quantities(text),
    lambda text, now: dates.find_dates(text, now.astimezone(SHOP_TIME)),
    lambda text, now: dates.find_slots(text),
    lambda text, now: dates.find_times(text),
    lambda text, now: _LOOKUP.find(text),
)


def find_entities(text: str, now: datetime) -> list[dict[str, Any]]:
    """Rasa's entity objects in order of appearance; spans are those of `text` itself.

    `now` is aware; relative days count from it in the shop's time zone.
    """
    folded = fold(text)
    claimed: list[Found] = []
    for finder in FINDERS:
        for found in finder(folded.text, now):
            if not any(found.overlaps(other) for other in claimed):
                claimed.append(found)
    return [
        _as_rasa(found, folded.original_span(found.start, found.end))
        for found in sorted(claimed, key=lambda one: one.start)
    ]


def _as_rasa(found: Found, span: tuple[int, int]) -> dict[str, Any]:
    start, end = span
    return {"entity": found.entity, "value": found.value, "start": start, "end": end}
