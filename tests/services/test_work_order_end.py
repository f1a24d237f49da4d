"""Who finishes a work order or calls it off tells the customer, and the ledger follows."""

from __future__ import annotations

import asyncio
from collections.abc import AsyncIterator
from dataclasses import replace
from datetime import timedelta

import pytest

from console.desk.errors import Conflict, NotFound, SameIdOtherContent
from console.desk.event import EventType
from console.desk.promise import PromiseClosed, PromiseState
from console.desk.work_order import WorkOrder, WorkOrderKind, WorkOrderRequest, WorkOrderState
from console.services.complaint import file_complaint
from console.services.hub import Hub
from console.services.message import agent_actor
from console.services.parts import Desk
from console.services.promise import keep_promise, tend_promises
from console.services.work_order import open_work_order, work_orders_of
from console.services.work_order_end import end_work_order
from console.storage.agent import insert_agent
from console.storage.event import events_after
from console.storage.promise import promises_of_case
from tests.given import LIN, WANG
from tests.services.conftest import Story
from tests.services.desk_parts import NOON, running_desk

MINE, ACTOR, OTHER = "co_88001", agent_actor(LIN), agent_actor(WANG)
ORDER = "620026071317"
DONE, CANCELLED = WorkOrderState.DONE, WorkOrderState.CANCELLED
STUCK = WorkOrderRequest(
    kind=WorkOrderKind.CARRIER_CHECK, text="两天没有更新", answer_within=timedelta(hours=24)
)


@pytest.fixture
async def desk(sqlite_url: str) -> AsyncIterator[Desk]:
    async with running_desk(sqlite_url) as desk:
        for agent in (LIN, WANG):
            await desk.database.write(lambda tx, agent=agent: insert_agent(tx, agent, "-", NOON))
        yield desk


@pytest.fixture
async def opened(desk: Desk) -> WorkOrder:
    return await open_work_order(desk, MINE, STUCK, key="turn-1:0")


async def told(desk: Desk) -> list[str]:
    events = await desk.database.read(lambda tx: events_after(tx, MINE, 0))
    return [e.body["text"] for e in events if e.type is EventType.MESSAGE_POSTED]


async def promise_states(desk: Desk) -> list[PromiseState]:
    found = await desk.database.read(lambda tx: promises_of_case(tx, "ca_88001"))
    return [one.state for one in found]


@pytest.mark.parametrize(
    ("state", "words", "promise"),
    [(DONE, "处理好了", PromiseState.KEPT), (CANCELLED, "已取消", PromiseState.VOID)],
)
async def test_the_customer_is_told_once_and_the_promise_follows(
    desk: Desk, opened: WorkOrder, state: WorkOrderState, words: str, promise: PromiseState
) -> None:
    number = opened.work_order_no
    for _ in range(2):
        over = await end_work_order(
            desk, MINE, number, state, key="k1", actor=ACTOR, note="包裹明天送到"
        )

    assert (over.state, over.details["result"], over.closed_at) == (state, "包裹明天送到", NOON)
    assert await told(desk) == [f"物流核查工单 {number} {words}：包裹明天送到"]
    assert await promise_states(desk) == [promise]
    assert await work_orders_of(desk, MINE) == [over]


async def test_of_two_who_end_it_at_once_one_wins(desk: Desk, opened: WorkOrder) -> None:
    number = opened.work_order_no

    answers = await asyncio.gather(
        end_work_order(desk, MINE, number, DONE, key="k1", actor=ACTOR, note="找到了"),
        end_work_order(desk, MINE, number, CANCELLED, key="k2", actor=OTHER, note="不用了"),
        return_exceptions=True,
    )

    assert [type(one) for one in answers] == [WorkOrder, Conflict]
    assert len(await told(desk)) == 1
    assert await promise_states(desk) == [PromiseState.KEPT]


async def test_a_key_that_ended_it_otherwise_is_refused(desk: Desk, opened: WorkOrder) -> None:
    number = opened.work_order_no
    await end_work_order(desk, MINE, number, DONE, key="k1", actor=ACTOR, note="找到了")

    with pytest.raises(SameIdOtherContent):
        await end_work_order(desk, MINE, number, CANCELLED, key="k1", actor=ACTOR, note="找到了")
    assert len(await told(desk)) == 1


@pytest.mark.parametrize("conversation_id", ["co_88002", "co_visitor"])
async def test_that_of_another_customer_reads_as_not_existing(
    desk: Desk, opened: WorkOrder, conversation_id: str
) -> None:
    with pytest.raises(NotFound):
        await end_work_order(
            desk, conversation_id, opened.work_order_no, DONE, key="k1", actor=ACTOR, note="好了"
        )
    assert await work_orders_of(desk, MINE) == [opened]
    assert await told(desk) == []


async def test_a_promise_that_broke_before_stays_broken(desk: Desk, opened: WorkOrder) -> None:
    object.__setattr__(desk, "hub", Hub())
    for _ in range(2):
        desk.clock.turn(hours=25)  # type: ignore[attr-defined]
        await tend_promises(desk)

    await end_work_order(
        desk, MINE, opened.work_order_no, DONE, key="k1", actor=ACTOR, note="找到了"
    )

    assert await promise_states(desk) == [PromiseState.BROKEN]


