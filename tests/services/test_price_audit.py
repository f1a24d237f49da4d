"""Price claims above the bot's limits: promised in time, decided once, told in words."""

from __future__ import annotations

import asyncio
from collections.abc import AsyncIterator
from dataclasses import replace
from datetime import timedelta
from typing import Any, cast

import pytest
import sqlalchemy as sa

from console.desk.after_sale import Condition, ReturnReason, ReturnRequest, ReturnWay
from console.desk.errors import Conflict, NotFound, SameIdOtherContent
from console.desk.event import BOT, Actor, ActorKind, EventType
from console.desk.policy import PolicyRow
from console.desk.price_audit import AuditStep
from console.desk.promise import Promise
from console.desk.refund import RefundTooHigh
from console.desk.work_order import WorkOrderState
from console.gateways.shop import RefundKind
from console.services.after_sale import submit_return
from console.services.audit_time import review_hours
from console.services.conversation import conversation_detail
from console.services.parts import Desk
from console.services.price_audit import decide_price_claim
from console.services.price_protection import check_price_protection, claim_price_protection
from console.services.work_order import work_orders_of
from console.storage.agent import insert_agent
from console.storage.audit import audit_entries
from console.storage.customer import customers
from console.storage.event import events_after
from console.storage.policy import install_policies
from console.storage.price_claim import ClaimState, find_claim
from console.storage.promise import promises_of_case
from tests.given import LIN, WANG
from tests.services.desk_parts import NOON, actions_taken, paid_back, running_desk
from tests.services.test_price_protection import LAPTOP

MINE, CLAIM_FEN = "co_88003", 300_00
CHEN = Actor(ActorKind.AGENT, LIN.id, "陈组长")
OTHER = Actor(ActorKind.AGENT, WANG.id, "王组长")
YES, NO = AuditStep.APPROVE, AuditStep.REJECT


@pytest.fixture
async def desk(sqlite_url: str) -> AsyncIterator[Desk]:
    async with running_desk(sqlite_url) as desk:
        for agent in (LIN, WANG):
            await desk.database.write(lambda tx, agent=agent: insert_agent(tx, agent, "-", NOON))
        yield desk


@pytest.fixture
async def claim_id(desk: Desk) -> str:
    await claim_price_protection(desk, MINE, LAPTOP, key="t1:0")
    [waiting] = (await conversation_detail(desk, MINE)).open_steps.price_claims
    return waiting.claim.id


async def told(desk: Desk) -> list[str]:
    events = await desk.database.read(lambda tx: events_after(tx, MINE, 0))
    return [e.body["text"] for e in events if e.type is EventType.MESSAGE_POSTED]


async def ledger(desk: Desk) -> list[Promise]:
    return await desk.database.read(lambda tx: promises_of_case(tx, "ca_88003"))


async def test_what_a_person_decides_is_promised_once_and_shown_to_agents(
    desk: Desk, claim_id: str
) -> None:
    await claim_price_protection(desk, MINE, LAPTOP, key="t1:0")

    [owed] = await ledger(desk)
    [order] = await work_orders_of(desk, MINE)
    [shown] = (await conversation_detail(desk, MINE)).open_steps.price_claims
    assert (owed.text, owed.due_at) == ("给出审核结果", NOON + timedelta(hours=24))
    assert (order.order_no, order.promise_id) == (LAPTOP, owed.id)
    assert (shown.claim.id, shown.due_at, shown.approved_by) == (claim_id, owed.due_at, None)


@pytest.mark.parametrize(("level", "hours"), [(3, 24), (4, 4), (6, 4), (7, 4)])
async def test_higher_bands_hear_sooner(desk: Desk, level: int, hours: int) -> None:
    await _has_level(desk, level)

    await claim_price_protection(desk, MINE, LAPTOP, key="t1:0")

    [owed] = await ledger(desk)
    [shown] = (await conversation_detail(desk, MINE)).open_steps.price_claims
    assert owed.due_at == shown.due_at == NOON + timedelta(hours=hours)
    assert await review_hours(desk, MINE) == hours


async def test_a_merchant_gives_a_band_another_length_by_a_row(desk: Desk) -> None:
    await _has_level(desk, 7)
    key = "price_protection.review_hours.band_c"
    row = PolicyRow(id="ours", key=key, value=1, valid_from=NOON - timedelta(days=1))
    await desk.database.write(lambda tx: install_policies(tx, [row]))

    assert await review_hours(desk, MINE) == 1


