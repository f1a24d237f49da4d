"""Work orders are opened once per matter, for own orders only, with a promise in the ledger."""

from __future__ import annotations

import asyncio
from collections.abc import AsyncIterator
from dataclasses import replace
from datetime import timedelta

import pytest
from sqlalchemy import Connection

from console.desk.conversation import Conversation
from console.desk.errors import NotFound, SameIdOtherContent
from console.desk.promise import Promise
from console.desk.work_order import WorkOrderKind, WorkOrderRequest, WorkOrderState
from console.services.assignment import take_over
from console.services.complaint import FiledComplaint, file_complaint
from console.services.message import post_agent_message
from console.services.parts import Desk
from console.services.promise import keep_promise, tend_promises
from console.services.work_order import open_work_order, work_orders_of
from console.storage.agent import insert_agent
from console.storage.conversation import insert_conversation
from console.storage.database import Database
from console.storage.event import events_after
from console.storage.policy import install_policies
from console.storage.promise import promises_of_case
from console.storage.work_order import work_orders
from tests.given import LIN
from tests.services.conftest import Story
from tests.services.desk_parts import NOON, actions_taken, count, running_desk

MINE, OTHERS = "620026071317", "620026074721"  # of customers 88001 and 88002
STUCK = WorkOrderRequest(
    kind=WorkOrderKind.CARRIER_CHECK,
    text="两天没有更新",
    order_no=MINE,
    answer_within=timedelta(hours=24),
)


@pytest.fixture
async def desk(sqlite_url: str) -> AsyncIterator[Desk]:
    async with running_desk(sqlite_url) as desk:
        yield desk


async def ledger(desk: Desk, case_id: str = "ca_88001") -> list[Promise]:
    return await desk.database.read(lambda tx: promises_of_case(tx, case_id))


async def test_a_work_order_has_a_number_and_a_promise_with_its_time(desk: Desk) -> None:
    order = await open_work_order(desk, "co_88001", STUCK, key="turn-1:0")

    promises = await ledger(desk)
    assert order.work_order_no.startswith("TK")
    assert order.work_order_no[2:].isdigit()
    assert (order.state, order.order_no) == (WorkOrderState.OPEN, MINE)
    assert [(one.id, one.text) for one in promises] == [(order.promise_id, "给出物流核查结果")]
    assert order.due_at == promises[0].due_at == NOON + timedelta(hours=24)
    assert (await actions_taken(desk, "co_88001"))[0]["work_order_no"] == order.work_order_no


async def test_a_repeat_and_the_same_matter_open_nothing_twice(desk: Desk) -> None:
    first = await open_work_order(desk, "co_88001", STUCK, key="turn-1:0")

    repeat = await open_work_order(desk, "co_88001", STUCK, key="turn-1:0")
    again = await open_work_order(desk, "co_88001", STUCK, key="turn-2:0")

    assert repeat == again == first
    assert await count(desk, work_orders) == 1
    assert len(await ledger(desk)) == 1


async def test_another_order_is_another_matter(desk: Desk) -> None:
    first = await open_work_order(desk, "co_88001", STUCK, key="turn-1:0")
    other = WorkOrderRequest(kind=STUCK.kind, text="也没动", order_no="620026072458")

    second = await open_work_order(desk, "co_88001", other, key="turn-2:0")

    assert second.work_order_no != first.work_order_no
    assert second.promise_id is None
    newest_first = await work_orders_of(desk, "co_88001")
    assert {one.work_order_no for one in newest_first} == {
        first.work_order_no,
        second.work_order_no,
    }


async def test_a_key_of_another_conversation_is_refused(desk: Desk) -> None:
    await open_work_order(desk, "co_88001", STUCK, key="turn-1:0")
    wish = WorkOrderRequest(kind=STUCK.kind, text="…", order_no=OTHERS)

    with pytest.raises(SameIdOtherContent):
        await open_work_order(desk, "co_88002", wish, key="turn-1:0")
    assert await work_orders_of(desk, "co_88002") == []


