"""The real JavaScript client, on the lean sockets and on the library's own."""

from __future__ import annotations

import asyncio
from collections.abc import AsyncIterator

import pytest

from tests.contract.transport_client import POLLING, WEBSOCKET, play, started
from tests.contract.transport_server import Running, served

TRANSPORTS = [pytest.param(WEBSOCKET, id="websocket"), pytest.param(POLLING, id="polling")]


@pytest.fixture(params=["lean", "stock"])
async def running(request: pytest.FixtureRequest) -> AsyncIterator[Running]:
    async with served(lean=request.param == "lean") as found:
        yield found


@pytest.mark.parametrize("client", TRANSPORTS)
async def test_every_event_is_answered_whatever_happens(
    running: Running, client: dict[str, list[str]]
) -> None:
    events = [["echo", {"text": "好 🦊"}], ["echo"], ["fail", {}], ["no_such_event", {}]]

    report = await play("ask", running.url, client=client, events=events)

    whole, empty, failed, unknown = report["answers"]
    assert whole == {"ok": True, "back": [{"text": "好 🦊"}]}
    assert empty == {"ok": True, "back": []}
    assert (failed["ok"], failed["error"]["code"]) == (False, "internal")
    assert (unknown["ok"], unknown["error"]["code"]) == (False, "unknown_event")
    assert "secret" not in str(report)
    assert report["transport"] == client["transports"][0]


async def test_a_namespace_with_its_own_dispatch_still_refuses_unknown_events(
    running: Running,
) -> None:
    events = [["echo", 1], ["no_such_event", 1]]

    report = await play("ask", running.url, namespace="/agent", events=events)

    assert report["answers"][0] == {"ok": True, "agent": 1}
    assert report["answers"][1]["error"]["code"] == "unknown_event"


@pytest.mark.parametrize("client", TRANSPORTS)
async def test_three_hundred_messages_are_handled_in_the_order_they_were_sent(
    running: Running, client: dict[str, list[str]]
) -> None:
    report = await play("order", running.url, client=client, count=300)

    assert running.room.seen == list(range(300))
    assert report["acked"] == list(range(300))


async def test_forty_messages_written_offline_arrive_over_polling(running: Running) -> None:
    report = await play("buffered", running.url, client=POLLING, count=40)

    assert running.room.seen == list(range(40))
    assert report["acked"] == list(range(40))


async def test_forty_messages_with_retries_arrive_over_polling(running: Running) -> None:
    client = {**POLLING, "retries": 10, "ackTimeout": 1500}

    report = await play("buffered", running.url, client=client, count=40)

    assert sorted(set(running.room.seen)) == list(range(40))
    assert report["acked"] == list(range(40))


async def test_a_browser_that_starts_with_polling_is_upgraded(running: Running) -> None:
    report = await play("upgrade", running.url)

    assert (report["begun"], report["ended"]) == ("polling", "websocket")
    assert report["answers"] == [{"ok": True, "back": [{"n": 1}]}]
    assert report["pushes"] == list(range(20))


async def test_nothing_is_lost_or_mixed_up_while_the_transport_changes(running: Running) -> None:
    report = await play("upgrade_under_load", running.url, count=150)

    assert report["pushes"] == list(range(150))
    assert report["ended"] == "websocket"


async def test_two_namespaces_share_one_connection(running: Running) -> None:
    report = await play("namespaces", running.url, client=WEBSOCKET)

    assert report == {
        "same": True,
        "customer": {"ok": True, "back": [1]},
        "agent": {"ok": True, "agent": 2},
    }
    assert len(running.server.eio.sockets) <= 1


async def test_a_refused_client_is_told_why(running: Running) -> None:
    report = await play("refused", running.url)

    assert report == {
        "message": "not_signed_in",
        "data": {"code": "no"},
        "nowhere": "unknown_namespace",
    }


async def test_a_cut_connection_comes_back_on_its_own(running: Running) -> None:
    async with started("reconnect", running.url, client=WEBSOCKET, connects=3) as client:
        await client.connected()
        for _ in range(2):
            (socket,) = running.server.eio.sockets.values()
            running.server.eio.transport_of(socket).abort()
            await _until_connected_again(running, socket)
        report = await client.report()

    assert report["seen"] == ["transport close", "transport close"]
    assert report["answer"] == {"ok": True, "back": ["back"]}
    assert set(running.room.left.values()) == {"transport close"}


async def _until_connected_again(running: Running, old: object) -> None:
    async with asyncio.timeout(5):
        while [s for s in running.server.eio.sockets.values() if s is not old and s.upgraded] == []:
            await asyncio.sleep(0.02)
        await asyncio.sleep(0.1)


@pytest.mark.parametrize(
    ("client", "codes"),
    [
        pytest.param(WEBSOCKET, {1009}, id="websocket"),
        pytest.param(POLLING, {400, "transport closed by the server"}, id="polling"),
    ],
)
async def test_an_oversized_event_ends_the_connection_cleanly(
    running: Running, client: dict[str, list[str]], codes: set[int | str]
) -> None:
    report = await play("oversized", running.url, client=client, size=70_000)

    assert report["code"] in codes
    assert report["answer"] == {"ok": True, "back": ["still here"]}


@pytest.mark.parametrize("client", TRANSPORTS)
async def test_binary_attachments_are_refused_and_nothing_is_kept_of_them(
    running: Running, client: dict[str, list[str]]
) -> None:
    report = await play("binary", running.url, client=client)

    assert report["reason"] in ("transport close", "transport error")
    assert running.server._binary_packet == {}
    assert running.server.eio.sockets == {}


async def test_a_long_answer_does_not_cost_a_lean_client_its_connection() -> None:
    async with served(lean=True, ping_interval_s=0.4, ping_timeout_s=0.4) as running:
        report = await play(
            "ask", running.url, client=WEBSOCKET, events=[["pause", {"s": 2}], ["echo", 1]]
        )

    assert report["answers"] == [{"ok": True}, {"ok": True, "back": [1]}]
