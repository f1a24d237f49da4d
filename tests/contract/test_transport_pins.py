"""The lean sockets replace private methods of python-engineio and lean on some of python-socketio.

When one of these tests fails after an upgrade: read the new source of the named function, carry
over what changed to the file named beside it, run the contract tests on lean and stock, and only
then write the new value here. Until then `lean_sockets = false` runs the desk on the library's own.
"""

from __future__ import annotations

import hashlib
import inspect
from collections.abc import Callable
from typing import Any

import pytest
from aiohttp import BaseConnector, web
from aiohttp.base_protocol import BaseProtocol
from engineio import AsyncServer as EngineServer
from engineio import packet as engine_packet
from engineio.async_socket import AsyncSocket
from engineio.base_socket import BaseSocket
from socketio import AsyncManager, AsyncServer, packet
from socketio.base_manager import BaseManager

SOCKET = "console/web/transport/engine_socket.py"
ENGINE = "console/web/transport/engine_server.py"
MANAGER = "console/web/transport/manager.py"
SERVER = "console/web/transport/server.py"
PACKET = "console/web/transport/packet.py"

PINS = [
    (AsyncSocket.receive, SOCKET, "a91ae36ec2fb"),
    (AsyncSocket.poll, SOCKET, "826f58a9f360"),
    (AsyncSocket.send, SOCKET, "0437276ccba7"),
    (AsyncSocket.close, SOCKET, "faa2e9390254"),
    (AsyncSocket.schedule_ping, SOCKET, "fe316639159c"),
    (AsyncSocket.check_ping_timeout, SOCKET, "77616d5ca780"),
    (AsyncSocket.handle_get_request, SOCKET, "05eaae9f0a60"),
    (AsyncSocket.handle_post_request, SOCKET, "82dca119a261"),
    (AsyncSocket._upgrade_websocket, SOCKET, "820b83efe96a"),
    (AsyncSocket._websocket_handler, SOCKET, "27f120df4d71"),
    (BaseSocket.__init__, SOCKET, "8532b631a4dc"),
    (EngineServer._handle_connect, ENGINE, "5bd7edc1d1ae"),
    (EngineServer._trigger_event, ENGINE, "4a09b6e47eb6"),
    (EngineServer.handle_request, ENGINE, "1a8c878e3516"),
    (EngineServer._service_task, ENGINE, "b6358bda51d0"),
    (EngineServer._upgrades, ENGINE, "040ebcdf64fb"),
    (engine_packet.Packet.encode, SOCKET, "8f3d5d869711"),
    (BaseManager.basic_enter_room, MANAGER, "3f509586d2d7"),
    (BaseManager.basic_leave_room, MANAGER, "e27f3eea06d1"),
    (BaseManager.basic_disconnect, MANAGER, "2933b50bc4b2"),
    (BaseManager.get_rooms, MANAGER, "56a1017f85af"),
    (AsyncManager.emit, MANAGER, "01ccd5b82b4f"),
    (AsyncServer._handle_connect, SERVER, "c97c480cf777"),
    (AsyncServer._handle_event, SERVER, "65178105ef8b"),
    (AsyncServer._handle_event_internal, SERVER, "472e8b723a12"),
    (AsyncServer._handle_eio_connect, SERVER, "76704886d944"),
    (AsyncServer._handle_eio_message, SERVER, "bef50fc0e163"),
    (AsyncServer._handle_eio_disconnect, SERVER, "9344593148b6"),
    (AsyncServer._trigger_event, SERVER, "01ba90cfa09b"),
    (AsyncServer._get_event_handler, SERVER, "e18d9a6570aa"),
    (AsyncServer._get_namespace_handler, SERVER, "3672467a1c13"),
    (packet.Packet.__init__, PACKET, "5fe2fa797e08"),
    (packet.Packet.encode, PACKET, "513c45be7518"),
    (packet.Packet.decode, PACKET, "61ad7904b539"),
]


def fingerprint(function: Callable[..., Any]) -> str:
    return hashlib.sha256(inspect.getsource(function).encode()).hexdigest()[:12]


@pytest.mark.parametrize(
    ("function", "ours", "expected"),
    PINS,
    ids=[f"{function.__module__}.{function.__qualname__}" for function, _, _ in PINS],
)
def test_the_library_still_does_what_we_replaced(
    function: Callable[..., Any], ours: str, expected: str
) -> None:
    found = fingerprint(function)

    assert found == expected, f"{function.__qualname__} has changed: compare it with {ours}"


def test_aiohttp_still_tells_when_a_connection_is_full() -> None:
    assert isinstance(BaseProtocol.writing_paused, property)
    assert isinstance(web.BaseRequest.protocol, property)
    assert isinstance(web.BaseRequest.transport, property)
    assert "compress" in inspect.signature(web.WebSocketResponse.__init__).parameters


def test_a_changed_library_is_noticed() -> None:
    assert fingerprint(BaseConnector.close) not in {expected for _, _, expected in PINS}