@pytest.mark.parametrize(
    ("conversation_id", "order_no", "line_id"),
    [
        ("co_88001", OTHERS, None),
        ("co_88001", "999999999999", None),
        ("co_88001", MINE, f"{OTHERS}-1"),
        ("co_visitor", MINE, None),
    ],
)
async def test_foreign_and_unknown_orders_get_the_same_answer_and_open_nothing(
    desk: Desk, conversation_id: str, order_no: str, line_id: str | None
) -> None:
    wish = WorkOrderRequest(kind=STUCK.kind, text="…", order_no=order_no, line_id=line_id)

    with pytest.raises(NotFound):
        await open_work_order(desk, conversation_id, wish, key="turn-1:0")
    assert await count(desk, work_orders) == 0


async def test_keeping_the_promise_closes_the_work_order_with_the_result(desk: Desk) -> None:
    await desk.database.write(lambda tx: insert_agent(tx, LIN, "-", NOON))
    order = await open_work_order(desk, "co_88001", STUCK, key="turn-1:0")

    await keep_promise(desk, LIN, order.promise_id or "", "明天送到")
    after = await open_work_order(desk, "co_88001", STUCK, key="turn-2:0")

    every = {one.work_order_no: one for one in await work_orders_of(desk, "co_88001")}
    ended = every[order.work_order_no]
    assert (ended.state, ended.details["result"]) == (WorkOrderState.DONE, "明天送到")
    assert after.work_order_no != order.work_order_no


async def test_a_complaint_says_who_answers_plans_and_closes_until_when(desk: Desk) -> None:
    filed = await file_complaint(
        desk, "co_88001", "不处理就找律师", wish="退款", order_no=MINE, key="turn-1:0"
    )

    owed = [(one.kind.value, one.due_at - NOON) for one in await ledger(desk)]
    assert owed == [
        ("first_answer", timedelta(minutes=5)),
        ("other", timedelta(hours=24)),
        ("answer", timedelta(hours=72)),
    ]
    order = filed.work_order
    assert (order.kind, order.severity) == (WorkOrderKind.COMPLAINT, 3)
    assert order.details == {"wish": "退款"}
    told = (filed.answered_by, filed.planned_by, order.due_at)
    assert told == tuple(one.due_at for one in await ledger(desk))


async def test_the_times_of_a_complaint_are_told_once_and_not_as_three_lines(desk: Desk) -> None:
    await file_complaint(
        desk, "co_88001", "不处理就找律师", wish=None, order_no=MINE, key="turn-1:0"
    )

    stored = await desk.database.read(lambda tx: events_after(tx, "co_88001", 0, limit=50))
    made = [one.public for one in stored if one.type == "promise_made"]
    assert made == [False, False, False]


async def test_any_other_work_order_tells_its_promise(desk: Desk) -> None:
    """The negative control."""
    await open_work_order(desk, "co_88001", STUCK, key="turn-1:0")

    stored = await desk.database.read(lambda tx: events_after(tx, "co_88001", 0, limit=50))
    assert [one.public for one in stored if one.type == "promise_made"] == [True]


async def test_a_second_complaint_about_the_same_adds_words_and_no_promise(desk: Desk) -> None:
    first = await file_complaint(
        desk, "co_88001", "快递乱扔", wish=None, order_no=None, key="turn-1:0"
    )

    second = await file_complaint(
        desk, "co_88001", "还骂人", wish=None, order_no=None, key="turn-2:0"
    )

    assert second.work_order.work_order_no == first.work_order.work_order_no
    assert second.work_order.text == "快递乱扔\n还骂人"
    assert (second.answered_by, second.planned_by) == (None, None)
    assert len(await ledger(desk)) == 3


async def test_of_many_first_complaints_at_once_one_makes_the_promises(story: Story) -> None:
    await _install(story)

    filed = await asyncio.gather(*(_complains(story.desk, "co_visitor", n) for n in range(8)))

    assert len({one.work_order.work_order_no for one in filed}) == 1
    assert len([one for one in filed if one.answered_by is not None]) == 1
    assert len(await _owed(story.desk, "ca_visitor")) == 3


