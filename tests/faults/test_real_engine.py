"""The product as it ships, killed under a customer: desk and real engine, at seeded moments.

The customer asks again and again for the same money. Whatever dies in between, every message is
there once, each is answered in the end, and the money moves once.
"""

from __future__ import annotations

import asyncio
import random
import re
import sqlite3
from collections.abc import Callable, Iterator
from contextlib import closing
from pathlib import Path
from typing import Any
from uuid import uuid4

import aiohttp
import pytest
import socketio

from tests.browser.product import Product

SEED = 20261122
CUSTOMER_NO = "88001"
LINES = ("刚买的东西降价了，帮我补差价", "快递到哪里了", "我的订单现在什么状态") * 6
ANSWERED_WITHIN_S = 60
# A model may have to be trained first.
pytestmark = [pytest.mark.slow, pytest.mark.timeout(600)]


class Customer:
    """One who repeats a message until it is acknowledged, and waits for the answer."""

    def __init__(self, address: str) -> None:
        self._address = address
        self._token = ""
        self.said: list[str] = []

    async def sign_in(self) -> str:
        async with aiohttp.ClientSession(self._address) as http:
            page = await (await http.get("/")).text()
            key = re.search(r'data-key="([^"]+)"', page)
            assert key is not None
            signed = await (
                await http.post("/demo/sign-in", json={"customer_no": CUSTOMER_NO})
            ).json()
            body = {"key": key[1], "lang": "zh", "jwt": signed["jwt"]}
            session = await (await http.post("/api/widget/session", json=body)).json()
        self._token = session["visitor_token"]
        return str(session["conversation_id"])

    async def say(self, text: str) -> None:
        """Returns when somebody has answered."""
        client_msg_id = uuid4().hex
        self.said.append(client_msg_id)
        message = {"client_msg_id": client_msg_id, "body": {"kind": "text", "text": text}}
        posted = await self._insist("post_message", message, lambda answer: answer["ok"])
        await self._insist("catch_up", {"after": posted["seq"]}, _has_an_answer)

    async def _insist(
        self, event: str, data: dict[str, Any], is_enough: Callable[[dict[str, Any]], bool]
    ) -> dict[str, Any]:
        async with asyncio.timeout(ANSWERED_WITHIN_S):
            while True:
                answer = await self._call(event, data)
                if answer is not None and is_enough(answer):
                    return answer
                await asyncio.sleep(0.2)

    async def _call(self, event: str, data: dict[str, Any]) -> dict[str, Any] | None:
        """None when there was nobody, or nobody any more."""
        client = socketio.AsyncClient(reconnection=False)
        try:
            await client.connect(
                self._address,
                namespaces=["/customer"],
                auth={"token": self._token},
                transports=["websocket"],
            )
            answer: dict[str, Any] = await client.call(event, data, "/customer", timeout=5)
        except (socketio.exceptions.SocketIOError, OSError):
            return None
        finally:
            await client.disconnect()
        return answer


def _has_an_answer(page: dict[str, Any]) -> bool:
    return any(event["actor"]["kind"] != "customer" for event in page["events"])


class Killer:
    """Engine, engine, then everything with it, until told to stop."""

    def __init__(self, product: Product) -> None:
        self._product = product
        self.engines = 0
        self.desks = 0

    async def storm(self, over: asyncio.Event) -> None:
        drawn = random.Random(SEED)
        while not over.is_set():
            await asyncio.sleep(drawn.uniform(0.2, 2.0))
            if self.engines % 3 == 2 and self.desks < self.engines // 3 + 1:
                await asyncio.to_thread(self._kill_everything)
            else:
                await asyncio.to_thread(self._kill_engine)

    def _kill_engine(self) -> None:
        self._product.kill_engine()
        self.engines += 1
        self._product.wait_for_engine()

    def _kill_everything(self) -> None:
        self._product.kill()
        self.desks += 1
        self._product.start()
        self._product.wait_for_engine()


@pytest.fixture
def home(tmp_path: Path) -> Path:
    return tmp_path / "home"


@pytest.fixture
def product(home: Path) -> Iterator[Product]:
    running = Product(home)
    try:
        running.start()
        running.wait_for_engine()
        yield running
    finally:
        running.end()


async def test_money_moves_once_while_desk_and_engine_are_killed(
    product: Product, home: Path
) -> None:
    customer, killer, over = Customer(product.url), Killer(product), asyncio.Event()
    conversation_id = await customer.sign_in()
    storm = asyncio.create_task(killer.storm(over))
    try:
        for line in LINES:
            await customer.say(line)
    finally:
        over.set()
        await storm

    assert killer.engines >= 2
    assert killer.desks >= 1
    with closing(sqlite3.connect(home / "baton.sqlite3")) as database:
        assert _seqs_without_gaps(database, conversation_id)
        assert _stored_once(database, conversation_id) == sorted(customer.said)
        claims = database.execute("SELECT line_id, COUNT(*) FROM price_claim GROUP BY line_id")
        paid = dict(claims.fetchall())
    assert paid
    assert set(paid.values()) == {1}


def _seqs_without_gaps(database: sqlite3.Connection, conversation_id: str) -> bool:
    rows = database.execute(
        "SELECT seq FROM event WHERE conversation_id = ? ORDER BY seq", (conversation_id,)
    ).fetchall()
    return [seq for (seq,) in rows] == list(range(1, len(rows) + 1))


def _stored_once(database: sqlite3.Connection, conversation_id: str) -> list[str]:
    rows = database.execute(
        "SELECT client_msg_id FROM event WHERE conversation_id = ? AND actor_kind = 'customer'"
        " AND client_msg_id IS NOT NULL AND type = 'message_posted' ORDER BY client_msg_id",
        (conversation_id,),
    )
    return [client_msg_id for (client_msg_id,) in rows]
