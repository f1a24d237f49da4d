"""A peer whose connection is cut: writing to it is given up in silence, and others get theirs."""

from __future__ import annotations

from types import SimpleNamespace
from typing import Any

import engineio
import pytest

from console.web.transport.engine_socket import LeanSocket
from console.web.transport.outgoing import Outgoing, text_frame


class Line:
    """A transport as uvloop's: once it is closed, a write raises."""

    def __init__(self, *, is_cut: bool) -> None:
        self.is_cut = is_cut
        self.written: list[bytes] = []

    def is_closing(self) -> bool:
        return self.is_cut

    def write(self, frame: bytes) -> None:
        if self.is_cut:
            raise RuntimeError("the handler is closed")
        self.written.append(frame)


def _socket_on(line: Line) -> LeanSocket:
    socket = LeanSocket(engineio.AsyncServer(async_mode="aiohttp"), "sid")
    parts: Any = {
        "_ws": SimpleNamespace(closed=False),
        "_transport": line,
        "_protocol": SimpleNamespace(writing_paused=False),
    }
    for name, part in parts.items():
        setattr(socket, name, part)
    return socket


@pytest.mark.parametrize("is_cut", [True, False])
async def test_a_cut_line_takes_nothing_and_raises_nothing(*, is_cut: bool) -> None:
    line = Line(is_cut=is_cut)
    message = Outgoing(b"2[]")

    _socket_on(line).deliver(message)

    assert line.written == ([] if is_cut else [message.frame])


def test_the_line_itself_does_raise() -> None:
    """The negative control: without the look before the write the room would get nothing."""
    with pytest.raises(RuntimeError):
        Line(is_cut=True).write(text_frame(b"2[]"))
