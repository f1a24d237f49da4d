"""What the demo shop tells before a purchase fits together and comes back as it was seeded."""

from __future__ import annotations

from collections.abc import AsyncIterator

import pytest

from console.gateways.demo_catalogue import PRODUCTS
from console.gateways.demo_offers import demo_coupons, demo_promotions
from console.gateways.demo_people import SKETCHES
from console.gateways.demo_sheets import demo_sheets
from console.gateways.demo_shop import DemoShop
from console.gateways.demo_stock import demo_stock
from console.gateways.demo_terms import BENEFITS, DELIVERY_RULES, PAYMENT_METHODS, SELLERS
from console.services.seed_shop import seed_demo_shop
from console.storage.database import Database
from console.storage.schema import metadata
from tests.given import NOW
from tests.shop_books import marketing_of

SHEETS = {one.product_id: one for one in demo_sheets()}


@pytest.fixture
async def shop(sqlite_url: str) -> AsyncIterator[DemoShop]:
    database = Database(sqlite_url)
    metadata.create_all(database.engine)
    await database.open()
    await database.write(lambda tx: seed_demo_shop(tx, NOW))
    yield DemoShop(database, lambda: NOW)
    await database.close()


def test_every_product_has_details_in_both_languages() -> None:
    assert set(SHEETS) == {product.product_id for product in PRODUCTS}
    for sheet in SHEETS.values():
        spoken = [one.value for one in sheet.attributes] + [one.text for one in sheet.usage]
        spoken += [*sheet.box, *([sheet.suits] if sheet.suits else [])]
        assert len(sheet.attributes) >= 2
        assert sheet.suits is not None
        assert all(one.zh and one.en for one in spoken), sheet.product_id


def test_the_shelves_hold_what_the_catalogue_says() -> None:
    levels = demo_stock(NOW)

    for product in PRODUCTS:
        mine = [one for one in levels if one.product_id == product.product_id]
        assert sum(one.quantity for one in mine) == product.stock, product.product_id


def test_what_was_ordered_is_a_variant_of_the_shelf() -> None:
    levels = demo_stock(NOW)

    for item in (item for sketch in SKETCHES for item in sketch.items if item.variant):
        variants = {one.variant for one in levels if one.product_id == item.product_id}
        assert item.variant in variants, item


def test_sizes_of_a_table_grow_and_neighbours_leave_no_gap() -> None:
    tables = [sheet.size_table for sheet in SHEETS.values() if sheet.size_table]

    assert len(tables) >= 5
    for table in tables:
        for smaller, larger in zip(table.rows, table.rows[1:], strict=False):
            for (low, high), (next_low, next_high) in zip(
                smaller.ranges, larger.ranges, strict=True
            ):
                assert low < next_low <= high < next_high


async def test_everything_comes_back_as_it_was_seeded(shop: DemoShop) -> None:
    by_id = sorted(demo_coupons(NOW), key=lambda one: one.coupon_id)

    assert {one.product_id: one for one in await shop.sheets()} == SHEETS
    assert await shop.sheet("p301") == SHEETS["p301"]
    assert await shop.sheet("p999") is None
    assert await shop.promotions() == list(demo_promotions(NOW))
    assert await shop.coupons() == by_id
    assert await shop.delivery_rules() == list(DELIVERY_RULES)
    assert await shop.payment_methods() == list(PAYMENT_METHODS)
    assert await shop.sellers() == list(SELLERS)
    assert await shop.benefits() == list(BENEFITS)
    stock = await shop.stock([product.product_id for product in PRODUCTS])
    assert stock == demo_stock(NOW)


async def test_coupons_and_levels_are_told_of_one_customer_only(shop: DemoShop) -> None:
    mine = [grant.coupon.coupon_id for grant in await shop.coupons_of("88001")]
    member = await shop.member("88001")

    assert mine == ["cp_all_10", "cp_appliance_40", "cp_old_50"]
    assert await shop.coupons_of("nobody") == []
    assert member is not None
    assert (member.level, member.points, member.growth_missing) == (2, 860, 750)
    assert await shop.member("nobody") is None


async def test_a_marketing_switch_is_set_once_however_often_it_is_told(shop: DemoShop) -> None:
    for _ in range(2):
        await shop.allow_marketing("88001", ["sms", "push"], is_allowed=False, key="k")

    told = await shop._database.read(lambda tx: marketing_of(tx, "88001"))
    assert told == {"sms": False, "push": False}
    assert await shop._database.read(lambda tx: marketing_of(tx, "88002")) == {}
