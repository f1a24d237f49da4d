"""A real desk with the demo shop, a customer, three agents and a bot that says what it is told.

Times stand at one moment, so that the times in the documents are right.
"""

from __future__ import annotations

import asyncio
import io
import secrets
import socket
from collections.abc import AsyncIterator, Callable
from contextlib import asynccontextmanager
from functools import cache
from pathlib import Path
from typing import Any

import socketio
from aiohttp import ClientSession, FormData, web
from argon2 import PasswordHasher
from PIL import Image
from sqlalchemy import Connection

from console.app import build_app
from console.desk.agent import Agent, Role
from console.gateways.customer_jwt import sign_customer_jwt
from console.gateways.engine import TurnRequest, TurnResult
from console.gateways.scripted_engine import ScriptedEngine, said
from console.services.parts import Clock, Desk
from console.services.seed_shop import seed_demo_shop
from console.settings import Settings, load_settings
from console.storage.agent import insert_agent
from console.storage.schema import metadata
from console.web.keys import DESK
from tests.given import LIN, NOW, WANG
from tests.services.desk_parts import HandClock

CHEN = Agent(id="ag_chen", login="chen", name="陈组长", role=Role.LEAD)
AGENTS = (LIN, WANG, CHEN)
PASSWORD = "correct-horse-battery"
SHOPPER = "88002"  # bought before prices fell
WIDGET_KEY = ("k1", "the key of the shop, 32 characters")
PATIENCE_S = 10.0

Answer = dict[str, Any]


@cache
def _password_hash() -> str:
    """With the least work: the parameters are part of the hash."""
    return PasswordHasher(time_cost=1, memory_cost=8, parallelism=1).hash(PASSWORD)


class World:
    """`values`: what `$name` in an example stands for. `heard`: (player, event, data)."""

    def __init__(self, url: str, http: ClientSession, desk: Desk) -> None:
        self.url = url
        self.http = http
        self.desk = desk
        self.clock: HandClock = desk.clock  # type: ignore[assignment]  # put there below
        self.engine: ScriptedEngine = desk.engine  # type: ignore[assignment]
        self.values: dict[str, Any] = {}
        self.heard: list[tuple[str, str, Any]] = []
        self._sockets: dict[str, socketio.AsyncClient] = {}
        self._namespaces: dict[str, str] = {}

    async def close(self) -> None:
        for client in self._sockets.values():
            await client.disconnect()

    # --- people arrive ---

    def sign(self, customer_no: str = SHOPPER) -> str:
        jti = secrets.token_urlsafe(12)
        return sign_customer_jwt(customer_no, *WIDGET_KEY, "demo-shop", jti, self.clock.now())

    async def customer_opens_the_widget(self, **fields: Any) -> None:
        body = {"key": WIDGET_KEY[0], "lang": "zh", **({"jwt": self.sign()} | fields)}
        session = await self.post("/api/widget/session", body)
        self.values |= {name: session[name] for name in ("visitor_token", "conversation_id")}
        await self._connect("customer", "/customer", auth={"token": session["visitor_token"]})

    async def customer_returns(self, **fields: Any) -> None:
        """In the same browser: with the token it has, on a new connection."""
        await self._sockets.pop("customer").disconnect()
        await self.customer_opens_the_widget(visitor_token=self.values["visitor_token"], **fields)

    async def agent_signs_in(self, agent: Agent) -> None:
        body = {"login": agent.login, "password": PASSWORD}
        async with self.http.post(f"{self.url}/console/login", json=body) as response:
            cookie = f"baton_session={response.cookies['baton_session'].value}"
        async with self.http.get(f"{self.url}/api/me", headers={"Cookie": cookie}) as response:
            csrf = (await response.json())["csrf"]
        prefix = "" if agent is LIN else f"{agent.login}_"  # as the examples call them
        self.values |= {f"{prefix}session": cookie.partition("=")[2], f"{prefix}csrf": csrf}
        await self._connect(agent.login, "/agent", headers={"Cookie": cookie})

    async def _connect(self, player: str, namespace: str, **options: Any) -> None:
        client = socketio.AsyncClient(reconnection=False)

        async def hear(event: str, data: Any = None) -> None:
            self.heard.append((player, event, data))

        client.on("*", hear, namespace=namespace)
        await client.connect(
            self.url,
            namespaces=[namespace],
            transports=["websocket"],
            wait_timeout=PATIENCE_S,
            **options,
        )
        self._sockets[player], self._namespaces[player] = client, namespace

    # --- what they do ---

    async def post(self, path: str, body: Answer) -> Answer:
        async with self.http.post(self.url + path, json=body) as response:
            answer: Answer = await response.json()
            assert answer["ok"], answer
            return answer

    async def ask(self, player: str, command: str, data: Any) -> Any:
        namespace = self._namespaces[player]
        return await self._sockets[player].call(command, data, namespace=namespace, timeout=10)

    async def customer(self, command: str, **data: Any) -> Answer:
        return _accepted(command, await self.ask("customer", command, _keyed(data)))

    async def agent(self, agent: Agent, command: str, **data: Any) -> Answer:
        data = {"conversation_id": self.values["conversation_id"], **_keyed(data)}
        return _accepted(command, await self.ask(agent.login, command, data))

    async def says(self, text: str) -> Answer:
        return await self.customer("post_message", body={"kind": "text", "text": text})

    async def hears(
        self, player: str, event: str, fits: Callable[[Any], bool] = lambda _data: True
    ) -> Any:
        """The first such event, as soon as it has come."""
        async with asyncio.timeout(PATIENCE_S):
            while True:
                for who, name, data in self.heard:
                    if (who, name) == (player, event) and fits(data):
                        return data
                await asyncio.sleep(0.02)

    async def uploads(self, path: str, headers: dict[str, str]) -> web.StreamResponse | Any:
        form = FormData()
        form.add_field("file", a_picture(), filename="box.png", content_type="image/png")
        return self.http.post(self.url + path, data=form, headers=headers)


