"""Inserting what may be there already, or may be on its way there from another desk."""

from __future__ import annotations

from typing import Any

import sqlalchemy as sa
from sqlalchemy import Connection
from sqlalchemy.dialects import postgresql, sqlite


def insert_unless_there(tx: Connection, table: sa.Table, values: dict[str, Any]) -> bool:
    """False when a unique key says that it is there; waits for who is just inserting it."""
    insert = postgresql.insert if tx.dialect.name == "postgresql" else sqlite.insert
    made = insert(table).values(**values).on_conflict_do_nothing()
    return tx.execute(made.returning(*table.primary_key)).first() is not None