async def test_complaints_about_two_things_at_once_are_two(desk: Desk) -> None:
    """The negative control: not every second complaint is a repeat of the first."""
    about = [MINE, None] * 4

    filed = await asyncio.gather(
        *(_complains(desk, "co_88001", n, order_no) for n, order_no in enumerate(about))
    )

    assert len({one.work_order.work_order_no for one in filed}) == 2
    assert len([one for one in filed if one.answered_by is not None]) == 2
    assert len(await ledger(desk)) == 6


async def test_two_desks_and_two_conversations_of_a_customer_make_one_complaint(
    fresh_postgres: str,
) -> None:
    async with running_desk(fresh_postgres) as desk:
        await desk.database.write(_second_conversation)
        database = Database(fresh_postgres)
        await database.open()
        twin = replace(desk, database=database)

        sides = (("co_88001", desk), ("co_again", twin))
        filed = await asyncio.gather(
            *(_complains(one, talk, n) for n in range(6) for talk, one in sides)
        )
        await database.close()

        assert len({one.work_order.work_order_no for one in filed}) == 1
        assert len(await ledger(desk)) == 3


def _second_conversation(tx: Connection) -> None:
    head = Conversation(id="co_again", customer_id="cu_88001", case_id="ca_88001")
    insert_conversation(tx, head, NOON)


async def _complains(
    desk: Desk, conversation_id: str, n: int, order_no: str | None = None
) -> FiledComplaint:
    return await file_complaint(
        desk, conversation_id, f"送货态度差 {n}", wish=None, order_no=order_no,
        key=f"turn-{conversation_id}-{n}:0",
    )  # fmt: skip


async def _owed(desk: Desk, case_id: str) -> list[Promise]:
    return await desk.database.read(lambda tx: promises_of_case(tx, case_id))


async def test_the_same_key_again_tells_the_same_times_whatever_came_since(desk: Desk) -> None:
    first = await _complains(desk, "co_88001", 1)
    desk.clock.turn(hours=1)  # type: ignore[attr-defined]
    await _complains(desk, "co_88001", 2)

    again = await _complains(desk, "co_88001", 1)

    assert (again.answered_by, again.planned_by) == (first.answered_by, first.planned_by)
    assert again.work_order.work_order_no == first.work_order.work_order_no
    assert len(await ledger(desk)) == 3


async def _complaint(story: Story) -> None:
    wish = WorkOrderRequest(kind=WorkOrderKind.COMPLAINT, text="态度差")
    await open_work_order(story.desk, story.conversation_id, wish, key="turn-1:0")


async def test_both_databases_keep_a_work_order(story: Story) -> None:
    await _complaint(story)
    await _complaint(story)

    found = await work_orders_of(story.desk, story.conversation_id)
    assert [(one.kind, one.text) for one in found] == [(WorkOrderKind.COMPLAINT, "态度差")]


async def _first_answer_state(story: Story) -> str:
    head = await story.head()
    found = await story.desk.database.read(lambda tx: promises_of_case(tx, head.case_id))
    return next(one.state.value for one in found if one.kind == "first_answer")


@pytest.mark.parametrize(("answers", "state"), [(True, "kept"), (False, "extended")])
async def test_the_first_answer_is_kept_by_the_message_itself(
    story: Story, answers: bool, state: str
) -> None:
    await _install(story)
    await file_complaint(
        story.desk, story.conversation_id, "态度差", wish=None, order_no=None, key="turn-1:0"
    )
    await take_over(story.desk, LIN, story.conversation_id)
    if answers:
        body = {"kind": "text", "text": "我来处理"}
        await post_agent_message(story.desk, LIN, story.conversation_id, "answer-0001", body)
    story.clock.turn(minutes=16)

    await tend_promises(story.desk)

    assert await _first_answer_state(story) == state


async def _install(story: Story) -> None:
    await story.desk.database.write(install_policies)
