"""Desk and engine are killed at random points, the lines between are bad: nothing is lost.

1,000 messages in one conversation of a customer (the widget's own code on Node) and an agent; a
second customer talks with the bot meanwhile. The same storm with clients that neither retry nor
catch up loses messages, which shows that the storm is one.
"""

from __future__ import annotations

import asyncio
import json
import socket
import sys
from collections.abc import AsyncIterator
from contextlib import AsyncExitStack, asynccontextmanager
from dataclasses import dataclass
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

import aiohttp
import pytest

from console.cli.database import migrated_database
from console.desk.agent import Agent, Role
from console.desk.identity import new_id
from console.services.password import hash_password
from console.settings import Settings, load_settings
from console.storage.agent import insert_agent
from console.storage.event import events_after
from tests.faults.agent_client import AgentClient
from tests.faults.chaos_proxy import ChaosProxy, chaos_proxy
from tests.faults.ledger import Witness, judge
from tests.faults.serve_engine import HEARD
from tests.faults.victim import Victim

NODE = Path(sys.executable).with_name("node")
CUSTOMER = Path(__file__).with_name("js") / "customer.mjs"
PASSWORD = "a-password-of-the-tests"
SEED = 20261118
WITHIN_S = 150  # a third of it on a machine that does nothing else

pytestmark = [pytest.mark.slow, pytest.mark.timeout(220)]


def free_port() -> int:
    with socket.socket() as found:
        found.bind(("127.0.0.1", 0))
        return int(found.getsockname()[1])


@dataclass
class World:
    """A desk and an engine that can be killed, each client behind a proxy of its own."""

    settings: Settings
    desk: Victim
    engine: Victim
    proxies: list[ChaosProxy]

    async def session(self) -> dict[str, Any]:
        return await self._post("/api/widget/session", {"key": "demo", "lang": "zh"})

    async def agent_cookie(self) -> str:
        async with aiohttp.ClientSession(self.address) as browser:
            data = {"login": "lin", "password": PASSWORD}
            async with browser.post("/console/login", json=data) as answer:
                assert answer.status == 200, await answer.text()
                return f"baton_session={answer.cookies['baton_session'].value}"

    @property
    def address(self) -> str:
        return f"http://127.0.0.1:{self.settings.port}"

    async def _post(self, path: str, data: dict[str, Any]) -> dict[str, Any]:
        async with (
            aiohttp.ClientSession(self.address) as browser,
            browser.post(path, json=data) as answer,
        ):
            found: dict[str, Any] = await answer.json()
            assert found["ok"], found
            return found

    def stored(self, conversation_id: str) -> list[dict[str, Any]]:
        engine = migrated_database(self.settings)
        with engine.connect() as tx:
            events = events_after(tx, conversation_id, 0, public_only=False, limit=100_000)
        engine.dispose()
        return [
            {
                "seq": event.seq,
                "public": event.public,
                "client_msg_id": event.client_msg_id,
                "text": event.body.get("text"),
            }
            for event in events
        ]


