"""Policy rows are installed once and never overwritten."""

from __future__ import annotations

from dataclasses import replace

import sqlalchemy as sa

from console.desk.policy_defaults import DEFAULT_POLICIES
from console.storage.database import Database
from console.storage.policy import install_policies, policies, policy_book
from tests.desk.shop_samples import SIGNED


async def test_rows_come_back_as_they_were_installed(database: Database) -> None:
    await database.write(install_policies)

    book = await database.read(policy_book)

    for row in DEFAULT_POLICIES:
        subject = _subject(row)
        assert book.row(row.key, SIGNED, subject).value == row.value


def _subject(row):
    from console.desk.policy import Scope, Subject  # beside the one place that needs them

    if row.scope is Scope.CATEGORY:
        return Subject(category=row.scope_id)
    return Subject(seller_id=row.scope_id or "somebody")


async def test_a_changed_row_survives_an_upgrade(database: Database) -> None:
    await database.write(install_policies)
    first = DEFAULT_POLICIES[0]
    changed = policies.update().where(policies.c.id == first.id).values(value=9)
    await database.write(lambda tx: tx.execute(changed) and None)
    fresh = replace(first, id="new", key="new.key")

    added = await database.write(lambda tx: install_policies(tx, (*DEFAULT_POLICIES, fresh)))

    assert added == 1
    query = sa.select(policies.c.value).where(policies.c.id == first.id)
    assert await database.read(lambda tx: tx.execute(query).scalar_one()) == 9