async def _has_level(desk: Desk, level: int) -> None:
    mine = sa.update(customers).where(customers.c.id == "cu_88003").values(member_level=level)
    await desk.database.write(lambda tx: tx.execute(mine))


async def test_an_approved_claim_is_paid_once_and_told(desk: Desk, claim_id: str) -> None:
    first = await decide_price_claim(desk, MINE, claim_id, YES, key="k1", actor=CHEN)
    again = await decide_price_claim(desk, MINE, claim_id, YES, key="k1", actor=CHEN)

    assert first.state is again.state is ClaimState.PAID
    assert await paid_back(desk, LAPTOP) == CLAIM_FEN
    [said] = await told(desk)
    assert said.endswith("的价保审核通过了，补您 300.00 元，原路退回。")
    [owed], [order] = await ledger(desk), await work_orders_of(desk, MINE)
    assert (owed.state, order.state) == ("kept", WorkOrderState.DONE)
    assert order.details["result"] == said
    assert (await conversation_detail(desk, MINE)).open_steps.price_claims == []


async def test_a_rejected_claim_frees_the_line_and_says_why(desk: Desk, claim_id: str) -> None:
    await decide_price_claim(
        desk, MINE, claim_id, NO, key="k1", actor=CHEN, note="成交价是直播专享价"
    )

    assert (await check_price_protection(desk, MINE, LAPTOP)).audit_fen == CLAIM_FEN
    assert await paid_back(desk, LAPTOP) == 0
    [said] = await told(desk)
    assert "没有通过：成交价是直播专享价。" in said
    assert [one.state for one in await ledger(desk)] == ["kept"]


async def test_a_claim_whose_goods_go_back_is_owed_no_answer(desk: Desk, claim_id: str) -> None:
    order = await desk.shop.find_order("88003", LAPTOP)
    assert order is not None
    wish = ReturnRequest(
        order_no=LAPTOP, line_id=order.lines[0].line_id, quantity=1, way=ReturnWay.SELF_SHIP,
        reason=ReturnReason.NO_LONGER_WANTED, condition=Condition.UNOPENED,
    )  # fmt: skip

    await submit_return(desk, MINE, wish, key="return-1")

    found = await desk.database.read(lambda tx: find_claim(tx, claim_id))
    [order_of_audit] = await work_orders_of(desk, MINE)
    assert found is not None
    assert found.state is ClaimState.VOID
    states = (order_of_audit.state, [one.state for one in await ledger(desk)])
    assert states == ("cancelled", ["void"])
    with pytest.raises(Conflict):
        await decide_price_claim(desk, MINE, claim_id, YES, key="k1", actor=CHEN)


@pytest.mark.parametrize(("actor", "is_public"), [(BOT, False), (CHEN, True)])
async def test_the_ledger_tells_what_nobody_else_says(
    desk: Desk, actor: Actor, is_public: bool
) -> None:
    await claim_price_protection(desk, MINE, LAPTOP, key="t1:0", actor=actor)

    events = await desk.database.read(lambda tx: events_after(tx, MINE, 0))
    made = [event.public for event in events if event.type is EventType.PROMISE_MADE]
    assert made == [is_public]


async def test_a_silent_shop_leaves_no_claim_without_its_promise(desk: Desk) -> None:
    """Decided and owed in one step: nothing is asked of the shop in between."""
    shop = cast("Any", desk.shop)
    shop.down = {"find_order", "refund"}

    await claim_price_protection(desk, MINE, key="t1:0")

    assert len((await conversation_detail(desk, MINE)).open_steps.price_claims) == 1
    assert [one.state for one in await ledger(desk)] == ["open"]


async def test_of_two_who_decide_at_once_one_wins(desk: Desk, claim_id: str) -> None:
    answers = await asyncio.gather(
        decide_price_claim(desk, MINE, claim_id, YES, key="k1", actor=CHEN),
        decide_price_claim(desk, MINE, claim_id, NO, key="k2", actor=OTHER, note="…"),
        return_exceptions=True,
    )

    assert sorted(isinstance(one, Conflict) for one in answers) == [False, True]
    assert len(await told(desk)) == 1
    found = await desk.database.read(lambda tx: find_claim(tx, claim_id))
    assert found is not None
    assert await paid_back(desk, LAPTOP) == (CLAIM_FEN if found.state is ClaimState.PAID else 0)


