"""A real desk on a real port, and the people who come to it."""

from __future__ import annotations

import asyncio
import secrets
import shutil
import socket
from collections.abc import AsyncIterator, Awaitable, Callable
from contextlib import AsyncExitStack, asynccontextmanager
from dataclasses import dataclass, field
from datetime import timedelta
from pathlib import Path
from typing import Any

import pytest
import socketio
import sqlalchemy as sa
from aiohttp import ClientResponse, ClientSession, web
from sqlalchemy import Connection

from console.app import build_app
from console.desk.agent import Agent, Role
from console.gateways.customer_jwt import sign_customer_jwt
from console.gateways.scripted_engine import ScriptedEngine
from console.services.customer import token_hash
from console.services.parts import Desk
from console.services.seed_shop import seed_demo_shop
from console.settings import load_settings
from console.storage.agent import insert_agent, insert_session
from console.storage.schema import metadata
from console.web.keys import DESK
from tests.furnished import furnished
from tests.given import LIN, NOW, WANG
from tests.services.desk_parts import HandClock

CHEN = Agent(id="ag_chen", login="chen", name="陈组长", role=Role.LEAD)
ADMIN = Agent(id="ag_admin", login="admin", name="管理员", role=Role.ADMIN)
GONE = Agent(id="ag_gone", login="gone", name="离职", disabled=True)
KEYS = {
    "k1": "the first key of the shop, 32 characters",
    "k2": "the second key of the shop, 32 characters",
}
PATIENCE_S = 10.0
Answer = dict[str, Any]


@dataclass
class Socket:
    """One browser's socket, and what it has heard."""

    client: socketio.AsyncClient
    namespace: str
    heard: list[tuple[str, Any]] = field(default_factory=list)

    async def ask(self, command: str, data: Any = None) -> Answer:
        answer = await self.client.call(command, data, namespace=self.namespace, timeout=10)
        assert isinstance(answer, dict)
        return answer

    async def say(self, text: str) -> Answer:
        body = {"kind": "text", "text": text}
        return await self.ask("post_message", {"client_msg_id": fresh_id(), "body": body})

    async def texts(self) -> list[str]:
        """Everything this browser may read."""
        page = await self.ask("catch_up", {"after": 0})
        return [e["body"]["text"] for e in page["events"] if e["type"] == "message_posted"]

    def names(self) -> list[str]:
        return [name for name, _ in self.heard]


@dataclass
class Browser:
    """A widget that has opened its session."""

    place: Place
    token: str
    conversation_id: str
    session: Answer

    @property
    def bearer(self) -> dict[str, str]:
        return {"Authorization": f"Bearer {self.token}"}

    async def socket(self, **headers: str) -> Socket:
        auth = {"token": self.token}
        return await self.place.connect("/customer", auth=auth, headers=headers)


@dataclass
class Console:
    """An agent's browser."""

    place: Place
    agent: Agent
    cookie: dict[str, str]
    csrf: str

    @property
    def headers(self) -> dict[str, str]:
        return {**self.cookie, "X-Baton-Csrf": self.csrf}

    async def get(self, path: str) -> Answer:
        async with self.place.http.get(self.place.url + path, headers=self.headers) as response:
            return await json_of(response)

    async def post(self, path: str, body: Answer) -> Answer:
        url = self.place.url + path
        async with self.place.http.post(url, headers=self.headers, json=body) as response:
            return await json_of(response)

    async def socket(self, lang: str | None = None, **headers: str) -> Socket:
        """`lang`: what the console's page is shown in."""
        auth = {"lang": lang} if lang else None
        return await self.place.connect("/agent", auth=auth, headers={**self.cookie, **headers})