def _keyed(data: Answer) -> Answer:
    return {"client_msg_id": secrets.token_hex(8), **data}


def _accepted(command: str, answer: Any) -> Answer:
    assert answer["ok"], f"{command}: {answer}"
    return dict(answer)


def a_picture() -> bytes:
    out = io.BytesIO()
    Image.new("RGB", (640, 480), "#94a3b8").save(out, "PNG")
    return out.getvalue()


def bot(request: TurnRequest) -> TurnResult:
    """Understands one order number, and offers two buttons."""
    buttons = [
        {"title": "退货", "payload": '/request_return{"order_no": "620026074721"}'},
        {"title": "转人工", "payload": "/request_human"},
    ]
    slots = {"order_no": "620026074721"} if "4721" in (request.text or "") else {}
    return said("请问需要什么帮助？", slots=slots, buttons=buttons)


@asynccontextmanager
async def running(folder: Path, clock: Clock | None = None) -> AsyncIterator[World]:
    settings = settings_in(folder)
    app = await build_app(settings, engine=ScriptedEngine(bot), clock=clock or HandClock(NOW))
    metadata.create_all(app[DESK].database.engine)
    runner = web.AppRunner(app, access_log=None, shutdown_timeout=1)
    await runner.setup()
    try:
        await app[DESK].database.write(_arrange)
        site = web.TCPSite(runner, "127.0.0.1", 0)
        await site.start()
        host, port = runner.addresses[0][:2]
        async with ClientSession() as http:
            world = World(f"http://{host}:{port}", http, app[DESK])
            yield world
            await world.close()
    finally:
        await runner.cleanup()


def settings_in(folder: Path) -> Settings:
    kid, key = WIDGET_KEY
    return load_settings(
        home=folder, demo=True, actions_port=_free_port(), widget_keys={kid: key}, log_level="error"
    )


def _free_port() -> int:
    with socket.socket() as free:
        free.bind(("127.0.0.1", 0))
        return int(free.getsockname()[1])


def _arrange(tx: Connection) -> None:
    seed_demo_shop(tx, NOW)
    for agent in AGENTS:
        insert_agent(tx, agent, _password_hash(), NOW)
