"""The embedded shop as a foreign system: keys, ownership, and never more money than was paid."""

from __future__ import annotations

import asyncio
from datetime import timedelta

import pytest

from console.desk.errors import BadRequest, NotFound, SameIdOtherContent
from console.desk.order import OrderState, PaymentSource
from console.gateways.demo_shop import DemoShop
from console.gateways.shop import RefundKind, RefundState, StopState
from console.services.seed_shop import seed_demo_shop
from console.storage.database import Database
from tests.services.desk_parts import NOON, HandClock

ORDER = "620026074721"  # 2,215.00 yuan: 100.00 from the balance, the rest by card
CLAIM = RefundKind.PRICE_CLAIM


@pytest.fixture
def clock() -> HandClock:
    return HandClock()


@pytest.fixture
async def shop(database: Database, clock: HandClock) -> DemoShop:
    await database.write(lambda tx: seed_demo_shop(tx, NOON))
    return DemoShop(database, clock.now)


async def paid_back(shop: DemoShop) -> int:
    order = await shop.find_order("88002", ORDER)
    assert order is not None
    return sum(payment.refunded_fen for payment in order.payments)


async def test_the_same_key_refunds_once_however_often_it_comes(shop: DemoShop) -> None:
    refunds = await asyncio.gather(
        *(shop.refund("88002", ORDER, 50_00, CLAIM, key="k1") for _ in range(10))
    )

    assert len({refund.refund_no for refund in refunds}) == 1
    assert await paid_back(shop) == 50_00


async def test_the_same_key_with_another_amount_is_refused(shop: DemoShop) -> None:
    await shop.refund("88002", ORDER, 50_00, CLAIM, key="k1")

    with pytest.raises(SameIdOtherContent):
        await shop.refund("88002", ORDER, 50_01, CLAIM, key="k1")

    assert await paid_back(shop) == 50_00


async def test_refunds_go_back_to_the_source_used_last(shop: DemoShop) -> None:
    refund = await shop.refund("88002", ORDER, 2150_00, CLAIM, key="k1")

    assert [(part.source, part.amount_fen) for part in refund.parts] == [
        (PaymentSource.CARD, 2115_00),
        (PaymentSource.BALANCE, 35_00),
    ]


async def test_more_than_was_paid_is_refused_and_nothing_moves(shop: DemoShop) -> None:
    await shop.refund("88002", ORDER, 2000_00, CLAIM, key="k1")

    with pytest.raises(BadRequest):
        await shop.refund("88002", ORDER, 215_01, CLAIM, key="k2")

    assert await paid_back(shop) == 2000_00
    assert len(await shop.refunds_of("88002")) == 1


async def test_only_the_customers_own_orders_are_found_or_changed(shop: DemoShop) -> None:
    assert await shop.find_order("88001", ORDER) is None
    for key, call in enumerate((shop.ask_warehouse, shop.intercept)):
        with pytest.raises(NotFound):
            await call("88001", ORDER, key=f"k{key}")
    with pytest.raises(NotFound):
        await shop.refund("88001", ORDER, 1, CLAIM, key="k9")

    assert await paid_back(shop) == 0


async def test_a_stop_comes_too_late_when_the_order_has_moved_on(shop: DemoShop) -> None:
    receipt = await shop.cancel("88007", "620026080729", "other", key="k1")

    order = await shop.find_order("88007", "620026080729")
    assert receipt.state is StopState.TOO_LATE
    assert order is not None
    assert order.state is OrderState.PICKED


async def test_a_repeated_stop_gets_its_first_answer(shop: DemoShop) -> None:
    first = await shop.cancel("88004", "620026077819", "other", key="k1")
    again = await shop.cancel("88004", "620026077819", "other", key="k1")

    assert first == again
    assert first.state is StopState.DONE


async def test_a_refund_is_accepted_sent_and_arrives(shop: DemoShop, clock: HandClock) -> None:
    refund = await shop.refund("88002", ORDER, 50_00, CLAIM, key="k1")
    assert refund.state is RefundState.ACCEPTED

    seen = []
    for age in (timedelta(minutes=2), timedelta(days=3)):
        clock.time = NOON + age
        seen += [one.state for one in await shop.refunds_of("88002")]

    assert seen == [RefundState.SENT, RefundState.ARRIVED]


async def test_an_offer_is_the_public_price_of_the_same_seller(shop: DemoShop) -> None:
    offers = await shop.offers([("p203", "self"), ("p501", "s_maoqiu"), ("p501", "self")])

    assert offers["p203", "self"].price_fen == 1299_00  # the flash sale does not count
    assert offers["p501", "s_maoqiu"].price_fen == 139_00
    assert ("p501", "self") not in offers
