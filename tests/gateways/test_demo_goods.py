"""The embedded shop's goods: held once, sent once, and only to the customer's own orders."""

from __future__ import annotations

from collections.abc import AsyncIterator
from datetime import timedelta

import pytest

from console.desk.errors import NotFound, SameIdOtherContent
from console.desk.goods import OutOfStock, named_by, variant_of
from console.desk.order import Order
from console.gateways.demo_catalogue import PRODUCTS
from console.gateways.demo_people import SKETCHES
from console.gateways.demo_shop import DemoShop
from console.services.seed_shop import seed_demo_shop
from console.settings import PROJECT
from console.storage.database import Database
from console.storage.schema import metadata
from tests.services.desk_parts import NOON, HandClock

PUMP, NAPPIES = "620026083017", "620026083452"  # customer 88010
TOMORROW = NOON + timedelta(hours=24)


@pytest.fixture
def clock() -> HandClock:
    return HandClock()


@pytest.fixture
async def shop(database_url: str, clock: HandClock) -> AsyncIterator[DemoShop]:
    database = Database(database_url)
    metadata.create_all(database.engine)
    await database.open()
    await database.write(lambda tx: seed_demo_shop(tx, NOON))
    yield DemoShop(database, clock.now)
    await database.close()


async def stock(shop: DemoShop, product_id: str, variant: str) -> int:
    found = variant_of(await shop.variants(product_id), variant)
    assert found is not None
    return found.stock


async def hold(shop: DemoShop, quantity: int, key: str) -> str:
    return await shop.reserve("88010", NAPPIES, "p401", "XL", quantity, TOMORROW, key=key)


async def test_what_is_held_is_not_offered_to_others_until_it_lapses(
    shop: DemoShop, clock: HandClock
) -> None:
    await hold(shop, 39, "k1")

    assert await stock(shop, "p401", "XL") == 1
    with pytest.raises(OutOfStock):
        await hold(shop, 2, "k2")
    clock.turn(hours=24)
    assert await stock(shop, "p401", "XL") == 40


async def test_the_same_key_holds_once(shop: DemoShop) -> None:
    first, second = await hold(shop, 2, "k1"), await hold(shop, 2, "k1")

    assert first == second
    assert await stock(shop, "p401", "XL") == 38
    with pytest.raises(SameIdOtherContent):
        await hold(shop, 3, "k1")


async def test_sending_takes_stock_once_and_never_below_zero(shop: DemoShop) -> None:
    for _ in range(3):
        await shop.send_again("88010", PUMP, "RMA1", "p406/淡紫", 2, key="s1")

    assert await stock(shop, "p406", "淡紫") == 4
    with pytest.raises(OutOfStock):
        await shop.send_again("88010", PUMP, "RMA2", "p406/淡紫", 5, key="s2")
    assert await stock(shop, "p406", "淡紫") == 4


async def test_what_was_held_for_the_order_leaves_the_shelf_once(shop: DemoShop) -> None:
    await hold(shop, 2, "k1")

    for _ in range(2):
        await shop.send_again("88010", NAPPIES, "RMA1", "p401/XL", 2, key="s1")

    assert await stock(shop, "p401", "XL") == 38


async def test_what_is_held_for_another_order_is_not_sent(shop: DemoShop) -> None:
    await hold(shop, 39, "k1")

    with pytest.raises(OutOfStock):
        await shop.send_again("88010", PUMP, "RMA1", "p401/XL", 2, key="s1")

    assert await stock(shop, "p401", "XL") == 1


async def test_another_quantity_held_for_the_order_stays_held(shop: DemoShop) -> None:
    await hold(shop, 3, "k1")

    await shop.send_again("88010", NAPPIES, "RMA1", "p401/XL", 2, key="s1")

    assert await stock(shop, "p401", "XL") == 35


async def test_a_part_is_sent_from_its_own_stock(shop: DemoShop) -> None:
    await shop.send_again("88010", PUMP, "RMA1", "p406-bottle", 1, key="s1")

    assert [part.stock for part in await shop.parts("p406")] == [14]


async def test_nothing_is_held_or_sent_for_somebody_elses_order(shop: DemoShop) -> None:
    with pytest.raises(NotFound):
        await shop.reserve("88001", NAPPIES, "p401", "XL", 1, TOMORROW, key="k1")
    with pytest.raises(NotFound):
        await shop.send_again("88001", PUMP, "RMA1", "p406-bottle", 1, key="s1")

    assert await stock(shop, "p401", "XL") == 40


async def test_a_serial_number_is_found_by_its_owner_alone(shop: DemoShop) -> None:
    assert await shop.line_of_serial("88010", "SN6A20412") == (PUMP, f"{PUMP}-1")
    assert await shop.line_of_serial("88011", "SN6A20412") is None
    assert await shop.line_of_serial("88010", "SN0000000") is None


async def test_own_couriers_drive_in_some_cities(shop: DemoShop) -> None:
    assert await shop.delivers_itself("88010", PUMP) is True
    assert await shop.delivers_itself("88011", "620026083988") is False


async def test_every_order_of_the_demo_names_a_variant_that_exists(shop: DemoShop) -> None:
    for sketch in SKETCHES:
        for item in sketch.items:
            known = [one.variant for one in await shop.variants(item.product_id)]
            assert item.variant in known, (sketch.order_no, known)


async def test_parts_and_guides_are_found_by_the_customers_words(shop: DemoShop) -> None:
    parts, guides = await shop.parts("p205"), await shop.guides("p103")

    assert getattr(named_by("里面没有量杯", parts), "part_id", None) == "p205-cup"
    assert getattr(named_by("左边没有声音", guides), "guide_id", None) == "p103-silent"
    assert named_by("少了说明书", parts) is None


async def test_an_order_names_its_variants_in_english_to_who_reads_english(shop: DemoShop) -> None:
    every = [
        line for sketch in SKETCHES
        for line in (await _order(shop, sketch.customer_no, sketch.order_no)).lines
    ]  # fmt: skip

    chinese = [line.variant for line in every if not line.variant_label("en").isascii()]
    assert chinese == []
    [shoes] = [line for line in every if line.product_id == "p304"]
    assert (shoes.variant_label("zh"), shoes.variant_label("en")) == ("42 白", "42 white")


async def _order(shop: DemoShop, customer_no: str, order_no: str) -> Order:
    found = await shop.find_order(customer_no, order_no)
    assert found is not None
    return found


def test_every_product_has_a_drawing_of_its_own_kind() -> None:
    """No shoe is shown as a shirt: what looks unlike its category has a picture of its own."""
    drawn = {path.stem for path in (PROJECT / "console" / "static" / "art").glob("*.svg")}
    shown = {
        one.product_id: one.image.removeprefix("/art/").removesuffix(".svg") for one in PRODUCTS
    }

    assert set(shown.values()) <= drawn
    assert drawn - set(shown.values()) == {"mark"}
    assert (shown["p304"], shown["p303"]) == ("shoes", "clothing")
