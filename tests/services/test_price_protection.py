"""Claims at the desk: paid once, whatever runs beside them or breaks in between."""

from __future__ import annotations

import asyncio
from collections.abc import AsyncIterator
from dataclasses import replace
from typing import Any

import pytest
import sqlalchemy as sa

from console.desk.errors import Conflict, NotFound, SameIdOtherContent
from console.desk.event import Actor, ActorKind
from console.desk.price_protection import ClaimCode
from console.gateways.demo_shop import DemoShop
from console.services.parts import Desk
from console.services.price_protection import (
    PriceCheck,
    check_price_protection,
    claim_price_protection,
    finish_pending_claims,
)
from console.storage import price_claim as rows
from console.storage.database import Database
from console.storage.policy import policy_decisions
from console.storage.price_claim import ClaimState, price_claims
from console.storage.shop import shop_products, shop_refunds
from tests.services.desk_parts import actions_taken, count, paid_back, running_desk

AGENT = Actor(ActorKind.AGENT, "ag_1", "小林")
BEFORE_DROP = "620026074721"  # air fryer, nappies × 3, kettle, a purifier by group buy
LAPTOP = "620026076935"  # 300.00 yuan dearer than today
MINE = "co_88002"
DROP_FEN = 74_67 + 54_03  # air fryer and nappies less their coupon shares


@pytest.fixture
async def desk(sqlite_url: str) -> AsyncIterator[Desk]:
    async with running_desk(sqlite_url) as desk:
        yield desk


def codes(check: PriceCheck) -> list[ClaimCode]:
    return [item.code for item in check.items]


async def refunds(desk: Desk) -> int:
    return await count(desk, shop_refunds) - 1  # one is seeded


async def test_every_line_of_an_order_gets_its_own_answer(desk: Desk) -> None:
    check = await check_price_protection(desk, MINE, BEFORE_DROP)

    assert codes(check) == ["PAID", "PAID", "NO_DROP", "PROMO_EXCLUDED"]
    assert check.total_fen == DROP_FEN
    assert await refunds(desk) == 0


async def test_one_question_looks_at_all_orders(desk: Desk) -> None:
    check = await check_price_protection(desk, MINE)

    by_order = {item.order_no: item.code for item in check.items}
    assert by_order["620026075183"] is ClaimCode.SELLER_NOT_JOINED
    assert by_order["620026075864"] is ClaimCode.WINDOW_OVER
    assert by_order["620026076240"] is ClaimCode.NO_STOCK


async def test_a_claim_is_paid_at_once_and_told_in_the_conversation(desk: Desk) -> None:
    result = await claim_price_protection(desk, MINE, BEFORE_DROP, key="t1:0")

    assert result.total_fen == DROP_FEN
    assert result.is_settled
    assert await paid_back(desk, BEFORE_DROP) == DROP_FEN
    assert await actions_taken(desk, MINE) == [
        {"action": "price_claim", "order_nos": [BEFORE_DROP], "total_fen": DROP_FEN, "audit_fen": 0}
    ]


async def test_the_same_request_again_gives_the_same_answer_and_no_money(desk: Desk) -> None:
    first = await claim_price_protection(desk, MINE, BEFORE_DROP, key="t1:0")

    again = await claim_price_protection(desk, MINE, BEFORE_DROP, key="t1:0")

    assert again == first
    assert await paid_back(desk, BEFORE_DROP) == DROP_FEN


async def test_a_second_claim_pays_nothing_and_says_why(desk: Desk) -> None:
    await claim_price_protection(desk, MINE, BEFORE_DROP, key="t1:0")

    second = await claim_price_protection(desk, MINE, BEFORE_DROP, key="t2:0")

    assert second.total_fen == 0
    assert [item.reason for item in second.items[:2]] == ["already_claimed", "already_claimed"]
    assert await paid_back(desk, BEFORE_DROP) == DROP_FEN


async def test_a_further_fall_pays_the_rest(desk: Desk) -> None:
    await claim_price_protection(desk, MINE, BEFORE_DROP, key="t1:0")
    await _new_price(desk, "p201", 300_00)

    further = await claim_price_protection(desk, MINE, BEFORE_DROP, key="t2:0")

    assert further.total_fen == 19_00
    assert await paid_back(desk, BEFORE_DROP) == DROP_FEN + 19_00


