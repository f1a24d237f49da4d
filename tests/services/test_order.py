"""Own orders only; stopping an order refunds it once."""

from __future__ import annotations

import asyncio
from collections.abc import AsyncIterator
from typing import Any

import pytest
import sqlalchemy as sa

from console.desk.cancellation import CancelWay
from console.desk.errors import NotFound, SameIdOtherContent, ShopDown
from console.desk.order import OrderState, PaymentSource
from console.services.order import (
    cancel_order,
    find_order,
    finish_pending_cancellations,
    orders_of,
)
from console.services.parts import Desk
from console.services.price_protection import check_price_protection, claim_price_protection
from console.storage.cancellation import CancellationState, cancellations
from console.storage.policy import policy_decisions
from console.storage.shop import shop_orders
from tests.services.desk_parts import actions_taken, count, paid_back, running_desk

PAID = "620026077819"  # 808.90 yuan by e-wallet, in customer 88004's hands
UNPAID = "620026073096"
PICKED = "620026080729"
ON_ITS_WAY = "620026077402"
DELIVERING = "620026078251"
SIGNED = "620026072458"
CANCELLED = "620026079987"


@pytest.fixture
async def desk(sqlite_url: str) -> AsyncIterator[Desk]:
    async with running_desk(sqlite_url) as desk:
        yield desk


async def state_of(desk: Desk, order_no: str) -> OrderState:
    query = sa.select(shop_orders.c.state).where(shop_orders.c.order_no == order_no)
    return OrderState(await desk.database.read(lambda tx: tx.execute(query).scalar_one()))


async def test_a_customer_sees_own_orders_newest_first_and_a_visitor_none(desk: Desk) -> None:
    mine = await orders_of(desk, "co_88001")

    assert [order.order_no for order in mine] == [UNPAID, SIGNED, "620026071317"]
    assert await orders_of(desk, "co_visitor") == []


@pytest.mark.parametrize(
    ("conversation_id", "number", "found"),
    [
        ("co_88001", SIGNED, True),
        ("co_88001", " 2458 ", True),
        ("co_88002", SIGNED, False),
        ("co_88002", "2458", False),
        ("co_88001", "0000", False),
        ("co_visitor", SIGNED, False),
    ],
)
async def test_orders_are_found_for_their_customer_only(
    desk: Desk, conversation_id: str, number: str, found: bool
) -> None:
    order = await find_order(desk, conversation_id, number)

    assert (order is not None) is found


async def test_a_paid_order_is_cancelled_and_refunded_at_once(desk: Desk) -> None:
    result = await cancel_order(desk, "co_88004", PAID, "no_longer_wanted", "t1:0")

    assert (result.way, result.state) == (CancelWay.CANCEL_AND_REFUND, CancellationState.DONE)
    assert (result.refund_fen, result.source) == (808_90, PaymentSource.E_WALLET)
    assert await state_of(desk, PAID) is OrderState.CANCELLED
    assert await paid_back(desk, PAID) == 808_90
    assert (await actions_taken(desk, "co_88004"))[0]["way"] == "cancel_and_refund"


async def test_an_unpaid_order_is_cancelled_without_money(desk: Desk) -> None:
    result = await cancel_order(desk, "co_88001", UNPAID, "wrong_choice", "t1:0")

    assert (result.state, result.refund_fen) == (CancellationState.DONE, 0)
    assert await state_of(desk, UNPAID) is OrderState.CANCELLED


@pytest.mark.parametrize(
    ("conversation_id", "order_no", "way"),
    [
        ("co_88007", PICKED, CancelWay.ASK_WAREHOUSE),
        ("co_88003", ON_ITS_WAY, CancelWay.INTERCEPT),
        ("co_88004", DELIVERING, CancelWay.INTERCEPT),
    ],
)
async def test_what_has_left_the_shelf_is_asked_back_and_not_refunded_yet(
    desk: Desk, conversation_id: str, order_no: str, way: CancelWay
) -> None:
    result = await cancel_order(desk, conversation_id, order_no, "no_longer_wanted", "t1:0")

    assert (result.way, result.state, result.refund_fen) == (way, CancellationState.ASKED, 0)
    assert await state_of(desk, order_no) is OrderState.CANCELLING
    assert await paid_back(desk, order_no) == 0


