"""Two desks write to one PostgreSQL: what the clock does happens once, and nobody deadlocks."""

from __future__ import annotations

import asyncio
import threading
from collections.abc import AsyncIterator, Callable
from contextlib import asynccontextmanager
from datetime import timedelta
from pathlib import Path
from typing import Any, cast

import pytest
from sqlalchemy import Connection
from sqlalchemy.exc import OperationalError

from console.desk.agent import Presence
from console.desk.conversation import State
from console.desk.customer import Customer
from console.desk.event import EventType
from console.desk.handoff import HandoffReason
from console.gateways.scripted_engine import ScriptedEngine
from console.services.agent import agents_are_here, leave, set_presence
from console.services.assignment import accept_handoff
from console.services.handoff import request_handoff
from console.services.hub import Hub, Signal
from console.services.message import post_agent_message, post_customer_message
from console.services.parts import Desk
from console.services.promise import make_promise, tend_promises
from console.services.resolution import close_silent
from console.services.routing import route
from console.services.turn import claim_turn
from console.settings import load_settings
from console.storage import group
from console.storage.agent import insert_agent, presence_of, seats
from console.storage.conversation import conversation, locked_head
from console.storage.database import Database
from console.storage.event import events_after
from console.storage.routing_lock import take_routing
from console.storage.schema import metadata
from tests.given import LIN, NOW, WANG
from tests.services.desk_parts import HandClock, add_conversation

COUNT = 12
IDS = [f"co_c{number:02}" for number in range(COUNT)]


class Pair:
    """Two desks without sockets. `signals`: what both said together."""

    def __init__(self, one: Desk, other: Desk, clock: HandClock, signals: list[Signal]) -> None:
        self.one, self.other, self.clock, self.signals = one, other, clock, signals

    async def both(self, do: Callable[[Desk], Any]) -> list[Any]:
        return list(await asyncio.gather(do(self.one), do(self.other)))

    async def types(self, conversation_id: str) -> list[EventType]:
        found = await self.one.database.read(lambda tx: events_after(tx, conversation_id, 0))
        return [event.type for event in found]


@pytest.fixture
async def pair(fresh_postgres: str, tmp_path: Path) -> AsyncIterator[Pair]:
    clock, signals = HandClock(NOW), cast("list[Signal]", [])
    settings = load_settings(home=tmp_path)
    async with (
        _desk(fresh_postgres, clock, signals, settings) as one,
        _desk(fresh_postgres, clock, signals, settings) as other,
    ):
        await one.database.write(_arrange)
        yield Pair(one, other, clock, signals)


@asynccontextmanager
async def _desk(
    url: str, clock: HandClock, signals: list[Signal], settings: Any
) -> AsyncIterator[Desk]:
    hub = Hub(signal_listeners=[signals.append])
    database = Database(url, hub.committed)
    metadata.create_all(database.engine)
    await database.open()
    try:
        yield Desk(database, cast("Any", None), ScriptedEngine(), hub, clock, settings)
    finally:
        await database.close()


def _arrange(tx: Connection) -> None:
    for agent in (LIN, WANG):
        insert_agent(tx, agent, "-", NOW)
    for one in IDS:
        add_conversation(tx, one, one.removeprefix("co_"))


# --- the clock ---


