"""Rows of uploaded pictures; the files lie in the data folder under their digest."""

from __future__ import annotations

from typing import Any

import sqlalchemy as sa
from sqlalchemy import Connection

from console.storage.columns import Instant, metadata

uploads = sa.Table(
    "upload",
    metadata,
    sa.Column("id", sa.Text, primary_key=True),
    sa.Column("conversation_id", sa.Text, sa.ForeignKey("conversation.id"), nullable=False),
    sa.Column("digest", sa.Text, nullable=False),
    sa.Column("mime", sa.Text, nullable=False),
    sa.Column("bytes", sa.Integer, nullable=False),
    sa.Column("width", sa.Integer, nullable=False),
    sa.Column("height", sa.Integer, nullable=False),
    sa.Column("by", sa.Text, nullable=False),
    sa.Column("at", Instant, nullable=False),
)


def insert_upload(tx: Connection, values: dict[str, Any]) -> None:
    tx.execute(uploads.insert().values(**values))


def find_upload(tx: Connection, upload_id: str) -> sa.Row[Any] | None:
    return tx.execute(sa.select(uploads).where(uploads.c.id == upload_id)).first()