async def test_a_key_that_decided_something_else_is_refused(desk: Desk, claim_id: str) -> None:
    await decide_price_claim(desk, MINE, claim_id, NO, key="k1", actor=CHEN, note="没有降价")

    with pytest.raises(SameIdOtherContent):
        await decide_price_claim(desk, MINE, claim_id, YES, key="k1", actor=CHEN)
    assert await paid_back(desk, LAPTOP) == 0


@pytest.mark.parametrize("conversation_id", ["co_88001", "co_visitor"])
async def test_the_claim_of_somebody_else_reads_as_not_existing(
    desk: Desk, claim_id: str, conversation_id: str
) -> None:
    with pytest.raises(NotFound):
        await decide_price_claim(desk, conversation_id, claim_id, YES, key="k1", actor=CHEN)
    with pytest.raises(NotFound):
        await decide_price_claim(desk, MINE, "pc_none", YES, key="k1", actor=CHEN)
    assert await paid_back(desk, LAPTOP) == 0
    assert await told(desk) == []


@pytest.mark.parametrize(("left_fen", "is_paid"), [(CLAIM_FEN, True), (CLAIM_FEN - 1, False)])
async def test_no_claim_is_paid_above_what_the_order_has_left(
    desk: Desk, claim_id: str, left_fen: int, is_paid: bool
) -> None:
    order = await desk.shop.find_order("88003", LAPTOP)
    assert order is not None
    elsewhere = order.total_fen - left_fen
    await desk.shop.refund("88003", LAPTOP, elsewhere, RefundKind.RETURN, key="elsewhere")

    wish = decide_price_claim(desk, MINE, claim_id, YES, key="k1", actor=CHEN)
    if is_paid:
        assert (await wish).state is ClaimState.PAID
        return
    with pytest.raises(RefundTooHigh) as refused:
        await wish
    assert refused.value.details == {"limit_fen": left_fen}
    found = await desk.database.read(lambda tx: find_claim(tx, claim_id))
    assert found is not None
    assert (found.state, await paid_back(desk, LAPTOP)) == (ClaimState.AUDIT, elsewhere)
    assert await told(desk) == []


async def test_a_silent_shop_keeps_nobody_from_saying_no(desk: Desk, claim_id: str) -> None:
    cast("Any", desk.shop).down = {"find_order"}

    decided = await decide_price_claim(desk, MINE, claim_id, NO, key="k1", actor=CHEN, note="不符")

    assert decided.state is ClaimState.REJECTED


@pytest.mark.parametrize(("limit_fen", "people"), [(CLAIM_FEN, 1), (CLAIM_FEN - 1, 2)])
async def test_above_the_limit_a_second_person_says_yes(
    desk: Desk, claim_id: str, limit_fen: int, people: int
) -> None:
    limits = desk.settings.limits.model_copy(update={"approve_fen": limit_fen})
    desk = replace(desk, settings=replace(desk.settings, limits=limits))  # type: ignore[type-var]

    first = await decide_price_claim(desk, MINE, claim_id, YES, key="k1", actor=CHEN)
    if people == 1:
        assert first.state is ClaimState.PAID
        return
    [waiting] = (await conversation_detail(desk, MINE)).open_steps.price_claims
    with pytest.raises(Conflict):
        await decide_price_claim(desk, MINE, claim_id, YES, key="k2", actor=CHEN)
    paid_before = await paid_back(desk, LAPTOP)
    second = await decide_price_claim(desk, MINE, claim_id, YES, key="k3", actor=OTHER)

    assert (first.state, waiting.approved_by, paid_before) == (ClaimState.AUDIT, "陈组长", 0)
    assert second.state is ClaimState.PAID
    lines = [one for one in await actions_taken(desk, MINE) if one["action"] == "price_audit"]
    assert [one["second_needed"] for one in lines] == [True, False]
    entries = await desk.database.read(lambda tx: audit_entries(tx, "cu_88003"))
    assert [(row.actor_id, row.detail["claim_fen"]) for row in entries] == [
        (CHEN.id, CLAIM_FEN), (OTHER.id, CLAIM_FEN),
    ]  # fmt: skip
    assert await paid_back(desk, LAPTOP) == CLAIM_FEN
    assert len(await told(desk)) == 1