async def test_calling_it_off_after_the_promised_time_does_not_wash_the_promise_clean(
    desk: Desk, opened: WorkOrder
) -> None:
    """A second before the time it is void; from then on it is broken, whatever is done."""
    other = await open_work_order(desk, MINE, replace(STUCK, line_id=None, order_no=ORDER), key="2")
    desk.clock.turn(hours=24, seconds=-1)  # type: ignore[attr-defined]
    await end_work_order(
        desk, MINE, opened.work_order_no, CANCELLED, key="k1", actor=ACTOR, note="签收了"
    )
    desk.clock.turn(seconds=1)  # type: ignore[attr-defined]
    await end_work_order(
        desk, MINE, other.work_order_no, CANCELLED, key="k2", actor=ACTOR, note="签收了"
    )

    promises = await desk.database.read(lambda tx: promises_of_case(tx, "ca_88001"))
    assert {(one.id, one.state, one.evidence) for one in promises} == {
        (opened.promise_id, PromiseState.VOID, "签收了"),
        (other.promise_id, PromiseState.BROKEN, "签收了"),
    }


async def test_a_void_promise_is_told_and_makes_no_complaint_graver(
    desk: Desk, opened: WorkOrder
) -> None:
    object.__setattr__(desk, "hub", Hub())
    await end_work_order(
        desk, MINE, opened.work_order_no, CANCELLED, key="k1", actor=ACTOR, note="签收了"
    )
    desk.clock.turn(hours=60)  # type: ignore[attr-defined]
    await tend_promises(desk)

    filed = await file_complaint(desk, MINE, "送货态度差", wish=None, order_no=None, key="turn-2:0")
    events = await desk.database.read(lambda tx: events_after(tx, MINE, 0))
    closed = [e for e in events if e.type in {EventType.PROMISE_VOIDED, EventType.PROMISE_BROKEN}]
    assert filed.work_order.severity == 1
    assert [(e.type, e.actor, e.public, e.body["state"]) for e in closed] == [
        (EventType.PROMISE_VOIDED, ACTOR, True, "void")
    ]
    assert (await promise_states(desk))[0] is PromiseState.VOID


async def test_a_void_promise_takes_no_further_step(desk: Desk, opened: WorkOrder) -> None:
    await end_work_order(
        desk, MINE, opened.work_order_no, CANCELLED, key="k1", actor=ACTOR, note="签收了"
    )

    with pytest.raises(PromiseClosed):
        await keep_promise(desk, LIN, opened.promise_id or "", "找到了")
    assert await promise_states(desk) == [PromiseState.VOID]


async def _complained(desk: Desk) -> WorkOrder:
    filed = await file_complaint(desk, MINE, "送货态度差", wish=None, order_no=None, key="turn-1:0")
    return filed.work_order


@pytest.mark.parametrize(
    ("state", "promise"), [(DONE, PromiseState.KEPT), (CANCELLED, PromiseState.VOID)]
)
async def test_a_complaint_that_is_over_owes_no_plan_any_more(
    desk: Desk, state: WorkOrderState, promise: PromiseState
) -> None:
    object.__setattr__(desk, "hub", Hub())
    complaint = await _complained(desk)

    await end_work_order(
        desk, MINE, complaint.work_order_no, state, key="k1", actor=ACTOR, note="已致歉"
    )
    before = await told(desk)
    desk.clock.turn(hours=80)  # type: ignore[attr-defined]
    await tend_promises(desk)

    assert await promise_states(desk) == [promise] * 3
    assert await told(desk) == before
    assert len(before) == 1


async def test_a_complaint_whose_end_was_kept_as_a_promise_owes_no_plan_either(
    desk: Desk,
) -> None:
    complaint = await _complained(desk)

    await keep_promise(desk, LIN, complaint.promise_id or "", "已致歉")

    assert await promise_states(desk) == [PromiseState.KEPT] * 3


async def test_what_another_complaint_owes_stays_open(desk: Desk) -> None:
    """The negative control: only the promises of the one that ended are over."""
    complaint = await _complained(desk)
    other = await file_complaint(
        desk, MINE, "发错了还不认", wish=None, order_no="620026071317", key="turn-2:0"
    )

    await end_work_order(
        desk, MINE, complaint.work_order_no, DONE, key="k1", actor=ACTOR, note="已致歉"
    )

    assert sorted(await promise_states(desk)) == [PromiseState.KEPT] * 3 + [PromiseState.OPEN] * 3
    standing = [one for one in await work_orders_of(desk, MINE) if one.is_open]
    assert standing == [other.work_order]


async def test_both_databases_end_a_work_order(story: Story) -> None:
    opened = await open_work_order(story.desk, story.conversation_id, STUCK, key="turn-1:0")

    await end_work_order(
        story.desk, story.conversation_id, opened.work_order_no, DONE,
        key="k1", actor=ACTOR, note="找到了",
    )  # fmt: skip

    [over] = await work_orders_of(story.desk, story.conversation_id)
    assert over.state is DONE
    assert (await story.texts())[-1] == f"物流核查工单 {opened.work_order_no} 处理好了：找到了"