async def test_of_two_desks_that_route_at_once_none_offers_what_the_other_has(pair: Pair):
    for agent in (LIN, WANG):
        await set_presence(pair.one, agent, "online")
    for one in IDS:
        await request_handoff(pair.one, one, HandoffReason.WISH)

    for _ in range(10):
        await pair.both(route)

    for one in IDS:
        assert (await pair.types(one)).count(EventType.HANDOFF_OFFERED) == 1
    open_counts = [seat.open_count for seat in await pair.one.database.read(seats)]
    assert open_counts == [COUNT // 2, COUNT // 2]


async def test_a_desk_does_not_route_while_another_is_routing(pair: Pair):
    await set_presence(pair.one, LIN, "online")
    await request_handoff(pair.one, IDS[0], HandoffReason.WISH)
    decided = threading.Event()
    routing = threading.Event()

    def hold(tx: Connection) -> None:
        assert take_routing(tx)
        routing.set()
        decided.wait(10)

    held = asyncio.create_task(pair.other.database.write(hold))
    await asyncio.to_thread(routing.wait, 10)

    assert await route(pair.one) is None
    assert EventType.HANDOFF_OFFERED not in await pair.types(IDS[0])

    decided.set()
    await held
    assert await route(pair.one) == 1


async def lin_promises(pair: Pair) -> None:
    due = NOW + timedelta(hours=2)
    await make_promise(pair.one, None, IDS[0], text="核实", due_at=due, owner_id=LIN.id)


async def test_a_reminder_is_told_by_one_desk(pair: Pair):
    await lin_promises(pair)
    pair.clock.turn(hours=1, minutes=1)

    for _ in range(5):
        await pair.both(tend_promises)

    assert [signal.name for signal in pair.signals] == ["promise_due"]


async def test_a_promise_lapses_once_and_breaks_once(pair: Pair):
    await lin_promises(pair)
    for hours in (3, 12):
        pair.clock.turn(hours=hours)
        for _ in range(5):
            await pair.both(tend_promises)

    assert await pair.types(IDS[0]) == [
        EventType.PROMISE_MADE,
        EventType.PROMISE_EXTENDED,
        EventType.PROMISE_BROKEN,
    ]


async def test_a_silent_conversation_is_closed_once(pair: Pair):
    await _with_lin(pair, IDS[0])
    head = await pair.one.database.read(lambda tx: conversation(tx, IDS[0]))
    assert head.last_at is not None
    since = head.last_at

    await pair.both(lambda desk: close_silent(desk, IDS[0], since))

    assert (await pair.types(IDS[0])).count(EventType.CONVERSATION_RESOLVED) == 1


async def test_a_word_in_the_last_moment_keeps_a_conversation_open(pair: Pair):
    await _with_lin(pair, IDS[0])
    since = pair.clock.now()
    pair.clock.turn(minutes=31)
    await _says(pair.other, IDS[0], "还在")

    await close_silent(pair.one, IDS[0], since)

    head = await pair.one.database.read(lambda tx: conversation(tx, IDS[0]))
    assert head.state is State.WITH_AGENT


async def test_a_turn_is_claimed_by_one_desk(pair: Pair):
    await _says(pair.one, IDS[0], "你好")

    claims = await pair.both(lambda desk: claim_turn(desk, IDS[0], f"wk_{id(desk)}"))

    assert sorted(claim is None for claim in claims) == [False, True]


# --- who is there ---


async def test_an_agent_seen_elsewhere_since_is_not_offline(pair: Pair):
    await set_presence(pair.one, LIN, "online")
    pair.clock.turn(seconds=1)
    gone_at = pair.clock.now()
    pair.clock.turn(seconds=1)
    await agents_are_here(pair.other, [LIN.id])

    await leave(pair.one, LIN, gone_at)

    assert await pair.one.database.read(lambda tx: presence_of(tx, LIN.id)) is Presence.ONLINE


async def test_an_agent_seen_nowhere_is_offline_and_everybody_hears_it(pair: Pair):
    await set_presence(pair.one, LIN, "online")
    pair.clock.turn(seconds=1)

    await leave(pair.one, LIN, pair.clock.now())

    assert await pair.one.database.read(lambda tx: presence_of(tx, LIN.id)) is Presence.OFFLINE
    assert pair.signals[-1].body == {"agent_id": LIN.id, "status": "offline", "open": 0}


# --- groups that hold rows ---


async def test_two_groups_that_need_each_others_rows_both_finish(pair: Pair):
    assert await _cross(pair) == [None] * 4


async def test_without_leaving_the_group_one_of_them_would_fail(
    pair: Pair, monkeypatch: pytest.MonkeyPatch
):
    monkeypatch.setattr(group, "_HELD", frozenset())
    monkeypatch.setattr(group, "_lose_patience", lambda tx: None)

    errors = [result for result in await _cross(pair) if result is not None]

    assert [type(error) for error in errors] == [OperationalError]
    assert "deadlock detected" in str(errors[0])


async def test_messages_behind_a_held_row_keep_their_order(pair: Pair):
    seizing, letting_go = threading.Event(), threading.Event()

    def seize(tx: Connection) -> None:
        locked_head(tx, IDS[0])
        seizing.set()
        letting_go.wait(10)

    seized = asyncio.create_task(pair.other.database.write(seize))
    await asyncio.to_thread(seizing.wait, 10)
    writes = [
        asyncio.create_task(_says(pair.one, IDS[number % 2], f"第 {number} 条", number))
        for number in range(20)
    ]
    await asyncio.sleep(0.4)
    letting_go.set()
    await seized
    await asyncio.gather(*writes)

    for first, one in enumerate(IDS[:2]):
        stored = await pair.one.database.read(lambda tx, one=one: events_after(tx, one, 0))
        assert [event.body["text"] for event in stored] == [
            f"第 {number} 条" for number in range(first, 20, 2)
        ]


async def _cross(pair: Pair) -> list[BaseException | None]:
    """Each desk's group holds one conversation and then wants the other's."""
    both_hold = threading.Barrier(2)

    def hold_then(tx: Connection, mine: str) -> None:
        locked_head(tx, mine)
        both_hold.wait(10)

    def crossing_jobs(desk: Desk, mine: str, wanted: str) -> list[Any]:
        return [
            desk.database.write(lambda tx: hold_then(tx, mine)),
            desk.database.write(lambda tx: locked_head(tx, wanted) and None),
        ]

    a, b = IDS[0], IDS[1]
    ready = threading.Event()
    waits = [desk.database.write(lambda tx: ready.wait(10)) for desk in (pair.one, pair.other)]
    crossing = [*crossing_jobs(pair.one, a, b), *crossing_jobs(pair.other, b, a)]
    tasks = [asyncio.ensure_future(one) for one in (*waits, *crossing)]
    await asyncio.sleep(0.1)  # everything is queued behind the wait, so each desk makes one group
    ready.set()
    return list(await asyncio.gather(*tasks, return_exceptions=True))[2:]


async def _with_lin(pair: Pair, conversation_id: str) -> None:
    """She has answered; it is the customer's turn."""
    await _says(pair.one, conversation_id, "你好")
    await request_handoff(pair.one, conversation_id, HandoffReason.WISH)
    await accept_handoff(pair.one, LIN, conversation_id)
    body = {"kind": "text", "text": "请稍等"}
    await post_agent_message(pair.one, LIN, conversation_id, "answer-0001", body)


async def _says(desk: Desk, conversation_id: str, text: str, number: int = 0) -> None:
    customer = Customer(id=conversation_id.replace("co_", "cu_", 1))
    body = {"kind": "text", "text": text}
    key = f"message-{number:04}-{id(desk)}-{desk.clock.now().timestamp()}"[:64]
    await post_customer_message(desk, customer, conversation_id, key, body)
