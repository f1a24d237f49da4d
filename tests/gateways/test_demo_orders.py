"""The embedded shop's order desk: once per key, own orders only, and only while there is time."""

from __future__ import annotations

from dataclasses import replace
from datetime import timedelta

import pytest
import sqlalchemy as sa

from console.desk.errors import NotFound, SameIdOtherContent
from console.desk.goods import OutOfStock
from console.desk.invoice import InvoiceState, InvoiceWish, TitleKind
from console.gateways.demo_shop import DemoShop
from console.gateways.shop_orders import ChangeState, Receiver
from console.services.seed_shop import seed_demo_shop
from console.storage.database import Database
from console.storage.shop_orders import shop_deliveries
from tests.services.desk_parts import NOON, HandClock
from tests.shop_books import notes_of

PAID, MINE = "620026077819", "88004"  # a pram and wipes, not picked yet
ON_ITS_WAY = "620026078251"
SHIRT = "620026088235"  # of customer 88022, blue M, not picked yet
SIGNED = "620026072458"  # of customer 88001
WISH = InvoiceWish(title_kind=TitleKind.PERSONAL, title="何念慈", email="a@example.com")
DONE, ASKED, TOO_LATE = ChangeState.DONE, ChangeState.ASKED, ChangeState.TOO_LATE


@pytest.fixture
def clock() -> HandClock:
    return HandClock()


@pytest.fixture
async def shop(database: Database, clock: HandClock) -> DemoShop:
    await database.write(lambda tx: seed_demo_shop(tx, NOON))
    return DemoShop(database, clock.now)


async def test_only_what_is_named_changes_about_the_receiver(shop: DemoShop) -> None:
    before = await shop.find_order(MINE, PAID)

    state = await shop.change_receiver(MINE, PAID, Receiver(phone="13900000000"), key="k1")

    after = await shop.find_order(MINE, PAID)
    assert state is DONE
    assert before is not None
    assert after == replace(before, receiver_phone="13900000000")


async def test_on_its_way_the_courier_is_asked_and_nothing_is_written(shop: DemoShop) -> None:
    before = await shop.find_order(MINE, ON_ITS_WAY)

    state = await shop.change_receiver(MINE, ON_ITS_WAY, Receiver(address="别处"), key="k1")

    assert state is ASKED
    assert await shop.find_order(MINE, ON_ITS_WAY) == before


async def test_a_line_changes_once_per_key_and_takes_from_the_shelf(shop: DemoShop) -> None:
    line_id, stock = f"{SHIRT}-1", await _stock(shop)

    states = [
        await shop.change_line("88022", SHIRT, line_id, "蓝 L", 2, key="k1") for _ in range(2)
    ]

    order = await shop.find_order("88022", SHIRT)
    assert states == [DONE, DONE]
    assert order is not None
    assert [(one.variant, one.quantity) for one in order.lines] == [("蓝 L", 2)]
    assert (await _stock(shop))["蓝 L"] == stock["蓝 L"] - 2


async def _stock(shop: DemoShop) -> dict[str, int]:
    return {one.variant: one.stock for one in await shop.variants("p303")}


async def test_what_is_not_on_the_shelf_changes_nothing(shop: DemoShop) -> None:
    before = await shop.find_order(MINE, PAID)

    with pytest.raises(OutOfStock):
        await shop.change_line(MINE, PAID, f"{PAID}-2", "", 10_000, key="k1")
    assert await shop.find_order(MINE, PAID) == before


async def test_after_shipping_a_line_stays_as_it_is(shop: DemoShop) -> None:
    line_id = f"{ON_ITS_WAY}-1"

    assert await shop.change_line(MINE, ON_ITS_WAY, line_id, "", 1, key="k1") is TOO_LATE


async def test_notes_and_times_are_kept_until_it_is_delivered(
    shop: DemoShop, database: Database
) -> None:
    at = NOON + timedelta(days=2)

    note = await shop.leave_note(MINE, PAID, "轻拿轻放", key="k1")
    booked = await shop.book_delivery(MINE, PAID, at, "周三上午", key="k2")
    late = await shop.leave_note("88001", SIGNED, "轻放", key="k3")

    rows = await database.read(lambda tx: tx.execute(sa.select(shop_deliveries)).all())
    assert (note, booked, late) == (DONE, DONE, TOO_LATE)
    assert await database.read(lambda tx: notes_of(tx, PAID)) == ["轻拿轻放"]
    assert [(row.order_no, row.at, row.label) for row in rows] == [(PAID, at, "周三上午")]


async def test_an_invoice_waits_for_the_order_and_is_issued_after_it(
    shop: DemoShop, clock: HandClock
) -> None:
    waiting = await shop.request_invoice(MINE, PAID, WISH, 808_90, key="k1")
    asked = await shop.request_invoice("88001", SIGNED, WISH, 299_00, key="k2")
    clock.turn(minutes=10)
    issued = (await shop.invoices_of("88001"))[0]

    assert (waiting.state, asked.state) == (InvoiceState.WAITING, InvoiceState.ISSUING)
    assert (issued.state, issued.issued_at) == (InvoiceState.ISSUED, NOON + timedelta(minutes=10))


async def test_a_corrected_invoice_makes_the_old_one_void(shop: DemoShop) -> None:
    first = await shop.request_invoice("88001", SIGNED, WISH, 299_00, key="k1")
    second = await shop.request_invoice(
        "88001", SIGNED, replace(WISH, title="何小慈"), 299_00, key="k2"
    )
    again = await shop.request_invoice("88001", SIGNED, WISH, 299_00, key="k1")

    assert (first.changes, second.changes) == (0, 1)
    assert (again.invoice_no, again.state) == (first.invoice_no, InvoiceState.REPLACED)


async def test_the_same_key_with_another_wish_is_refused(shop: DemoShop) -> None:
    await shop.leave_note(MINE, PAID, "轻放", key="k1")

    with pytest.raises(SameIdOtherContent):
        await shop.leave_note(MINE, PAID, "放门口", key="k1")


@pytest.mark.parametrize("order_no", [SIGNED, "999999999999"])
async def test_somebody_elses_order_is_no_order(shop: DemoShop, order_no: str) -> None:
    with pytest.raises(NotFound):
        await shop.change_receiver(MINE, order_no, Receiver(name="x"), key="k1")
    with pytest.raises(NotFound):
        await shop.leave_note(MINE, order_no, "x", key="k2")
    with pytest.raises(NotFound):
        await shop.book_delivery(MINE, order_no, NOON, "x", key="k3")
    with pytest.raises(NotFound):
        await shop.request_invoice(MINE, order_no, WISH, 1, key="k4")
    assert await shop.charges_of(MINE, order_no) == []
    assert await shop.invoices_of(MINE) == []
