"""The demo shop has everything the product is shown with, and the money adds up."""

from __future__ import annotations

from datetime import timedelta
from pathlib import Path

import pytest

from console.desk.order import OrderState
from console.desk.product import Category, public_price
from console.gateways.demo_catalogue import PRODUCTS, price_history
from console.gateways.demo_people import CUSTOMERS, SKETCHES, demo_orders
from console.services.product import search_products
from console.services.seed_shop import seed_demo_shop
from console.web.pages import ART
from tests.services.desk_parts import NOON, running_desk

ORDERS = demo_orders(NOON)


def test_there_are_thirty_products_in_six_worlds_and_eight_customers() -> None:
    assert len(PRODUCTS) >= 30
    assert len(CUSTOMERS) >= 8
    assert {product.category for product in PRODUCTS} >= {
        Category.PHONES, Category.APPLIANCES, Category.CLOTHING, Category.BABY_CONSUMABLES,
        Category.PET_FOOD, Category.FOOD,
    }  # fmt: skip
    assert {customer.member_level for customer in CUSTOMERS} == set(range(8))


def test_every_state_of_an_order_is_there() -> None:
    assert {order.state for order in ORDERS} >= set(OrderState) - {OrderState.CANCELLING}
    assert any(len(order.parcels) == 2 for order in ORDERS)
    assert any(order.total_fen > 2000_00 for order in ORDERS)
    assert any(order.seller_type == "third_party" for order in ORDERS)


def test_somebody_signed_yesterday_and_somebody_eight_days_ago() -> None:
    signed = {order.signed_at(line.line_id) for order in ORDERS for line in order.lines}

    assert {NOON - timedelta(days=1), NOON - timedelta(days=8)} <= signed


def test_order_numbers_are_long_fixed_and_told_apart_by_four_digits() -> None:
    numbers = [sketch.order_no for sketch in SKETCHES]

    assert all(len(number) >= 12 and number.isdigit() for number in numbers)
    assert len({number[-4:] for number in numbers}) == len(numbers)


@pytest.mark.parametrize("order", ORDERS, ids=lambda order: order.order_no)
def test_what_was_paid_is_what_the_order_costs(order) -> None:
    paid = sum(payment.amount_fen for payment in order.payments)

    assert paid in (order.total_fen, 0)
    assert all(payment.amount_fen > 0 for payment in order.payments)


def test_the_price_of_today_is_the_last_public_one() -> None:
    history = price_history(NOON)

    for product in PRODUCTS:
        points = [point for point in history if point.product_id == product.product_id]
        assert public_price(points, NOON) == product.price_fen


def test_every_product_has_a_picture_of_our_own() -> None:
    for product in PRODUCTS:
        assert (ART / Path(product.image).name).read_text().startswith("<svg")


async def test_seeding_twice_changes_nothing(sqlite_url: str) -> None:
    async with running_desk(sqlite_url) as desk:
        before = await desk.shop.orders_of("88001")

        again = await desk.database.write(lambda tx: seed_demo_shop(tx, NOON + timedelta(days=30)))

        assert again is False
        assert await desk.shop.orders_of("88001") == before


async def test_orders_come_back_from_the_tables_as_they_were_seeded(database) -> None:
    await database.write(lambda tx: seed_demo_shop(tx, NOON))
    from console.gateways.demo_shop import DemoShop  # beside the one test that needs it

    shop = DemoShop(database, lambda: NOON)

    for customer in CUSTOMERS:
        mine = [order for order in ORDERS if order.customer_no == customer.customer_no]
        found = await shop.orders_of(customer.customer_no)
        untouched = [one for one in found if one.order_no != "620026080364"]
        expected = sorted(mine, key=lambda one: (one.placed_at, one.order_no), reverse=True)
        assert untouched == [one for one in expected if one.order_no != "620026080364"]


@pytest.mark.parametrize(
    ("text", "budget_fen", "first"),
    [
        ("有没有适合老人的手机", None, "p102"),
        ("推荐一款降噪耳机", None, "p103"),
        ("耳机 100块以内", 100_00, None),
        ("想给猫咪买猫粮", None, "p501"),
        ("a stroller for my baby", None, "p404"),
        ("rice cooker", 500_00, "p202"),
        ("zzzz", None, None),
        ("", None, None),
    ],
)
async def test_search_finds_the_goods_that_are_meant(
    sqlite_url: str, text: str, budget_fen: int | None, first: str | None
) -> None:
    async with running_desk(sqlite_url) as desk:
        found = await search_products(desk, text, budget_fen)

    assert (found[0].product_id if found else None) == first


async def test_search_never_leaves_the_budget_and_puts_sold_out_goods_last(sqlite_url: str) -> None:
    async with running_desk(sqlite_url) as desk:
        found = await search_products(desk, "耳机", 400_00)

    assert [one.product_id for one in found][:1] == ["p103"]
    assert [one.product_id for one in found][-1] == "p104"
    assert all(one.price_fen <= 400_00 for one in found)
