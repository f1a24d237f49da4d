"""The hot path: acknowledged means stored, once, in order – on both databases."""

from __future__ import annotations

import asyncio

import pytest

from console.desk.conversation import Conversation, apply
from console.desk.errors import NotFound, SameIdOtherContent
from console.desk.event import Actor, ActorKind, EventType, NewEvent
from console.desk.message import ConversationResolved, NotAssignee, text_body
from console.storage import message as message_rows
from console.storage.conversation import conversation
from console.storage.database import Database
from console.storage.event import events_after, record
from console.storage.message import NewMessage
from tests.given import NOW

CUSTOMER = Actor(ActorKind.CUSTOMER, "cu_1", "访客")


def message(number: int, text: str | None = None, conversation_id: str = "co_1") -> NewMessage:
    body = text_body(text or f"第 {number} 条")
    return NewMessage(conversation_id, CUSTOMER, f"message-{number:04}", body, NOW)


async def test_numbers_are_gap_free_and_in_the_order_of_arrival(database, conversation_id):
    receipts = await asyncio.gather(*(database.append(message(n)) for n in range(200)))

    assert [receipt.seq for receipt in receipts] == list(range(1, 201))
    stored = await database.read(lambda tx: events_after(tx, conversation_id, 0, limit=500))
    assert [event.body["text"] for event in stored] == [f"第 {n} 条" for n in range(200)]
    assert [event.prev_public for event in stored] == list(range(200))


async def test_a_repeat_gets_the_first_receipt_and_stores_nothing(database, conversation_id):
    first = await database.append(message(1))

    repeats = await asyncio.gather(*(database.append(message(1)) for _ in range(50)))

    assert set(repeats) == {first}
    assert (await head(database)).last_seq == 1


async def test_fifty_parallel_firsts_store_one_row(database, conversation_id):
    receipts = await asyncio.gather(*(database.append(message(1)) for _ in range(50)))

    assert len(set(receipts)) == 1
    assert (await head(database)).last_seq == 1


async def test_a_repeat_among_new_messages_holds_nobody_up(database, conversation_id):
    first = await database.append(message(1))

    receipts = await asyncio.gather(*(database.append(message(n)) for n in (2, 1, 3, 2)))

    assert [receipt.seq for receipt in receipts] == [2, 1, 3, 2]
    assert receipts[1] == first
    assert (await head(database)).last_seq == 3


async def test_without_the_look_at_stored_ids_a_repeat_has_no_receipt(
    database, conversation_id, monkeypatch
):
    await database.append(message(1))
    monkeypatch.setattr(message_rows, "_stored", lambda cursor, speech, messages: {})

    with pytest.raises(message_rows.RepeatFound):
        await database.append(message(1))
    assert (await head(database)).last_seq == 1


async def test_without_the_unique_id_a_repeat_would_be_stored_twice(database, conversation_id):
    await database.append(message(1))
    await database.write(lambda tx: tx.exec_driver_sql("DROP INDEX uq_event_client_msg_id"))

    await database.append(message(1))

    assert (await head(database)).last_seq == 2


async def test_the_same_id_with_other_content_is_an_error(database, conversation_id):
    await database.append(message(1))

    with pytest.raises(SameIdOtherContent):
        await database.append(message(1, "anderer Inhalt"))
    assert (await head(database)).last_seq == 1


async def test_one_bad_message_does_not_fail_its_group(database, conversation_id):
    results = await asyncio.gather(
        database.append(message(1)),
        database.append(message(2, conversation_id="co_none")),
        database.append(message(3)),
        return_exceptions=True,
    )

    assert [getattr(result, "seq", type(result)) for result in results] == [1, NotFound, 2]


async def test_one_bad_use_case_undoes_only_itself(database, conversation_id):
    def fails(tx):
        record(tx, conversation_id, [NewEvent(EventType.NOTE_ADDED, CUSTOMER, {})], NOW)
        raise ValueError("after writing")

    results = await asyncio.gather(
        database.append(message(1)),
        database.write(fails),
        database.append(message(2)),
        return_exceptions=True,
    )

    assert isinstance(results[1], ValueError)
    assert (await head(database)).last_seq == 2


async def test_a_closed_conversation_takes_no_message(database, conversation_id):
    resolved = NewEvent(EventType.CONVERSATION_RESOLVED, CUSTOMER, {})
    await database.write(lambda tx: record(tx, conversation_id, [resolved], NOW))

    with pytest.raises(ConversationResolved):
        await database.append(message(1))
    assert (await head(database)).last_seq == 1


async def test_only_the_assignee_may_write_as_an_agent(database, conversation_id):
    other = Actor(ActorKind.AGENT, "ag_lin", "小林")

    with pytest.raises(NotAssignee):
        await database.append(NewMessage("co_1", other, "agent-0001", text_body("您好"), NOW))
    assert (await head(database)).last_seq == 0


async def test_the_head_equals_the_replayed_events(database, conversation_id):
    lin = Actor(ActorKind.AGENT, "ag_lin", "小林")
    await database.append(message(1))
    await database.write(
        lambda tx: record(
            tx,
            conversation_id,
            [
                NewEvent(EventType.HANDOFF_REQUESTED, CUSTOMER, {"queue": "general"}),
                NewEvent(EventType.AGENT_JOINED, lin, {"agent_id": "ag_lin"}),
                NewEvent(EventType.NOTE_ADDED, lin, {"text": "内部"}),
            ],
            NOW,
        )
    )
    await asyncio.gather(*(database.append(message(n)) for n in range(2, 6)))
    await database.append(NewMessage("co_1", lin, "agent-0001", text_body("您好"), NOW))

    replayed = Conversation(id="co_1", customer_id="cu_1", case_id="ca_1")
    for event in await database.read(lambda tx: events_after(tx, conversation_id, 0)):
        replayed = apply(replayed, event)
    assert replayed == await head(database)
    assert replayed.unread == 0


async def head(database: Database) -> Conversation:
    return await database.read(lambda tx: conversation(tx, "co_1"))