async def _new_price(desk: Desk, product_id: str, price_fen: int) -> None:
    from console.storage.shop import shop_price_points  # only this test changes prices

    at = desk.clock.now()
    await desk.database.write(
        lambda tx: (
            tx.execute(
                shop_price_points.insert().values(
                    product_id=product_id, at=at, price_fen=price_fen, kind="public"
                )
            )
            and None
        )
    )


async def test_a_key_that_was_used_for_another_wish_is_refused(desk: Desk) -> None:
    await claim_price_protection(desk, MINE, BEFORE_DROP, key="t1:0")

    with pytest.raises(SameIdOtherContent):
        await claim_price_protection(desk, MINE, "620026075183", key="t1:0")
    with pytest.raises(SameIdOtherContent):
        await claim_price_protection(desk, "co_88003", BEFORE_DROP, key="t1:0")


@pytest.mark.parametrize("conversation_id", ["co_88001", "co_visitor"])
@pytest.mark.parametrize("order_no", [BEFORE_DROP, "999999999999"])
async def test_a_foreign_order_reads_like_one_that_does_not_exist(
    desk: Desk, conversation_id: str, order_no: str
) -> None:
    with pytest.raises(NotFound) as refused:
        await claim_price_protection(desk, conversation_id, order_no, key="t1:0")

    assert str(refused.value) == "order"
    assert await refunds(desk) == 0


async def test_a_visitor_has_nothing_to_claim(desk: Desk) -> None:
    assert (await check_price_protection(desk, "co_visitor")).items == ()
    assert (await claim_price_protection(desk, "co_visitor", key="t1:0")).items == ()


# --- many at once ---------------------------------------------------------------------------


async def test_twenty_requests_at_once_pay_once(desk: Desk) -> None:
    results = await asyncio.gather(
        *(claim_price_protection(desk, MINE, BEFORE_DROP, key=f"t{n}:0") for n in range(20))
    )

    assert sorted(result.total_fen for result in results) == [0] * 19 + [DROP_FEN]
    assert await paid_back(desk, BEFORE_DROP) == DROP_FEN


async def test_twenty_deliveries_of_one_request_pay_once(desk: Desk) -> None:
    results = await asyncio.gather(
        *(claim_price_protection(desk, MINE, BEFORE_DROP, key="t1:0") for _ in range(20))
    )

    assert {result.total_fen for result in results} == {DROP_FEN}
    assert await paid_back(desk, BEFORE_DROP) == DROP_FEN
    assert len(await actions_taken(desk, MINE)) == 1


@pytest.fixture
def stale_reads(monkeypatch: pytest.MonkeyPatch) -> None:
    """Every decision believes that nothing was claimed before, as two desks might at one moment."""
    monkeypatch.setattr(rows, "claimed_by_line", lambda tx, ids: {})


@pytest.mark.usefixtures("stale_reads")
async def test_the_ceiling_holds_even_when_decisions_are_out_of_date(desk: Desk) -> None:
    results = await asyncio.gather(
        *(claim_price_protection(desk, MINE, BEFORE_DROP, key=f"t{n}:0") for n in range(20)),
        return_exceptions=True,
    )

    assert sum(isinstance(result, Conflict) for result in results) == 19
    assert await paid_back(desk, BEFORE_DROP) == DROP_FEN
    assert await count(desk, price_claims) == 2


