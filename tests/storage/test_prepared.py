"""A prepared statement reads, writes and fails as SQLAlchemy's own, on both databases."""

from __future__ import annotations

from datetime import timedelta
from typing import Any

import pytest
import sqlalchemy as sa

from console.storage.columns import Instant, Json
from console.storage.database import Database
from console.storage.prepared import Prepared, PreparedList
from tests.given import NOW

things = sa.Table(
    "thing",
    sa.MetaData(),
    sa.Column("name", sa.Text, primary_key=True),
    sa.Column("at", Instant),
    sa.Column("body", Json),
    sa.Column("is_new", sa.Boolean),
    sa.Column("count", sa.Integer, nullable=False, server_default="7"),
)
BY_NAME = sa.select(things).where(things.c.name == sa.bindparam("called"))
FIND = Prepared(BY_NAME)
INSERT = Prepared(things.insert())
CHANGE = Prepared(things.update().where(things.c.name == sa.bindparam("called")))
ALL = PreparedList(sa.select(things).order_by(things.c.name), things.c.name)
APPLE: dict[str, Any] = {
    "name": "apple",
    "at": NOW,
    "body": {"words": ["红", None]},
    "is_new": True,
    "count": 1,
}
PEAR: dict[str, Any] = {"name": "pear", "at": None, "body": None, "is_new": False, "count": 2}


@pytest.fixture
async def shelf(database: Database) -> Database:
    await database.write(things.create)
    await database.write(lambda tx: INSERT.change_many(tx, [APPLE, PEAR]))
    return database


async def test_rows_are_those_of_sqlalchemy(shelf: Database):
    for name in ("apple", "pear", "plum"):
        wanted = {"called": name}
        ours = await shelf.read(lambda tx: FIND.all(tx, wanted))  # noqa: B023 - awaited at once
        theirs = await shelf.read(lambda tx: tx.execute(BY_NAME, wanted).all())  # noqa: B023
        assert [row._asdict() for row in ours] == [row._asdict() for row in theirs]

    found = await shelf.read(lambda tx: FIND.first(tx, {"called": "apple"}))
    assert found._asdict() == APPLE
    assert await shelf.read(lambda tx: FIND.first(tx, {"called": "plum"})) is None


async def test_only_the_named_columns_are_written(shelf: Database):
    later = NOW + timedelta(hours=1)

    moved = await shelf.write(lambda tx: CHANGE.change(tx, {"at": later, "called": "apple"}))
    counted = await shelf.write(lambda tx: CHANGE.change(tx, {"count": 9, "called": "apple"}))
    missed = await shelf.write(lambda tx: CHANGE.change(tx, {"count": 9, "called": "plum"}))
    await shelf.write(lambda tx: INSERT.change(tx, {"name": "plum"}))

    assert (moved, counted, missed) == (1, 1, 0)
    rows = await shelf.read(lambda tx: ALL.all(tx, ["apple", "plum"]))
    assert rows[0]._asdict() == {**APPLE, "at": later, "count": 9}
    assert rows[1]._asdict() == {
        "name": "plum", "at": None, "body": None, "is_new": None, "count": 7,
    }  # fmt: skip


async def test_a_list_finds_its_rows_whatever_its_length(shelf: Database):
    def names(*wanted: str) -> Any:
        return lambda tx: [row.name for row in ALL.all(tx, wanted)]

    assert await shelf.read(names()) == []
    assert await shelf.read(names("pear")) == ["pear"]
    assert await shelf.read(names("pear", "plum", "apple")) == ["apple", "pear"]
    assert await shelf.read(names("plum")) == []


async def test_a_parameter_without_a_value_writes_nothing(shelf: Database):
    with pytest.raises(KeyError, match="called"):
        await shelf.write(lambda tx: CHANGE.change(tx, {"count": 9}))

    assert (await shelf.read(lambda tx: FIND.first(tx, {"called": "apple"}))).count == 1


async def test_an_error_is_sqlalchemys_and_says_no_value(shelf: Database):
    again = {**PEAR, "body": {"phone": "13900001111"}}
    for attempt in (
        lambda tx: INSERT.change(tx, again),
        lambda tx: INSERT.change_many(tx, [again]),
        lambda tx: tx.execute(things.insert(), again),
    ):
        with pytest.raises(sa.exc.IntegrityError) as error:
            await shelf.write(attempt)
        assert "13900001111" not in str(error.value)

    assert (await shelf.read(lambda tx: FIND.first(tx, {"called": "pear"})))._asdict() == PEAR


async def test_without_a_commit_nothing_is_kept(shelf: Database):
    """It begins a transaction where there is none: the driver alone would keep every change."""
    with shelf.engine.connect() as tx:
        CHANGE.change(tx, {"count": 9, "called": "apple"})
        assert tx.in_transaction()
    with shelf.engine.connect() as tx:
        CHANGE.change(tx, {"count": 8, "called": "pear"})
        tx.commit()

    rows = await shelf.read(lambda tx: ALL.all(tx, ["apple", "pear"]))
    assert [row.count for row in rows] == [1, 8]


async def test_a_statement_whose_text_depends_on_its_values_is_refused(shelf: Database):
    several = Prepared(
        sa.select(things).where(things.c.name.in_(sa.bindparam("names", expanding=True)))
    )

    with pytest.raises(ValueError, match="list of values"):
        await shelf.read(lambda tx: several.all(tx, {"names": ["apple"]}))
