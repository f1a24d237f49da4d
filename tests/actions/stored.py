"""What a conversation left in the database."""

from __future__ import annotations

from typing import Any

import sqlalchemy as sa

from tests.actions.conftest import Conversation


async def rows(customer: Conversation, table: sa.Table) -> list[Any]:
    return await customer.desk.database.read(lambda tx: list(tx.execute(sa.select(table))))