@pytest.mark.usefixtures("stale_reads")
async def test_without_the_ceiling_it_would_pay_again(
    desk: Desk, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(rows, "reserve", lambda *args, **kwargs: True)

    for n in range(2):
        await claim_price_protection(desk, MINE, BEFORE_DROP, key=f"t{n}:0")

    assert await paid_back(desk, BEFORE_DROP) == 2 * DROP_FEN


# --- broken in between ----------------------------------------------------------------------


async def test_a_shop_that_is_down_leaves_the_claim_pending_and_it_is_paid_later(
    desk: Desk,
) -> None:
    shop: Any = desk.shop
    shop.down.add("refund")

    result = await claim_price_protection(desk, MINE, BEFORE_DROP, key="t1:0")

    assert (result.total_fen, result.is_settled) == (DROP_FEN, False)
    assert await paid_back(desk, BEFORE_DROP) == 0

    shop.down.clear()
    assert await finish_pending_claims(desk) == 2
    assert await finish_pending_claims(desk) == 0
    assert await paid_back(desk, BEFORE_DROP) == DROP_FEN


async def test_an_answer_that_got_lost_does_not_pay_twice(desk: Desk) -> None:
    shop: Any = desk.shop
    shop.answer_lost.add("refund")
    first = await claim_price_protection(desk, MINE, BEFORE_DROP, key="t1:0")
    assert not first.is_settled

    shop.answer_lost.clear()
    again = await claim_price_protection(desk, MINE, BEFORE_DROP, key="t1:0")

    assert again.is_settled
    assert await finish_pending_claims(desk) == 0
    assert await paid_back(desk, BEFORE_DROP) == DROP_FEN


async def test_a_shop_without_keys_would_pay_a_lost_answer_twice(desk: Desk) -> None:
    shop: Any = desk.shop
    shop.answer_lost.add("refund")
    await claim_price_protection(desk, MINE, BEFORE_DROP, key="t1:0")
    shop.answer_lost.clear()
    real, numbers = shop.shop.refund, iter(range(99))
    shop.shop.refund = lambda *args, key: real(*args, key=f"{key}:{next(numbers)}")

    await finish_pending_claims(desk)

    assert await paid_back(desk, BEFORE_DROP) == 2 * DROP_FEN


async def test_a_desk_that_died_after_deciding_pays_at_its_next_start(
    sqlite_url: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    import console.services.price_protection as service  # to stop it where it hurts

    async def dies(*_: Any) -> int:
        raise asyncio.CancelledError

    async with running_desk(sqlite_url) as desk:
        with monkeypatch.context() as broken:
            broken.setattr(service, "pay_claims", dies)
            with pytest.raises(asyncio.CancelledError):
                await claim_price_protection(desk, MINE, BEFORE_DROP, key="t1:0")
        assert await paid_back(desk, BEFORE_DROP) == 0

        assert await finish_pending_claims(desk) == 2

        assert await paid_back(desk, BEFORE_DROP) == DROP_FEN


async def test_a_refund_the_shop_refuses_for_good_voids_the_claim(desk: Desk) -> None:
    from console.desk.errors import BadRequest  # the shop's refusal

    shop: Any = desk.shop

    async def refuses(*_: Any, **__: Any) -> None:
        raise BadRequest("closed")

    shop.shop.refund = refuses

    result = await claim_price_protection(desk, MINE, BEFORE_DROP, key="t1:0")

    assert {item.state for item in result.items if item.claim_fen} == {ClaimState.VOID}
    again = await check_price_protection(desk, MINE, BEFORE_DROP)
    assert again.total_fen == DROP_FEN


# --- limits and audit -----------------------------------------------------------------------


async def test_more_than_200_yuan_waits_for_a_person(desk: Desk) -> None:
    result = await claim_price_protection(desk, "co_88003", LAPTOP, key="t1:0")

    assert (result.total_fen, result.audit_fen) == (0, 300_00)
    assert await refunds(desk) == 0


async def test_asking_again_while_a_person_looks_files_nothing_new(desk: Desk) -> None:
    await claim_price_protection(desk, "co_88003", LAPTOP, key="t1:0")

    again = await claim_price_protection(desk, "co_88003", LAPTOP, key="t2:0")

    assert again.audit_fen == 0
    assert "in_audit" in {item.reason for item in again.items}
    assert await count(desk, price_claims) == 1


async def test_the_day_limit_counts_all_requests_of_a_customer_and_ends_at_midnight(
    desk: Desk,
) -> None:
    limits = desk.settings.limits.model_copy(update={"price_claims_per_day_fen": 100_00})
    desk = replace(desk, settings=replace(desk.settings, limits=limits))  # type: ignore[type-var]
    lines = [item.line_id for item in (await check_price_protection(desk, MINE)).items]

    first = await claim_price_protection(
        desk, MINE, BEFORE_DROP, key="t1:0", line_ids=[f"{BEFORE_DROP}-1"]
    )
    over = await check_price_protection(desk, MINE, BEFORE_DROP)
    desk.clock.turn(hours=12)  # type: ignore[attr-defined]
    next_day = await check_price_protection(desk, MINE, BEFORE_DROP)

    assert lines
    assert first.total_fen == 74_67
    assert (over.total_fen, over.audit_fen) == (0, 54_03)
    assert (next_day.total_fen, next_day.audit_fen) == (54_03, 0)


async def test_lines_can_be_chosen_but_only_own_ones(desk: Desk) -> None:
    one = await claim_price_protection(
        desk, MINE, BEFORE_DROP, key="t1:0", line_ids=[f"{BEFORE_DROP}-2"], actor=AGENT
    )

    assert one.total_fen == 54_03
    with pytest.raises(NotFound):
        await claim_price_protection(desk, MINE, BEFORE_DROP, key="t2:0", line_ids=[f"{LAPTOP}-1"])


async def test_every_decision_is_kept_with_rule_and_inputs(desk: Desk) -> None:
    await claim_price_protection(desk, MINE, BEFORE_DROP, key="t1:0", actor=AGENT)

    kept = await desk.database.read(lambda tx: tx.execute(sa.select(policy_decisions)).all())

    assert [(row.outcome, row.rule_id) for row in kept] == [
        ("PAID", "price_protection.window_days/appliances"),
        ("PAID", "price_protection.window_days/baby_consumables"),
        ("NO_DROP", "price_protection.window_days/appliances"),
        ("PROMO_EXCLUDED", "price_protection.public_price"),
    ]
    assert kept[0].inputs["claim_fen"] == 74_67
    assert kept[0].actor_id == "ag_1"


async def test_two_hundred_lines_are_answered_in_one_request(desk: Desk) -> None:
    await desk.database.write(_many_orders)

    result = await claim_price_protection(desk, "co_88006", key="t1:0")

    assert len(result.items) >= 200
    assert await refunds(desk) == sum(one.code is ClaimCode.PAID for one in result.items) > 20


def _many_orders(tx: sa.Connection) -> None:
    """Forty orders with five lines each, every line one yuan dearer than today."""
    from console.gateways.demo_people import demo_orders  # the pattern to repeat
    from console.storage.shop import insert_order

    pattern = next(one for one in demo_orders(_now()) if one.order_no == "620026082034")
    [line, _] = pattern.lines
    today = tx.execute(
        sa.select(shop_products.c.price_fen).where(shop_products.c.product_id == line.product_id)
    ).scalar_one()
    for n in range(40):
        number = f"62003{n:07d}"
        lines = tuple(
            replace(line, line_id=f"{number}-{at}", unit_fen=today + 1_00, coupon_fen=0)
            for at in range(5)
        )
        order = replace(
            pattern,
            order_no=number,
            customer_no="88006",
            lines=lines,
            parcels=(
                replace(
                    pattern.parcels[0],
                    waybill_no=f"W{number}",
                    line_ids=tuple(line.line_id for line in lines),
                    events=(),
                ),
            ),
            freight_fen=0,
        )
        payments = (replace(pattern.payments[0], amount_fen=order.total_fen),)
        insert_order(tx, replace(order, payments=payments))


def _now() -> Any:
    from tests.services.desk_parts import NOON  # the moment of seeding

    return NOON


async def test_two_desks_on_one_database_pay_once(fresh_postgres: str) -> None:
    async with running_desk(fresh_postgres) as desk:
        database = Database(fresh_postgres)
        await database.open()
        twin = replace(desk, database=database, shop=DemoShop(database, desk.clock.now))

        results = await asyncio.gather(
            *(
                claim_price_protection(one, MINE, BEFORE_DROP, key=f"t{n}:{at}")
                for n in range(8)
                for at, one in enumerate((desk, twin))
            )
        )
        await database.close()

        assert sorted(result.total_fen for result in results) == [0] * 15 + [DROP_FEN]
        assert await paid_back(desk, BEFORE_DROP) == DROP_FEN