@pytest.fixture
async def world(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> AsyncIterator[World]:
    ports = {"BATON_PORT": free_port(), "BATON_ACTIONS_PORT": free_port()}
    engine_port = free_port()
    env = {
        "BATON_HOME": str(tmp_path),
        "BATON_ENGINE_URL": f"http://127.0.0.1:{engine_port}",
        "BATON_WIDGET_KEYS": "demo=0123456789abcdef0123456789abcdef",
        "BATON_LIMITS__VISITOR_MESSAGES": "1000000",
        "BATON_LIMITS__VISITOR_COMMANDS": "1000000",
        "BATON_LIMITS__AGENT_ACTIONS": "1000000",
        "BATON_LIMITS__AGENT_COMMANDS": "1000000",
        "BATON_LOG_LEVEL": "error",
        **{name: str(port) for name, port in ports.items()},
    }
    for name, value in env.items():
        monkeypatch.setenv(name, value)
    settings = load_settings()
    _add_agent(settings)
    health = f"http://127.0.0.1:{settings.port}/healthz"
    desk = Victim("tests.faults.serve_desk", health=health, env=env)
    health = f"http://127.0.0.1:{engine_port}/webhooks/desk/health"
    engine = Victim("tests.faults.serve_engine", str(engine_port), health=health, env=env)
    async with AsyncExitStack() as stack:
        for victim in (engine, desk):
            stack.push_async_callback(victim.close)
            await victim.start()
        proxies = [await stack.enter_async_context(chaos_proxy(settings.port)) for _ in range(3)]
        yield World(settings, desk, engine, proxies)


def _add_agent(settings: Settings) -> None:
    engine = migrated_database(settings)
    agent = Agent(id=new_id("ag"), login="lin", name="Lin", role=Role.AGENT)
    with engine.begin() as tx:
        insert_agent(tx, agent, hash_password(PASSWORD), datetime.now(UTC))
    engine.dispose()


class CustomerClient:
    """The Node process of js/customer.mjs."""

    def __init__(self, process: asyncio.subprocess.Process, name: str) -> None:
        self._process = process
        self._name = name

    async def has_written(self) -> None:
        assert self._process.stdout is not None
        assert await self._process.stdout.readline() == b"written\n"

    async def witness(self) -> Witness:
        output, _ = await self._process.communicate(b"settle\n")
        report = json.loads(output)
        return Witness(self._name, **report, public_only=True)

    async def end(self) -> None:
        if self._process.returncode is None:
            self._process.kill()
            await self._process.communicate()


@asynccontextmanager
async def customer(
    port: int, token: str, *, name: str, careful: bool, count: int, pause_ms: int
) -> AsyncIterator[CustomerClient]:
    options = {
        "url": f"http://127.0.0.1:{port}",
        "token": token,
        "name": name,
        "careful": careful,
        "count": count,
        "pause_ms": pause_ms,
    }
    process = await asyncio.create_subprocess_exec(
        *(str(NODE), str(CUSTOMER), json.dumps(options)),
        stdin=asyncio.subprocess.PIPE,
        stdout=asyncio.subprocess.PIPE,
    )
    found = CustomerClient(process, name)
    try:
        yield found
    finally:
        await found.end()


@asynccontextmanager
async def agent_client(
    world: World, port: int, conversation_id: str, *, careful: bool
) -> AsyncIterator[AgentClient]:
    cookie = await world.agent_cookie()
    found = AgentClient(f"http://127.0.0.1:{port}", cookie, conversation_id, careful=careful)
    await found.open()
    try:
        answer = await found.insist("set_presence", status="online")
        assert answer["ok"], answer
        answer = await found.insist("take_over", conversation_id=conversation_id)
        assert answer["ok"], answer
        yield found
    finally:
        await found.close()


@asynccontextmanager
async def storm(world: World, *, alive_s: float) -> AsyncIterator[None]:
    """Kills and bad lines until the block is left; everything is up again afterwards."""
    over = asyncio.Event()
    faults = [
        asyncio.create_task(world.desk.die_and_rise(SEED, over, alive_s)),
        asyncio.create_task(world.engine.die_and_rise(SEED + 1, over, alive_s)),
        *(
            asyncio.create_task(proxy.storm(SEED + 2 + n, over, calm_s=1.5))
            for n, proxy in enumerate(world.proxies)
        ),
    ]
    try:
        yield
    finally:
        over.set()
        await asyncio.gather(*faults)


async def test_a_thousand_messages_survive_kills_and_bad_lines(world: World) -> None:
    session, other = await world.session(), await world.session()
    talk, chat = session["conversation_id"], other["conversation_id"]
    ports = [proxy.port for proxy in world.proxies]
    careful = {"careful": True, "pause_ms": 45}
    async with (
        asyncio.timeout(WITHIN_S),
        agent_client(world, ports[0], talk, careful=True) as agent,
        customer(ports[1], session["visitor_token"], name="a", count=500, **careful) as first,
        customer(ports[2], other["visitor_token"], name="b", count=60, **careful) as second,
    ):
        async with storm(world, alive_s=3.0):
            await asyncio.gather(agent.write(500, 0.04), first.has_written(), second.has_written())
        await agent.settle()
        witnesses = [await first.witness(), agent.witness]
        chatted = await second.witness()
        await agent.settle()

    assert world.desk.kills >= 4
    assert world.engine.kills >= 4
    stored = world.stored(talk)
    assert len([one for one in stored if one["client_msg_id"]]) == 1_000
    verdict = judge(stored, witnesses)
    assert verdict.is_clean, f"{verdict.summary()}: {verdict}"
    assert [len(witness.written) for witness in witnesses] == [500, 500]
    _check_chat(world, chat, chatted)


def _check_chat(world: World, conversation_id: str, chatted: Witness) -> None:
    """The bot may merge messages, and is down at times; it never says a thing twice."""
    stored = world.stored(conversation_id)
    verdict = judge(stored, [chatted])
    assert verdict.is_clean, f"{verdict.summary()}: {verdict}"
    said = [one["text"] for one in stored if str(one["text"]).startswith(HEARD)]
    assert said
    assert len(said) == len(set(said))


async def test_clients_that_neither_retry_nor_catch_up_lose_messages(world: World) -> None:
    session = await world.session()
    talk = session["conversation_id"]
    ports = [proxy.port for proxy in world.proxies]
    async with (
        asyncio.timeout(WITHIN_S),
        agent_client(world, ports[0], talk, careful=False) as agent,
        customer(
            ports[1], session["visitor_token"], name="a", careful=False, count=150, pause_ms=40
        ) as first,
    ):
        async with storm(world, alive_s=2.0):
            await asyncio.gather(agent.write(150, 0.04), first.has_written())
        witnesses = [await first.witness(), agent.witness]

    verdict = judge(world.stored(talk), witnesses)

    assert verdict.lost
    assert verdict.not_shown
