"""A desk with two agents, a customer and a bot that says what the test tells it to."""

from __future__ import annotations

from collections.abc import AsyncIterator
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any, cast

import pytest

from console.desk.agent import Agent
from console.desk.case import ContextCard
from console.desk.conversation import Conversation
from console.desk.customer import Customer
from console.desk.event import Event, EventType
from console.gateways.demo_shop import DemoShop
from console.gateways.scripted_engine import ScriptedEngine
from console.services.agent import set_presence
from console.services.hub import Hub, Signal
from console.services.message import post_customer_message
from console.services.parts import Desk
from console.services.routing import route
from console.services.turn import claim_turn, finish_turn
from console.services.turn_step import ask_engine
from console.settings import load_settings
from console.storage.agent import insert_agent
from console.storage.case import context_card
from console.storage.conversation import conversation
from console.storage.database import Database
from console.storage.event import events_after
from console.storage.schema import metadata
from tests.given import LIN, NOW, WANG
from tests.services.desk_parts import HandClock, add_conversation


@dataclass
class Story:
    """The desk, and short words for what people do in tests."""

    desk: Desk
    clock: HandClock
    engine: ScriptedEngine
    signals: list[Signal]
    customer: Customer = field(default_factory=lambda: Customer(id="cu_visitor"))
    conversation_id: str = "co_visitor"
    _said: int = 0

    async def says(self, text: str) -> int:
        """The customer writes; returns the seq."""
        self._said += 1
        receipt = await post_customer_message(
            self.desk,
            self.customer,
            self.conversation_id,
            f"message-{self._said:04}",
            {"kind": "text", "text": text},
        )
        return receipt.seq

    async def bot_turn(self, owner: str = "wk_1") -> bool:
        claim = await claim_turn(self.desk, self.conversation_id, owner)
        if claim is None:
            return False
        outcome = await ask_engine(self.desk, claim)
        return await finish_turn(self.desk, claim, outcome)

    async def comes_online(self, agent: Agent) -> None:
        await set_presence(self.desk, agent, "online")
        await route(self.desk)

    async def head(self) -> Conversation:
        return await self.desk.database.read(lambda tx: conversation(tx, self.conversation_id))

    async def events(self) -> list[Event]:
        return await self.desk.database.read(lambda tx: events_after(tx, self.conversation_id, 0))

    async def texts(self) -> list[str]:
        """What was said, oldest first."""
        return [
            str(event.body.get("text"))
            for event in await self.events()
            if event.type is EventType.MESSAGE_POSTED
        ]

    async def card(self) -> ContextCard:
        head = await self.head()
        return await self.desk.database.read(lambda tx: context_card(tx, head.case_id))


@pytest.fixture
async def story(database_url: str, tmp_path: Path) -> AsyncIterator[Story]:
    """Runs on both databases."""
    signals: list[Signal] = []
    hub = Hub(signal_listeners=[signals.append])
    database = Database(database_url, hub.committed)
    metadata.create_all(database.engine)
    await database.open()
    clock, engine = HandClock(NOW), ScriptedEngine()
    desk = Desk(
        database=database,
        shop=cast("Any", DemoShop(database, clock.now)),
        engine=engine,
        hub=hub,
        clock=clock,
        settings=load_settings(home=tmp_path / "home"),
    )

    def arrange(tx: Any) -> None:
        insert_agent(tx, LIN, "-", NOW)
        insert_agent(tx, WANG, "-", NOW)
        add_conversation(tx, "co_visitor", None)

    await database.write(arrange)
    yield Story(desk, clock, engine, signals)
    await database.close()
