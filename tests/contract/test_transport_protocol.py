"""Clients that break the protocol, spoken to byte by byte."""

from __future__ import annotations

import asyncio
import json
from collections.abc import AsyncIterator
from typing import Any

import aiohttp
import pytest

from console.web.transport import emit_now, server
from tests.contract.transport_server import ORIGIN, Running, served

PATH = "/socket.io/?EIO=4&transport="
JOIN = '40/customer,{"token":"secret"}'


@pytest.fixture(params=["lean", "stock"])
def lean(request: pytest.FixtureRequest) -> bool:
    return bool(request.param == "lean")


@pytest.fixture
async def running(lean: bool) -> AsyncIterator[Running]:
    async with served(lean=lean) as found:
        yield found


@pytest.fixture
async def browser(running: Running) -> AsyncIterator[aiohttp.ClientSession]:
    async with aiohttp.ClientSession(running.url) as found:
        yield found


async def joined(browser: aiohttp.ClientSession, **options: Any) -> aiohttp.ClientWebSocketResponse:
    ws = await browser.ws_connect(f"{PATH}websocket", **options)
    assert (await ws.receive_str())[0] == "0"
    await ws.send_str(JOIN)
    assert (await ws.receive_str()).startswith("40/customer,")
    return ws


async def polling_sid(browser: aiohttp.ClientSession) -> str:
    async with browser.get(f"{PATH}polling") as answer:
        return str(json.loads((await answer.text())[1:])["sid"])


async def poll(browser: aiohttp.ClientSession, sid: str) -> tuple[int, str]:
    async with browser.get(f"{PATH}polling&sid={sid}") as answer:
        return answer.status, await answer.text()


async def post(browser: aiohttp.ClientSession, sid: str, body: Any) -> tuple[int, str]:
    async with browser.post(f"{PATH}polling&sid={sid}", data=body) as answer:
        return answer.status, await answer.text()


@pytest.mark.parametrize("origin", ["https://evil.example", "null", f"{ORIGIN}.evil.example"])
async def test_a_foreign_origin_gets_no_connection(
    running: Running, browser: aiohttp.ClientSession, origin: str
) -> None:
    async with browser.get(f"{PATH}polling", headers={"Origin": origin}) as answer:
        assert answer.status == 400
        assert "Access-Control-Allow-Origin" not in answer.headers
    with pytest.raises(aiohttp.WSServerHandshakeError) as refused:
        await browser.ws_connect(f"{PATH}websocket", headers={"Origin": origin})
    assert refused.value.status == 400
    assert running.server.eio.sockets == {}


async def test_the_own_origin_gets_a_connection_without_cookies_of_others(
    browser: aiohttp.ClientSession,
) -> None:
    async with browser.get(f"{PATH}polling", headers={"Origin": ORIGIN}) as answer:
        assert answer.status == 200
        assert answer.headers["Access-Control-Allow-Origin"] == ORIGIN
        assert "Access-Control-Allow-Credentials" not in answer.headers


async def test_compression_is_refused_to_every_browser(browser: aiohttp.ClientSession) -> None:
    offer = {"Sec-WebSocket-Extensions": "permessage-deflate; client_max_window_bits"}

    ws = await browser.ws_connect(f"{PATH}websocket", headers=offer)

    assert "Sec-WebSocket-Extensions" not in ws._response.headers
    assert not ws.compress
    await ws.close()


MALFORMED = [
    "",
    "x",
    "4",
    "4x",
    "49",
    "42/customer,1[",
    '42/customer,1["echo"',
    "42/customer,1" + "[" * 30_000,
    '42/customer,1["echo",NaN]',
    "42" + "1" * 200 + '["echo"]',
    "42²[1]",
    "44/customer,{}",
    '451-/customer,["echo",{"_placeholder":true,"num":0}]',
    '461-/customer,1[{"_placeholder":true,"num":0}]',
    "bAAAA",
]


@pytest.mark.parametrize("frame", MALFORMED)
async def test_a_malformed_packet_ends_its_own_connection_only(
    running: Running, browser: aiohttp.ClientSession, frame: str
) -> None:
    ws, other = await joined(browser), await joined(browser)

    await ws.send_str(frame)

    async with asyncio.timeout(5):
        assert (await ws.receive()).type in (aiohttp.WSMsgType.CLOSE, aiohttp.WSMsgType.CLOSED)
    await other.send_str('42/customer,7["echo",1]')
    assert await other.receive_str() == '43/customer,7[{"ok":true,"back":[1]}]'
    assert len(running.server.eio.sockets) == 1
    assert running.server._binary_packet == {}
    await other.close()


