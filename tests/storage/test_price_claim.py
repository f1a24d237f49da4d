"""The ceilings of claims, held by the database itself on both kinds."""

from __future__ import annotations

import asyncio
from datetime import date

from console.storage import price_claim as rows
from console.storage.database import Database

DAY = date(2026, 11, 2)


async def test_reservations_never_exceed_the_ceiling(database: Database) -> None:
    def reserve(tx) -> bool:
        return rows.reserve(tx, "o1", "l1", 30, ceiling_fen=100)

    done = await asyncio.gather(*(database.write(reserve) for _ in range(10)))

    assert sum(done) == 3
    assert await database.read(lambda tx: rows.claimed_by_line(tx, ["l1"])) == {"l1": 90}


async def test_exactly_the_ceiling_is_allowed_and_one_fen_more_is_not(database: Database) -> None:
    assert await database.write(lambda tx: rows.reserve(tx, "o1", "l1", 100, ceiling_fen=100))
    assert not await database.write(lambda tx: rows.reserve(tx, "o1", "l1", 1, ceiling_fen=100))


async def test_what_was_released_can_be_reserved_again(database: Database) -> None:
    await database.write(lambda tx: rows.reserve(tx, "o1", "l1", 100, ceiling_fen=100))
    await database.write(lambda tx: rows.release(tx, "l1", 60))

    assert await database.write(lambda tx: rows.reserve(tx, "o1", "l1", 60, ceiling_fen=100))


async def test_a_day_of_a_customer_has_its_own_limit(database: Database) -> None:
    def spend(tx, customer_no: str, day: date) -> bool:
        return rows.spend(tx, customer_no, day, 300, limit_fen=500)

    assert await database.write(lambda tx: spend(tx, "c1", DAY))
    assert not await database.write(lambda tx: spend(tx, "c1", DAY))
    assert await database.write(lambda tx: spend(tx, "c2", DAY))
    assert await database.write(lambda tx: spend(tx, "c1", date(2026, 11, 3)))
    assert await database.read(lambda tx: rows.paid_on_day(tx, "c1", DAY)) == 300
