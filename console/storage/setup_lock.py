"""One process at a time prepares a database: its tables, policies, demo and accounts."""

from __future__ import annotations

import sqlalchemy as sa
from sqlalchemy import Connection

SETUP = 0x6261746F6E02  # beside ROUTING


def take_setup(tx: Connection) -> None:
    """Call first: waits for whoever prepares it now, until the transaction ends.

    Two desks that start on one PostgreSQL would both find nothing there and both make it. On
    SQLite a transaction of the writing engine begins alone.
    """
    if tx.dialect.name == "postgresql":
        tx.execute(sa.select(sa.func.pg_advisory_xact_lock(SETUP)))