async def test_a_binary_frame_ends_the_connection(browser: aiohttp.ClientSession) -> None:
    ws = await joined(browser)

    await ws.send_bytes(b"\x04binary")

    assert (await ws.receive()).type in (aiohttp.WSMsgType.CLOSE, aiohttp.WSMsgType.CLOSED)


@pytest.mark.parametrize("body", ["[]", "{}", '"echo"', "[1]", "[null,1]", '[["echo"],1]'])
async def test_an_event_without_a_name_is_a_bad_request(
    browser: aiohttp.ClientSession, body: str
) -> None:
    ws = await joined(browser)

    await ws.send_str(f"42/customer,3{body}")

    answer = json.loads((await ws.receive_str()).removeprefix("43/customer,3"))
    assert answer[0]["error"]["code"] == "bad_request"
    await ws.close()


@pytest.mark.parametrize("event", ["connect", "disconnect", "__init__", "", "connect\n"])
async def test_a_client_cannot_call_what_is_not_its_to_call(
    running: Running, browser: aiohttp.ClientSession, event: str
) -> None:
    ws = await joined(browser)

    await ws.send_str(f"42/customer,3{json.dumps([event, {'token': 'secret', 'room': 'agents'}])}")

    answer = json.loads((await ws.receive_str()).removeprefix("43/customer,3"))
    assert answer[0]["error"]["code"] == "unknown_event"
    assert running.room.left == {}
    assert "agents" not in running.server.manager.rooms["/customer"]
    await ws.close()


async def test_half_an_emoji_becomes_a_character_that_can_be_stored(
    browser: aiohttp.ClientSession,
) -> None:
    ws = await joined(browser)

    await ws.send_str('42/customer,3["echo","cut \\ud83d"]')

    answer = json.loads((await ws.receive_str()).removeprefix("43/customer,3"))
    assert answer == [{"ok": True, "back": ["cut \ufffd"]}]
    await ws.close()


async def test_an_event_before_the_namespace_is_joined_does_nothing(
    running: Running, browser: aiohttp.ClientSession
) -> None:
    ws = await browser.ws_connect(f"{PATH}websocket")
    await ws.receive_str()

    await ws.send_str('42/customer,1["count",{"n":1}]')
    await ws.send_str('42["count",{"n":2}]')
    await ws.send_str(JOIN)

    assert (await ws.receive_str()).startswith("40/customer,")
    assert running.room.seen == []
    await ws.close()


