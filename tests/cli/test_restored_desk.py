"""The backup of a running desk, restored elsewhere: the customer goes on where they were."""

from __future__ import annotations

import asyncio
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from pathlib import Path
from typing import Any
from uuid import uuid4

import pytest
import socketio
from aiohttp import ClientSession
from aiohttp.test_utils import TestServer, unused_port

from console.app import build_app
from console.cli.__main__ import main
from console.gateways.scripted_engine import ScriptedEngine
from console.settings import load_settings


@asynccontextmanager
async def running_desk(home: Path) -> AsyncIterator[str]:
    """A desk over a migrated folder; yields its address."""
    settings = load_settings(home=home, actions_port=unused_port())
    server = TestServer(await build_app(settings, engine=ScriptedEngine()))
    await server.start_server()
    yield str(server.make_url("")).rstrip("/")
    await server.close()


async def session(address: str, token: str | None = None) -> dict[str, Any]:
    key = next(iter(load_settings().widget_keys))
    body = {"key": key, "visitor_token": token}
    async with ClientSession() as http:
        answer = await http.post(f"{address}/api/widget/session", json=body)
        found: dict[str, Any] = await answer.json()
        return found


async def chat(address: str, token: str, text: str) -> list[str]:
    """Says one thing; returns everything said in the conversation once the bot has answered."""
    client = socketio.AsyncClient()
    await client.connect(
        address, namespaces=["/customer"], auth={"token": token}, transports=["websocket"]
    )
    message = {"client_msg_id": uuid4().hex, "body": {"kind": "text", "text": text}}
    posted = await client.call("post_message", message, namespace="/customer")
    assert posted["ok"]
    try:
        async with asyncio.timeout(20):
            while True:
                caught = await client.call("catch_up", {"after": 0}, namespace="/customer")
                texts = [event["body"].get("text") for event in caught["events"]]
                if f"echo: {text}" in texts:
                    return [said for said in texts if said]
                await asyncio.sleep(0.05)
    finally:
        await client.disconnect()


def command(monkeypatch: pytest.MonkeyPatch, home: Path, *words: str) -> int:
    monkeypatch.setenv("BATON_HOME", str(home))
    return main(list(words))


async def test_a_customer_chats_on_after_a_restore(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    old, new, file = tmp_path / "old", tmp_path / "new", tmp_path / "baton.tar.gz"
    assert await asyncio.to_thread(command, monkeypatch, old, "migrate") == 0
    async with running_desk(old) as address:
        token = (await session(address))["visitor_token"]
        await chat(address, token, "订单到哪了")
        backup = ("backup", "--with-secrets", str(file))
        assert await asyncio.to_thread(command, monkeypatch, old, *backup) == 0

    assert await asyncio.to_thread(command, monkeypatch, new, "restore", str(file)) == 0

    async with running_desk(new) as address:
        again = await session(address, token)
        texts = await chat(address, token, "还在吗")
    assert again["visitor_token"] == token
    assert texts == ["订单到哪了", "echo: 订单到哪了", "还在吗", "echo: 还在吗"]
