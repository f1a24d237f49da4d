"""Fresh demo customers: the same orders under new numbers, whatever happened to the original."""

from __future__ import annotations

import re

import pytest
import sqlalchemy as sa

from console.desk.errors import NotFound
from console.gateways.demo_shop import DemoShop
from console.services.fresh_shopper import fresh_shopper
from console.services.seed_shop import seed_demo_shop
from console.storage.database import Database
from console.storage.shop import shop_customers, shop_orders
from tests.given import NOW

DRESS, MIXED = "620026072458", "620026071317"


async def _fresh(database: Database, like: str) -> tuple[str, dict[str, str]]:
    await database.write(lambda tx: seed_demo_shop(tx, NOW))
    return await database.write(lambda tx: fresh_shopper(tx, like, NOW))


async def test_a_copy_has_the_same_orders_with_the_same_last_digits(database: Database) -> None:
    customer_no, numbers = await _fresh(database, "88001")

    shop = DemoShop(database, lambda: NOW)
    mine, theirs = await shop.orders_of("88001"), await shop.orders_of(customer_no)
    assert [one.order_no for one in theirs] == [numbers[one.order_no] for one in mine]
    assert re.fullmatch(r"62\d{4}072458", numbers[DRESS])
    assert numbers[DRESS] != DRESS
    assert [(o.state, o.total_fen) for o in theirs] == [(o.state, o.total_fen) for o in mine]
    copied = next(one for one in theirs if one.order_no == numbers[MIXED])
    assert copied.lines[0].line_id == f"{numbers[MIXED]}-1"
    assert len(copied.parcels) == 2
    assert not {p.waybill_no for p in copied.parcels} & set(numbers)


async def test_a_copy_is_as_on_the_first_day_and_a_second_one_is_another(
    database: Database,
) -> None:
    await database.write(lambda tx: seed_demo_shop(tx, NOW))
    await database.write(lambda tx: tx.execute(sa.update(shop_orders).values(state="cancelled")))

    first, _ = await database.write(lambda tx: fresh_shopper(tx, "88004", NOW))
    second, _ = await database.write(lambda tx: fresh_shopper(tx, "88004", NOW))

    shop = DemoShop(database, lambda: NOW)
    states = [str(one.state) for one in await shop.orders_of(first)]
    assert states == ["paid", "delivering"]
    assert first != second
    assert len(await shop.orders_of(second)) == 2


async def test_an_unknown_customer_has_no_copy(database: Database) -> None:
    await database.write(lambda tx: seed_demo_shop(tx, NOW))
    count = sa.select(sa.func.count()).select_from(shop_customers)
    before = await database.read(lambda tx: tx.execute(count).scalar_one())

    with pytest.raises(NotFound):
        await database.write(lambda tx: fresh_shopper(tx, "12345", NOW))

    assert await database.read(lambda tx: tx.execute(count).scalar_one()) == before