@dataclass
class Place:
    app: web.Application
    url: str
    http: ClientSession
    clock: HandClock
    engine: ScriptedEngine
    sockets: list[Socket] = field(default_factory=list)

    @property
    def desk(self) -> Desk:
        return self.app[DESK]

    # --- people ---

    def jwt(self, customer_no: str, kid: str = "k1", jti: str | None = None) -> str:
        jti = jti or secrets.token_urlsafe(12)
        return sign_customer_jwt(customer_no, kid, KEYS[kid], "shop", jti, self.clock.now())

    async def session(self, **fields: Any) -> tuple[int, Answer]:
        body = {"key": "k1", **fields}
        async with self.http.post(f"{self.url}/api/widget/session", json=body) as response:
            return response.status, await json_of(response)

    async def visitor(self, **fields: Any) -> Browser:
        status, session = await self.session(**fields)
        assert status == 200, session
        return Browser(self, session["visitor_token"], session["conversation_id"], session)

    async def customer(self, customer_no: str, **fields: Any) -> Browser:
        return await self.visitor(jwt=self.jwt(customer_no), **fields)

    async def console(self, agent: Agent) -> Console:
        """Signed in already; tests of signing in go through the page."""
        token, csrf, now = secrets.token_urlsafe(16), secrets.token_urlsafe(8), self.clock.now()
        await self.desk.database.write(
            lambda tx: insert_session(
                tx, token_hash(token), agent.id, csrf, now, now + timedelta(hours=1)
            )
        )
        return Console(self, agent, {"Cookie": f"baton_session={token}"}, csrf)

    async def connect(self, namespace: str, **options: Any) -> Socket:
        client = socketio.AsyncClient(reconnection=False)
        found = Socket(client, namespace)

        async def hear(event: str, data: Any = None) -> None:
            found.heard.append((event, data))

        client.on("*", hear, namespace=namespace)
        options = {"transports": ["websocket"], "wait_timeout": PATIENCE_S, **options}
        try:
            await client.connect(self.url, namespaces=[namespace], **options)
        except BaseException:
            await client.shutdown()
            raise
        self.sockets.append(found)
        return found

    async def refusal(self, namespace: str, **options: Any) -> Answer:
        """What a browser is told that may not connect."""
        client, told = socketio.AsyncClient(reconnection=False), []

        async def hear(reason: Any) -> None:
            told.append(reason)

        client.on("connect_error", hear, namespace=namespace)
        options = {"transports": ["websocket"], "wait_timeout": PATIENCE_S, **options}
        with pytest.raises(socketio.exceptions.ConnectionError):
            await client.connect(self.url, namespaces=[namespace], **options)
        await client.shutdown()
        if client.eio.http is not None:  # a refusal in the first answer leaves it open
            await client.eio.http.close()
        return dict(told[0]) if told and isinstance(told[0], dict) else {"message": None}

    async def held_by(self, console: Console, browser: Browser) -> Socket:
        """The agent has taken the conversation over."""
        agent = await console.socket()
        answer = await agent.ask("take_over", {"conversation_id": browser.conversation_id})
        assert answer["ok"], answer
        return agent

    # --- what became of it ---

    async def request(
        self, method: str, path: str, **options: Any
    ) -> tuple[int, Answer | None, ClientResponse]:
        async with self.http.request(method, self.url + path, **options) as response:
            is_json = response.content_type == "application/json"
            return response.status, await response.json() if is_json else None, response

    async def rows(self) -> dict[str, list[tuple[Any, ...]]]:
        """Everything that is stored, but the audit log."""

        def dump(tx: Connection) -> dict[str, list[tuple[Any, ...]]]:
            tables = [table for table in metadata.sorted_tables if table.name != "audit_log"]
            return {
                table.name: sorted((tuple(row) for row in tx.execute(sa.select(table))), key=repr)
                for table in tables
            }

        return await self.desk.database.read(dump)

    async def settled(self) -> None:
        """The bot owes nothing."""

        async def is_quiet() -> bool:
            query = sa.text("SELECT COUNT(*) FROM conversation WHERE owed_seq > done_seq")
            running = sa.text("SELECT COUNT(*) FROM turn WHERE state = 'running'")
            return await self.desk.database.read(
                lambda tx: not tx.execute(query).scalar() and not tx.execute(running).scalar()
            )

        await until(is_quiet)


def fresh_id() -> str:
    return f"cm-{secrets.token_hex(8)}"


async def json_of(response: ClientResponse) -> Answer:
    found: Answer = await response.json()
    return found


async def until(true: Callable[[], Awaitable[bool]], patience_s: float = PATIENCE_S) -> None:
    async with asyncio.timeout(patience_s):
        while not await true():  # what is waited for has no event
            await asyncio.sleep(0.02)


@asynccontextmanager
async def open_place(home: Path, **settings: Any) -> AsyncIterator[Place]:
    chosen = {"demo": True, "widget_keys": KEYS, "actions_port": _free_port(), **settings}
    clock, engine = HandClock(NOW), ScriptedEngine()
    settings_of_home = load_settings(home=home, **chosen)
    shutil.copy(furnished(_furnish), settings_of_home.sqlite_file)
    app = await build_app(settings_of_home, engine=engine, clock=clock)
    async with AsyncExitStack() as stack:
        runner = web.AppRunner(app, access_log=None, shutdown_timeout=1)
        stack.push_async_callback(runner.cleanup)
        await runner.setup()
        await web.TCPSite(runner, "127.0.0.1", 0).start()
        http = await stack.enter_async_context(ClientSession())
        place = Place(app, f"http://127.0.0.1:{runner.addresses[0][1]}", http, clock, engine)
        stack.push_async_callback(_hang_up, place)
        yield place


def _furnish(tx: Connection) -> None:
    """The demo shop and its agents."""
    seed_demo_shop(tx, NOW)
    for agent in (LIN, WANG, CHEN, ADMIN, GONE):
        insert_agent(tx, agent, "-", NOW)


async def _hang_up(place: Place) -> None:
    for found in place.sockets:
        await found.client.disconnect()


def _free_port() -> int:
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        return int(probe.getsockname()[1])