async def test_a_connection_that_joins_nothing_is_closed(
    lean: bool, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(server, "JOIN_WITHIN_S", 0.2)
    async with served(lean=lean) as running, aiohttp.ClientSession(running.url) as browser:
        idle = await browser.ws_connect(f"{PATH}websocket")
        member = await joined(browser)
        await idle.receive_str()

        async with asyncio.timeout(3):
            assert (await idle.receive()).type in (
                aiohttp.WSMsgType.CLOSE,
                aiohttp.WSMsgType.CLOSED,
            )
        await member.send_str('42/customer,7["echo",1]')
        assert await member.receive_str() == '43/customer,7[{"ok":true,"back":[1]}]'
        await member.close()


async def test_a_client_that_answers_no_ping_is_given_up(lean: bool) -> None:
    async with (
        served(lean=lean, ping_interval_s=0.2, ping_timeout_s=0.3) as running,
        aiohttp.ClientSession(running.url) as browser,
    ):
        ws = await joined(browser)
        assert await ws.receive_str() == "2"
        async with asyncio.timeout(5):
            while (await ws.receive()).type is aiohttp.WSMsgType.TEXT:
                pass
            while not running.room.left:
                await asyncio.sleep(0.01)
        reasons = {"ping timeout"} if lean else {"ping timeout", "transport close"}
        assert set(running.room.left.values()) <= reasons


async def test_pings_are_answered_and_go_on(lean: bool) -> None:
    async with (
        served(lean=lean, ping_interval_s=0.1, ping_timeout_s=0.3) as running,
        aiohttp.ClientSession(running.url) as browser,
    ):
        ws = await joined(browser)
        for _ in range(8):
            assert await ws.receive_str() == "2"
            await ws.send_str("3")
        assert running.room.left == {}
        await ws.close()


async def test_who_goes_away_while_still_joining_has_left(
    running: Running, browser: aiohttp.ClientSession, monkeypatch: pytest.MonkeyPatch
) -> None:
    """The page is closed while the desk still looks who it is."""
    joining, may_go_on, join = asyncio.Event(), asyncio.Event(), running.room.on_connect

    async def slowly(*who: Any) -> None:
        joining.set()
        await may_go_on.wait()
        await join(*who)

    monkeypatch.setattr(running.room, "on_connect", slowly)
    sid = await polling_sid(browser)
    post_join = asyncio.create_task(post(browser, sid, JOIN))
    await joining.wait()

    await post(browser, sid, "1")
    may_go_on.set()
    await post_join

    assert len(running.room.left) == 1
    assert not running.server.manager.rooms.get("/customer")
    assert running.server.eio.sockets == {}


async def test_too_many_packets_in_one_body_are_refused_aloud_by_the_lean_server() -> None:
    async with served(lean=True) as running, aiohttp.ClientSession(running.url) as browser:
        sid = await polling_sid(browser)

        answer = post(browser, sid, "\x1e".join([JOIN] * 513))
        (status, _), _ = await asyncio.gather(answer, poll(browser, sid))

        assert status == 400
        assert running.server.eio.sockets == {}


async def test_a_polling_body_in_pieces_is_read_whole(
    running: Running, browser: aiohttp.ClientSession
) -> None:
    sid = await polling_sid(browser)
    await post(browser, sid, JOIN)
    await poll(browser, sid)
    body = "\x1e".join(f'42/customer,{n}["echo","{"x" * 900}"]' for n in range(40)).encode()

    reader, writer = await asyncio.open_connection("127.0.0.1", running.port)
    head = (
        f"POST {PATH}polling&sid={sid} HTTP/1.1\r\nHost: x\r\nContent-Length: {len(body)}\r\n\r\n"
    )
    writer.write(head.encode())
    for start in range(0, len(body), 7_000):
        writer.write(body[start : start + 7_000])
        await writer.drain()
        await asyncio.sleep(0.01)

    assert (await reader.readline()).startswith(b"HTTP/1.1 200")
    _, answers = await poll(browser, sid)
    assert answers.count("43/customer,") == 40
    writer.close()


@pytest.mark.parametrize("body", [b"\xff\xfe", b"x", b"d=", b"4" * 70_000])
async def test_an_unreadable_polling_body_crashes_nothing(lean: bool, body: bytes) -> None:
    async with (
        served(lean=lean, ping_interval_s=0.2, ping_timeout_s=0.2) as running,
        aiohttp.ClientSession(running.url) as browser,
    ):
        sid = await polling_sid(browser)

        (status, text), _ = await asyncio.gather(post(browser, sid, body), poll(browser, sid))

        assert status == 400 if lean else status in (200, 400)
        assert "Traceback" not in text
        assert (await polling_sid(browser)) != sid


async def test_a_member_of_two_rooms_hears_it_once(
    running: Running, browser: aiohttp.ClientSession
) -> None:
    ws = await joined(browser)
    (sid,) = running.server.manager.rooms["/customer"]["everybody"]
    await running.server.enter_room(sid, "second", namespace="/customer")

    emit_now(running.server, "/customer", "pushed", {"n": 1}, ["everybody", "second", "empty"])
    emit_now(running.server, "/customer", "pushed", {"n": 2}, ["second"])
    emit_now(running.server, "/customer", "pushed", {"n": 3}, [])
    emit_now(running.server, "/nowhere", "pushed", {"n": 4}, ["second"])
    await ws.send_str('42/customer,1["echo"]')

    got = [await ws.receive_str() for _ in range(3)]
    assert got == [
        '42/customer,["pushed",{"n":1}]',
        '42/customer,["pushed",{"n":2}]',
        '43/customer,1[{"ok":true,"back":[]}]',
    ]
    await ws.close()


async def test_rooms_end_with_their_members(
    running: Running, browser: aiohttp.ClientSession
) -> None:
    ws = await joined(browser)
    (sid,) = running.server.manager.rooms["/customer"]["everybody"]
    await running.server.enter_room(sid, "second", namespace="/customer")
    assert set(running.server.rooms(sid, "/customer")) == {sid, "everybody", "second"}
    await running.server.leave_room(sid, "second", namespace="/customer")
    assert set(running.server.rooms(sid, "/customer")) == {sid, "everybody"}

    await ws.close()
    async with asyncio.timeout(3):
        while running.server.eio.sockets:
            await asyncio.sleep(0.01)

    assert running.server.manager.rooms == {}
    assert running.server.environ == {}
    assert running.server.eio._transports == {}


async def test_the_server_can_ask_and_be_answered(
    running: Running, browser: aiohttp.ClientSession
) -> None:
    ws = await joined(browser)
    answers: asyncio.Queue[str] = asyncio.Queue()

    await running.server.emit(
        "ask", {"a": 1}, room="everybody", namespace="/customer", callback=answers.put_nowait
    )
    assert await ws.receive_str() == '42/customer,1["ask",{"a":1}]'
    await ws.send_str('43/customer,1["yes"]')

    assert await answers.get() == "yes"
    await ws.close()
