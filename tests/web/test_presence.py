"""An agent is here as long as a console is open, and no longer, whatever happened on the way."""

from __future__ import annotations

import asyncio
from typing import Any

import pytest

from console.desk.agent import Presence
from console.storage.agent import presence_of
from console.web import agent_socket
from console.web.emitter import AGENTS
from console.web.keys import SOCKETS
from tests.given import LIN
from tests.web.place import Console, Place, Socket, until


@pytest.fixture(autouse=True)
def _no_grace(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(agent_socket, "GRACE_S", 0)


async def online(console: Console) -> Socket:
    socket = await console.socket()
    assert (await socket.ask("set_presence", {"status": "online"}))["ok"]
    return socket


async def until_offline(place: Place) -> None:
    async def is_offline() -> bool:
        found = await place.desk.database.read(lambda tx: presence_of(tx, LIN.id))
        return found is Presence.OFFLINE

    await until(is_offline)


async def test_who_closes_the_only_console_goes_offline(place: Place) -> None:
    socket = await online(await place.console(LIN))

    await socket.client.disconnect()

    await until_offline(place)


async def test_who_closes_a_console_while_its_session_is_looked_up_goes_offline(
    place: Place, monkeypatch: pytest.MonkeyPatch
) -> None:
    socket = await online(await place.console(LIN))
    namespace = place.app[SOCKETS].namespace_handlers[AGENTS]
    looked_up, may_go_on = asyncio.Event(), asyncio.Event()
    look_up = agent_socket.agents_of_sessions

    async def slowly(*session: Any) -> Any:
        found = await look_up(*session)
        looked_up.set()
        await may_go_on.wait()
        return found

    monkeypatch.setattr(agent_socket, "agents_of_sessions", slowly)
    looking = asyncio.create_task(namespace.drop_ended_sessions())
    await looked_up.wait()

    await socket.client.disconnect()
    await until_offline(place)
    may_go_on.set()
    await looking

    monkeypatch.setattr(agent_socket, "agents_of_sessions", look_up)
    again = await online(await place.console(LIN))
    await again.client.disconnect()
    await until_offline(place)


async def test_a_console_that_could_not_be_opened_keeps_nobody_online(
    place: Place, monkeypatch: pytest.MonkeyPatch
) -> None:
    console = await place.console(LIN)
    socket = await online(console)

    async def fails(*_: Any) -> None:
        raise OSError("the disk does not answer")

    with monkeypatch.context() as patched:
        patched.setattr(agent_socket, "agents_are_here", fails)
        refusal = await place.refusal("/agent", headers=console.cookie)
    await socket.client.disconnect()

    assert refusal["message"] != "not_signed_in"
    await until_offline(place)
