"""Rows of the audit log: who looked at or changed what, append only."""

from __future__ import annotations

from datetime import datetime
from typing import Any

import sqlalchemy as sa
from sqlalchemy import Connection

from console.storage.columns import Instant, Json, metadata

audit_log = sa.Table(
    "audit_log",
    metadata,
    sa.Column("id", sa.Integer, primary_key=True, autoincrement=True),
    sa.Column("at", Instant, nullable=False),
    sa.Column("actor_id", sa.Text, nullable=False),
    sa.Column("action", sa.Text, nullable=False),
    sa.Column("object", sa.Text, nullable=False),
    sa.Column("detail", Json, nullable=False),
)


def audit(
    tx: Connection, *, at: datetime, actor_id: str, action: str, object_id: str, **detail: Any
) -> None:
    tx.execute(
        audit_log.insert().values(
            at=at, actor_id=actor_id, action=action, object=object_id, detail=detail
        )
    )


def audit_entries(tx: Connection, object_id: str) -> list[sa.Row[Any]]:
    """Oldest first."""
    rows = tx.execute(
        sa.select(audit_log).where(audit_log.c.object == object_id).order_by(audit_log.c.id)
    )
    return list(rows)
