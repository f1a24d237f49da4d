"""What agents wrote and nobody read is found for many conversations at once, on both databases."""

from __future__ import annotations

import pytest
from sqlalchemy import Connection

from console.desk.conversation import Conversation
from console.desk.event import SYSTEM, Actor, ActorKind, EventType, NewEvent
from console.desk.message import text_body
from console.storage.agent_words import last_seqs, mark_read, unread_messages, unread_words
from console.storage.conversation import insert_conversation
from console.storage.database import Database
from console.storage.event import record
from tests.given import LIN, NOW

AGENT = Actor(ActorKind.AGENT, LIN.id, LIN.name)
CUSTOMER = Actor(ActorKind.CUSTOMER, "cu_1", "访客")
JOINED = NewEvent(EventType.AGENT_JOINED, SYSTEM, {"agent_id": LIN.id})


def said(actor: Actor, text: str) -> NewEvent:
    return NewEvent(EventType.MESSAGE_POSTED, actor, text_body(text))


@pytest.fixture
async def two_held(database: Database, conversation_id: str) -> list[str]:
    """Two that an agent holds; a third stays with the bot."""

    def arrange(tx: Connection) -> None:
        for number in (2, 3):
            head = Conversation(id=f"co_{number}", customer_id="cu_1", case_id="ca_1")
            insert_conversation(tx, head, NOW)
        record(tx, "co_3", [said(CUSTOMER, "在吗")], NOW)
        record(tx, "co_2", [JOINED, said(AGENT, "请问哪一单"), said(CUSTOMER, "上一单")], NOW)
        record(tx, "co_1", [JOINED, said(AGENT, "您好"), said(AGENT, "请报一下手机号")], NOW)

    await database.write(arrange)
    return ["co_1", "co_2"]


async def test_only_what_agents_wrote_is_unread(database: Database, two_held: list[str]):
    assert await database.read(unread_words) == two_held

    unread = await database.read(lambda tx: unread_messages(tx, two_held))

    found = [(event.conversation_id, event.seq, event.body["text"]) for event in unread]
    assert found == [("co_1", 2, "您好"), ("co_1", 3, "请报一下手机号"), ("co_2", 2, "请问哪一单")]
    ends = await database.read(lambda tx: last_seqs(tx, ["co_1", "co_2", "co_3"]))
    assert ends == {"co_1": 3, "co_2": 3}


async def test_what_was_read_is_not_found_again_and_reading_never_goes_back(
    database: Database, two_held: list[str]
):
    await database.write(lambda tx: mark_read(tx, {"co_2": 3, "co_1": 2}))
    await database.write(lambda tx: mark_read(tx, {"co_2": 1}))

    assert await database.read(unread_words) == ["co_1"]
    unread = await database.read(lambda tx: unread_messages(tx, two_held))
    assert [(event.conversation_id, event.seq) for event in unread] == [("co_1", 3)]
