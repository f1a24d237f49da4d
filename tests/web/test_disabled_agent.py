"""An agent who is locked out is out within five seconds, whatever was open."""

from __future__ import annotations

import time
from dataclasses import replace
from typing import Any

import sqlalchemy as sa

from console.desk.agent import Role
from console.storage.agent import agents, set_disabled, set_password
from tests.given import LIN, WANG
from tests.web.place import Place, Socket, until


async def until_closed(socket: Socket) -> float:
    began = time.monotonic()

    async def is_closed() -> bool:
        return socket.namespace not in socket.client.namespaces

    await until(is_closed)
    return time.monotonic() - began


async def test_sockets_of_a_disabled_agent_close_within_five_seconds(place: Place) -> None:
    lin, wang = await place.console(LIN), await place.console(WANG)
    sockets = [await lin.socket(), await lin.socket()]
    other = await wang.socket()
    browser = await place.visitor()

    await place.desk.database.write(lambda tx: set_disabled(tx, LIN.id, True))
    at_once = await place.request("GET", "/api/me", headers=lin.headers)
    took = max([await until_closed(socket) for socket in sockets])
    await (await browser.socket()).ask("ask_person", {"client_msg_id": "ask-00001"})

    assert at_once[0] == 401
    assert took < 5
    assert all("handoff_requested" not in socket.names() for socket in sockets)
    assert (await other.ask("list_agents", {}))["ok"]
    assert (await place.refusal("/agent", headers=lin.cookie))["message"] == "not_signed_in"


async def test_a_new_password_ends_every_open_console(place: Place) -> None:
    socket = await (await place.console(LIN)).socket()

    await place.desk.database.write(lambda tx: set_password(tx, LIN.id, "-"))

    assert await until_closed(socket) < 5


async def test_an_ended_session_closes_its_socket(place: Place) -> None:
    socket = await (await place.console(LIN)).socket()

    place.clock.turn(hours=2)

    assert await until_closed(socket) < 5


async def test_a_post_that_was_taken_away_is_gone_from_open_consoles(place: Place) -> None:
    socket = await (await place.console(LIN)).socket()
    assert (await socket.ask("list_agents", {}))["ok"]

    def demote(tx: Any) -> None:
        admin = replace(LIN, role=Role.ADMIN)
        tx.execute(sa.update(agents).where(agents.c.id == LIN.id).values(role=admin.role))

    await place.desk.database.write(demote)

    async def is_refused() -> bool:
        return not (await socket.ask("list_agents", {}))["ok"]

    await until(is_refused, patience_s=5)
