"""Two real desks on one PostgreSQL, with people on either of them.

Clients here write down every event as it comes: they neither drop what comes twice nor ask for
what is missing, so a test sees what the desks do by themselves.
"""

from __future__ import annotations

import asyncio
import secrets
import socket
from collections.abc import AsyncIterator, Callable
from contextlib import asynccontextmanager
from functools import cache
from pathlib import Path
from typing import Any

import socketio
from aiohttp import ClientSession, web

from console.app import build_app
from console.desk.agent import Agent
from console.gateways.scripted_engine import ScriptedEngine
from console.services.parts import Desk
from console.services.password import hash_password
from console.settings import load_settings
from console.storage.agent import insert_agent
from console.storage.schema import metadata
from console.web.keys import BUS, DESK
from tests.given import LIN, NOW, WANG

PASSWORD = "correct-horse-battery"
WITHIN_S = 15.0
Answer = dict[str, Any]


@cache
def _password_hash() -> str:
    return hash_password(PASSWORD)


async def until(fact: Callable[[], object], within_s: float = WITHIN_S) -> None:
    async with asyncio.timeout(within_s):
        while not fact():
            await asyncio.sleep(0.02)


class Person:
    """One socket. `heard`: every event, in the order of arrival."""

    def __init__(self, namespace: str) -> None:
        self.heard: list[tuple[str, Answer]] = []
        self.conversation_id = ""
        self._namespace = namespace
        self._client = socketio.AsyncClient(reconnection=False)
        self._client.on("*", self._hear, namespace=namespace)

    async def _hear(self, event: str, data: Any = None) -> None:
        self.heard.append((event, data))

    async def connect(self, url: str, **options: Any) -> None:
        await self._client.connect(
            url, namespaces=[self._namespace], transports=["websocket"], **options
        )

    async def close(self) -> None:
        await self._client.disconnect()

    async def ask(self, command: str, **data: Any) -> Answer:
        data = {"client_msg_id": secrets.token_hex(8), **data}
        if self._namespace == "/agent":
            data.setdefault("conversation_id", self.conversation_id)
        answer: Answer = await self._client.call(
            command, data, namespace=self._namespace, timeout=10
        )
        return answer

    async def does(self, command: str, **data: Any) -> Answer:
        answer = await self.ask(command, **data)
        assert answer["ok"], f"{command}: {answer}"
        return answer

    async def says(self, text: str) -> Answer:
        return await self.does("post_message", body={"kind": "text", "text": text})

    def all(self, event: str) -> list[Answer]:
        return [data for name, data in self.heard if name == event]

    def texts(self, by: str) -> list[str]:
        """What was heard of one side, as it came."""
        return [
            data["body"]["text"]
            for data in self.all("message_posted")
            if data["actor"]["kind"] == by
        ]

    def seqs(self) -> list[int]:
        """Of every stored event that came, in the order of arrival."""
        return [data["seq"] for _, data in self.heard if data and "prev" in data]

    async def hears(self, event: str, within_s: float = WITHIN_S) -> Answer:
        await until(lambda: self.all(event), within_s)
        return self.all(event)[0]


class OneDesk:
    def __init__(self, url: str, app: web.Application, http: ClientSession) -> None:
        self.url = url
        self.app = app
        self.desk: Desk = app[DESK]
        self._http = http
        self._people: list[Person] = []

    @property
    def bus(self) -> Any:
        return self.app[BUS]

    async def customer(self) -> Person:
        async with self._http.post(
            f"{self.url}/api/widget/session", json={"key": "k1", "lang": "zh"}
        ) as response:
            session = await response.json()
        person = await self._arrives("/customer", auth={"token": session["visitor_token"]})
        person.conversation_id = session["conversation_id"]
        await person.does("catch_up", after=0)
        return person

    async def agent(self, agent: Agent, status: str = "online") -> Person:
        return await self.opens_console(await self.sign_in(agent), status)

    async def sign_in(self, agent: Agent) -> str:
        """The cookie of a new session."""
        body = {"login": agent.login, "password": PASSWORD}
        async with self._http.post(f"{self.url}/console/login", json=body) as response:
            return f"baton_session={response.cookies['baton_session'].value}"

    async def opens_console(self, cookie: str, status: str) -> Person:
        person = await self._arrives("/agent", headers={"Cookie": cookie})
        await person.does("set_presence", status=status)
        return person

    async def _arrives(self, namespace: str, **options: Any) -> Person:
        person = Person(namespace)
        await person.connect(self.url, **options)
        self._people.append(person)
        return person

    async def close(self) -> None:
        for person in self._people:
            await person.close()


@asynccontextmanager
async def two_desks(
    database_url: str, folder: Path, redis_url: str | None, **settings: Any
) -> AsyncIterator[tuple[OneDesk, OneDesk]]:
    """A and B; they share the data folder, as desks behind a load balancer do."""
    async with (
        ClientSession() as http,
        _running(database_url, folder, redis_url, http, settings) as one,
        _running(database_url, folder, redis_url, http, settings) as other,
    ):
        await one.desk.database.write(_insert_agents)
        await until(lambda: one.bus.is_up and other.bus.is_up)
        yield one, other


def _insert_agents(tx: Any) -> None:
    for agent in (LIN, WANG):
        insert_agent(tx, agent, _password_hash(), NOW)


@asynccontextmanager
async def _running(
    database_url: str, folder: Path, redis_url: str | None, http: ClientSession, extra: Answer
) -> AsyncIterator[OneDesk]:
    settings = load_settings(
        home=folder,
        database_url=database_url,
        redis_url=redis_url,
        actions_port=_free_port(),
        widget_keys={"k1": "the key of the shop, 32 characters"},
        log_level="error",
        limits={"visitor_messages": 10_000},
        **extra,
    )
    app = await build_app(settings, engine=ScriptedEngine())
    metadata.create_all(app[DESK].database.engine)
    runner = web.AppRunner(app, access_log=None, shutdown_timeout=1)
    await runner.setup()
    try:
        await web.TCPSite(runner, "127.0.0.1", 0).start()
        host, port = runner.addresses[0][:2]
        desk = OneDesk(f"http://{host}:{port}", app, http)
        try:
            yield desk
        finally:
            await desk.close()
    finally:
        await runner.cleanup()


def _free_port() -> int:
    with socket.socket() as free:
        free.bind(("127.0.0.1", 0))
        return int(free.getsockname()[1])
