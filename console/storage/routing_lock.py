"""One desk at a time decides who gets a waiting conversation."""

from __future__ import annotations

import sqlalchemy as sa
from sqlalchemy import Connection

ROUTING = 0x6261746F6E01  # "baton" and a number; advisory locks have no other names


def take_routing(tx: Connection) -> bool:
    """False when another desk is deciding now; kept until the transaction ends.

    It never waits: whoever waits here may hold rows that the other desk needs. SQLite has one
    desk and needs no lock.
    """
    if tx.dialect.name != "postgresql":
        return True
    return bool(tx.execute(sa.select(sa.func.pg_try_advisory_xact_lock(ROUTING))).scalar_one())
