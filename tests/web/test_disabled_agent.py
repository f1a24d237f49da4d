"""An agent who is locked out is out within five seconds, whatever was open."""

from __future__ import annotations

import asyncio
import threading
import time
from collections.abc import Callable
from dataclasses import replace
from typing import Any

import pytest
import sqlalchemy as sa
from sqlalchemy import Connection

from console.desk.agent import Role
from console.storage.agent import agents, set_disabled, set_password
from tests.given import LIN, WANG
from tests.web.place import PATIENCE_S, Place, Socket, until


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


@pytest.mark.parametrize(
    "end",
    [
        pytest.param(lambda tx: set_password(tx, LIN.id, "another hash"), id="new password"),
        pytest.param(lambda tx: set_disabled(tx, LIN.id, True), id="locked out"),
    ],
)
async def test_a_sign_in_under_way_ends_with_the_password_it_was_made_with(
    place: Place, monkeypatch: pytest.MonkeyPatch, end: Callable[[Connection], None]
) -> None:
    """The password is being looked at, which takes its time, when it stops being the right one."""
    looks_at_it, may_go_on = threading.Event(), threading.Event()

    def slowly(*_: str) -> bool:
        looks_at_it.set()
        return may_go_on.wait(PATIENCE_S)

    monkeypatch.setattr("console.services.agent.is_password", slowly)
    body = {"login": LIN.login, "password": "the old one"}
    sign_in = asyncio.create_task(place.request("POST", "/console/login", json=body))
    assert await asyncio.to_thread(looks_at_it.wait, PATIENCE_S)

    await place.desk.database.write(end)
    may_go_on.set()
    status, answer, _ = await sign_in

    assert (status, answer and answer["error"]["code"]) == (401, "not_signed_in")
    assert (await place.rows())["agent_session"] == []


async def test_a_sign_in_that_nothing_comes_in_between_succeeds(
    place: Place, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("console.services.agent.is_password", lambda *_: True)
    body = {"login": LIN.login, "password": "the right one"}

    status, _, _ = await place.request("POST", "/console/login", json=body)

    assert status == 200
    assert len((await place.rows())["agent_session"]) == 1
