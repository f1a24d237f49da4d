"""Run by Alembic: always on the connection it is given, in one transaction."""

from __future__ import annotations

from typing import Any, Literal

from alembic import context

from console.storage.columns import Instant, Json
from console.storage.schema import metadata

# A migration must not change its meaning when a column type of the code does.
_STORED_AS = ((Instant, "sa.BigInteger()"), (Json, "sa.Text()"))


def _render(kind: str, value: Any, _context: Any) -> str | Literal[False]:
    if kind == "type":
        for ours, stored in _STORED_AS:
            if isinstance(value, ours):
                return stored
    return False


context.configure(
    connection=context.config.attributes["connection"],
    target_metadata=metadata,
    render_item=_render,
    render_as_batch=True,  # SQLite cannot alter most columns in place
    transactional_ddl=True,
    compare_type=True,
)
with context.begin_transaction():
    context.run_migrations()
