"""Promises: made once, kept or honestly late, and never silently forgotten."""

from __future__ import annotations

import asyncio
from datetime import timedelta

import pytest

from console.desk.errors import BadRequest, SameIdOtherContent
from console.desk.event import EventType
from console.desk.message import NotAssignee
from console.desk.promise import AlreadyExtended, Promise, PromiseClosed
from console.services.assignment import take_over
from console.services.message import add_note
from console.services.promise import extend_promise, keep_promise, make_promise, tend_promises
from console.services.resolution import resolve_conversation
from console.services.transfer import transfer_conversation
from console.storage.case import case_by_id
from console.storage.promise import promises_of_case
from tests.given import LIN, WANG
from tests.services.conftest import Story


async def promised(story: Story, hours: float = 2) -> Promise:
    await take_over(story.desk, LIN, story.conversation_id)
    return await make_promise(
        story.desk,
        LIN,
        story.conversation_id,
        text="答复退款进度",
        due_at=story.clock.now() + timedelta(hours=hours),
    )


async def stored(story: Story) -> Promise:
    head = await story.head()
    found = await story.desk.database.read(lambda tx: promises_of_case(tx, head.case_id))
    return found[0]


async def told(story: Story) -> list[str]:
    return [signal.name for signal in story.signals if signal.name == "promise_due"]


async def test_the_customer_reads_what_was_promised_and_until_when(story: Story):
    await promised(story)

    event = (await story.events())[-1]
    assert event.type is EventType.PROMISE_MADE
    assert event.body["line"] == "我们承诺：答复退款进度，最晚 11月2日 14:00。"


async def test_a_repeat_is_the_promise_that_stands_and_can_be_kept(story: Story):
    due, arguments = (
        story.clock.now() + timedelta(hours=2),
        (story.desk, LIN, story.conversation_id),
    )
    await take_over(*arguments)
    first = await make_promise(*arguments, text="回电", due_at=due, key="promise-0001")
    await extend_promise(story.desk, LIN, first.id, due + timedelta(hours=1))

    again = await make_promise(*arguments, text="回电", due_at=due, key="promise-0001")
    kept = await keep_promise(story.desk, LIN, again.id)

    assert (again.id, kept.id) == (first.id, first.id)
    assert again.due_at == due + timedelta(hours=1)
    assert (await stored(story)).state == "kept"


@pytest.mark.parametrize("other", [{"text": "退款"}, {"kind": "refund"}, {"due_at": timedelta(9)}])
async def test_a_key_that_promised_something_else_is_refused(story: Story, other: dict):
    wish = {"text": "回电", "kind": "callback", "due_at": timedelta(hours=2)}
    arguments = (story.desk, LIN, story.conversation_id)
    now = story.clock.now()
    await take_over(*arguments)
    made = await make_promise(
        *arguments, **{**wish, "due_at": now + wish["due_at"]}, key="promise-0001"
    )

    changed = {**wish, **other}
    with pytest.raises(SameIdOtherContent):
        await make_promise(
            *arguments, **{**changed, "due_at": now + changed["due_at"]}, key="promise-0001"
        )
    assert await stored(story) == made


async def test_a_note_is_never_another_note(story: Story):
    first = await add_note(story.desk, LIN, story.conversation_id, "note-0001", "已核实")

    again = await add_note(story.desk, LIN, story.conversation_id, "note-0001", "已核实")
    with pytest.raises(SameIdOtherContent):
        await add_note(story.desk, LIN, story.conversation_id, "note-0001", "没核实")

    assert again == first
    assert [event.body["text"] for event in await story.events()] == ["已核实"]


async def test_a_promise_cannot_be_due_in_the_past(story: Story):
    with pytest.raises(BadRequest):
        await promised(story, hours=-1)
    assert [event.type for event in await story.events()] == [EventType.AGENT_JOINED]


async def test_the_owner_is_reminded_at_half_time_and_fifteen_minutes_before(story: Story):
    await promised(story)
    steps = []
    for minutes in (59, 2, 43, 2):  # 0:59, 1:01, 1:44, 1:46
        story.clock.turn(minutes=minutes)
        await tend_promises(story.desk)
        steps.append(len(await told(story)))

    assert steps == [0, 1, 1, 2]


async def test_a_promise_that_lapses_is_extended_once_and_the_customer_is_told(story: Story):
    await promised(story)
    story.clock.turn(hours=2)

    await tend_promises(story.desk)
    await tend_promises(story.desk)

    late = [e for e in await story.events() if e.type is EventType.PROMISE_EXTENDED]
    assert len(late) == 1
    assert late[0].body["line"].startswith("我们承诺过“答复退款进度”，目前还没有完成，很抱歉。")
    assert (await stored(story)).state == "extended"


async def test_after_the_second_time_it_is_broken(story: Story):
    await promised(story)
    for _ in range(2):
        story.clock.turn(hours=5)
        await tend_promises(story.desk)

    assert (await stored(story)).state == "broken"
    assert (await story.events())[-1].type is EventType.PROMISE_BROKEN


async def test_a_kept_promise_is_never_reminded_of(story: Story):
    promise = await promised(story)
    await keep_promise(story.desk, LIN, promise.id, "已电话答复")
    story.clock.turn(hours=5)

    await tend_promises(story.desk)

    assert await told(story) == []
    with pytest.raises(PromiseClosed):
        await keep_promise(story.desk, LIN, promise.id)


async def test_a_promise_may_be_extended_once(story: Story):
    promise = await promised(story)
    later = story.clock.now() + timedelta(hours=6)
    await extend_promise(story.desk, LIN, promise.id, later)

    with pytest.raises(AlreadyExtended):
        await extend_promise(story.desk, LIN, promise.id, later + timedelta(hours=1))
    assert (await stored(story)).due_at == later


async def test_a_case_with_an_open_promise_is_not_resolved(story: Story):
    await promised(story)
    await resolve_conversation(
        story.desk, LIN, story.conversation_id, {"category": "refund", "result": "solved"}
    )

    head = await story.head()
    case = await story.desk.database.read(lambda tx: case_by_id(tx, head.case_id))
    assert case.state == "waiting"


async def test_the_same_key_promises_once(story: Story):
    due = story.clock.now() + timedelta(hours=2)
    for _ in range(2):
        await make_promise(
            story.desk, None, story.conversation_id, text="给您答复", due_at=due, key="turn-1:0"
        )

    head = await story.head()
    found = await story.desk.database.read(lambda tx: promises_of_case(tx, head.case_id))
    assert len(found) == 1


async def test_who_hands_the_conversation_on_at_that_moment_promises_nothing_in_it(story: Story):
    """The command was sent while the conversation was Lin's, and is stored when it is Wang's."""
    due, whose = story.clock.now() + timedelta(hours=2), (LIN, story.conversation_id)
    await take_over(story.desk, *whose)
    made = await make_promise(story.desk, *whose, text="回电", due_at=due, key="promise-0001")

    handing_on, promising = await asyncio.gather(
        transfer_conversation(story.desk, *whose, note="请接着办", to_agent_id=WANG.id),
        make_promise(story.desk, *whose, text="答复", due_at=due, key="promise-0002"),
        return_exceptions=True,
    )
    again = await make_promise(story.desk, *whose, text="回电", due_at=due, key="promise-0001")

    assert not isinstance(handing_on, BaseException)
    assert isinstance(promising, NotAssignee)
    assert again == made
    assert [event.type for event in await story.events()].count(EventType.PROMISE_MADE) == 1