@pytest.mark.parametrize(
    ("conversation_id", "order_no", "way"),
    [("co_88001", SIGNED, CancelWay.RETURN), ("co_88006", CANCELLED, CancelWay.ALREADY)],
)
async def test_a_signed_or_cancelled_order_is_left_as_it_is(
    desk: Desk, conversation_id: str, order_no: str, way: CancelWay
) -> None:
    before = await state_of(desk, order_no)

    result = await cancel_order(desk, conversation_id, order_no, "no_longer_wanted", "t1:0")

    assert (result.way, result.state) == (way, None)
    assert await state_of(desk, order_no) is before
    assert await count(desk, cancellations) == 0
    assert await actions_taken(desk, conversation_id) == []


async def test_twenty_cancellations_at_once_refund_once(desk: Desk) -> None:
    results = await asyncio.gather(
        *(cancel_order(desk, "co_88004", PAID, "other", f"t{n % 5}:0") for n in range(20))
    )

    assert {result.refund_fen for result in results} == {808_90}
    assert await paid_back(desk, PAID) == 808_90
    assert await count(desk, cancellations) == 1


async def test_a_key_of_another_order_is_refused(desk: Desk) -> None:
    await cancel_order(desk, "co_88001", UNPAID, "other", "t1:0")

    with pytest.raises(SameIdOtherContent):
        await cancel_order(desk, "co_88004", PAID, "other", "t1:0")

    assert await state_of(desk, PAID) is OrderState.PAID


@pytest.mark.parametrize("order_no", [PAID, "999999999999"])
async def test_a_foreign_order_reads_like_one_that_does_not_exist(
    desk: Desk, order_no: str
) -> None:
    with pytest.raises(NotFound) as refused:
        await cancel_order(desk, "co_88001", order_no, "other", "t1:0")

    assert str(refused.value) == "order"
    assert await count(desk, cancellations) == 0


@pytest.mark.parametrize("broken", ["cancel", "refund"])
@pytest.mark.parametrize("how", ["down", "answer_lost"])
async def test_a_break_between_the_steps_is_finished_later_and_refunds_once(
    desk: Desk, broken: str, how: str
) -> None:
    shop: Any = desk.shop
    getattr(shop, how).add(broken)
    with pytest.raises(ShopDown):
        await cancel_order(desk, "co_88004", PAID, "other", "t1:0")

    getattr(shop, how).clear()
    assert await finish_pending_cancellations(desk) == 1
    repeated = await cancel_order(desk, "co_88004", PAID, "other", "t1:0")

    assert repeated.state is CancellationState.DONE
    assert await finish_pending_cancellations(desk) == 0
    assert await paid_back(desk, PAID) == 808_90


async def test_an_order_that_was_picked_meanwhile_is_told_honestly(desk: Desk) -> None:
    shop: Any = desk.shop
    real = shop.shop.cancel

    async def picked_first(*args: Any, **kwargs: Any) -> Any:
        await desk.database.write(lambda tx: _pick(tx, PAID))
        return await real(*args, **kwargs)

    shop.shop.cancel = picked_first

    result = await cancel_order(desk, "co_88004", PAID, "other", "t1:0")

    assert (result.state, result.reason) == (CancellationState.TOO_LATE, "cancel_too_late")
    assert (result.refund_fen, await paid_back(desk, PAID)) == (0, 0)
    next_try = await cancel_order(desk, "co_88004", PAID, "other", "t2:0")
    assert next_try.way is CancelWay.ASK_WAREHOUSE


def _pick(tx: sa.Connection, order_no: str) -> None:
    tx.execute(
        shop_orders.update().where(shop_orders.c.order_no == order_no).values(state="picked")
    )


async def test_a_claim_paid_before_is_taken_off_and_none_is_paid_after(desk: Desk) -> None:
    await desk.database.write(lambda tx: tx.execute(_CHEAPER) and None)
    claimed = await claim_price_protection(desk, "co_88004", PAID, key="t1:0")

    result = await cancel_order(desk, "co_88004", PAID, "other", "t2:0")
    after = await check_price_protection(desk, "co_88004", PAID)

    assert claimed.total_fen > 0
    assert result.refund_fen == 808_90 - claimed.total_fen
    assert await paid_back(desk, PAID) == 808_90
    assert {item.code for item in after.items} == {"RETURNING"}


_CHEAPER = sa.text(
    "UPDATE shop_price_point SET price_fen = price_fen - 10000 WHERE product_id = 'p404'"
)


async def test_the_decision_is_kept_with_its_rule(desk: Desk) -> None:
    await cancel_order(desk, "co_88004", PAID, "other", "t1:0")

    [row] = await desk.database.read(lambda tx: tx.execute(sa.select(policy_decisions)).all())

    assert (row.subject, row.outcome, row.rule_id) == (
        "cancellation", "cancel_and_refund", "cancellation.paid",
    )  # fmt: skip
    assert row.inputs["order_state"] == "paid"
