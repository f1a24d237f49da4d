"""One more demo customer, exactly as the shop's data has them on the first day.

Scripted conversations change orders. Each takes a fresh copy of the customer it is about, so none
depends on what another one did. The copy is made of newly seeded data and not of the live rows:
whatever the demo shop knows of a customer comes along, in tables of any noun.
"""

from __future__ import annotations

import json
import re
from collections.abc import Iterable, Mapping
from datetime import datetime
from typing import Any

import sqlalchemy as sa
from sqlalchemy import Connection, Table

from console.desk.errors import NotFound
from console.services.seed_shop import seed_demo_shop
from console.storage.schema import metadata
from console.storage.shop import shop_customers

_FIRST_COPY = 1000
_NUMBER = re.compile(r"\d{10,}")
_KEYS = ("customer_no", "order_no", "waybill_no")  # rows that share one belong together
Row = dict[str, Any]
Found = list[tuple[Table, Row]]


def fresh_shopper(tx: Connection, like: str, now: datetime) -> tuple[str, dict[str, str]]:
    """(customer_no of the copy, old number → new number). Raises `NotFound`."""
    found = _seeded_rows(like, now)
    if not found:
        raise NotFound("customer")
    count = tx.execute(sa.select(sa.func.count()).select_from(shop_customers)).scalar_one()
    serial = str(_FIRST_COPY + count)
    numbers = {like: f"{like}{serial}"} | {old: _renumbered(old, serial) for old in _numbers(found)}
    for table, row in found:
        tx.execute(table.insert().values(_copy(table, row, numbers, serial)))
    return numbers.pop(like), numbers


def _seeded_rows(customer_no: str, now: datetime) -> Found:
    """Everything the demo shop says of a customer, from a database that exists for this call."""
    scratch = sa.create_engine("sqlite://")
    metadata.create_all(scratch)
    with scratch.begin() as tx:
        seed_demo_shop(tx, now)
        found = _closure(tx, customer_no)
    scratch.dispose()
    return found


def _closure(tx: Connection, customer_no: str) -> Found:
    """Rows of the customer, of their orders and of the parcels of those, parents first."""
    known: dict[str, set[str]] = {name: set() for name in _KEYS} | {"customer_no": {customer_no}}
    found: Found = []
    for table in metadata.sorted_tables:
        names = [name for name in _KEYS if name in table.c]
        if not names:
            continue
        mine = sa.or_(*(table.c[name].in_(known[name]) for name in names))
        for row in tx.execute(sa.select(table).where(mine)).mappings():
            found.append((table, dict(row)))
            for name in names:
                known[name].add(row[name])
    return found


def _numbers(found: Found) -> Iterable[str]:
    values = (row.get(name) for _, row in found for name in ("order_no", "waybill_no"))
    return {str(value) for value in values if value}


def _renumbered(number: str, serial: str) -> str:
    """The same shape and the same last digits; customers name those."""
    digits = _NUMBER.search(number)
    if digits is None:
        return f"{number}{serial}"
    at = digits.start() + 2
    return number[:at] + serial + number[at + len(serial) :]


def _copy(table: Table, row: Row, numbers: Mapping[str, str], serial: str) -> Row:
    copied = {name: _with(value, numbers) for name, value in row.items()}
    keys = [column.name for column in table.primary_key]
    if all(copied[name] == row[name] for name in keys):
        copied[keys[-1]] = f"{row[keys[-1]]}{serial}"
    return copied


def _with(value: Any, numbers: Mapping[str, str]) -> Any:
    """Numbers replaced wherever they stand, in lists and in longer ids as well."""
    if not isinstance(value, (str, list, dict)):
        return value
    text = json.dumps(value, ensure_ascii=False)
    for old, new in numbers.items():
        text = text.replace(old, new)
    return json.loads(text)
