"""An agent behind a bad line: keeps to the protocol, or (the control) does not."""

from __future__ import annotations

import asyncio
import contextlib
from typing import Any
from uuid import uuid4

import socketio

from tests.faults.ledger import Witness

AGENT = "/agent"
ANSWER_WITHIN_S = 2.0


class AgentClient:
    """Writes in one conversation and watches it."""

    def __init__(self, url: str, cookie: str, conversation_id: str, *, careful: bool) -> None:
        self._url, self._cookie = url, cookie
        self._conversation_id = conversation_id
        self._careful = careful
        self._socket = socketio.AsyncClient(
            reconnection_delay=0.2,
            reconnection_delay_max=0.4,
            randomization_factor=0,
            handle_sigint=False,
        )
        self._socket.on("*", self._heard, namespace=AGENT)
        self._socket.on("connect", self._connected, namespace=AGENT)
        self._catching_up: asyncio.Task[None] | None = None
        self._ahead: dict[int, dict[str, Any]] = {}
        self.witness = Witness("agent", [], {}, [])

    @property
    def last_seq(self) -> int:
        return self.witness.shown[-1]["seq"] if self.witness.shown else 0

    async def open(self) -> None:
        await self._socket.connect(
            self._url,
            headers=lambda: {"Cookie": self._cookie},  # a dict would lose it at the first connect
            namespaces=[AGENT],
            transports=["websocket"],
            retry=True,
        )

    async def close(self) -> None:
        with contextlib.suppress(Exception):
            await self._socket.shutdown()
        if self._catching_up is not None:
            self._catching_up.cancel()

    async def ask(self, event: str, **data: Any) -> dict[str, Any]:
        """Raises `SocketIOError` or `TimeoutError` when there is no answer."""
        answer: dict[str, Any] = await self._socket.call(
            event, data, namespace=AGENT, timeout=ANSWER_WITHIN_S
        )
        return answer

    async def insist(self, event: str, **data: Any) -> dict[str, Any]:
        """Asks until there is an answer."""
        while True:
            with contextlib.suppress(socketio.exceptions.SocketIOError, TimeoutError):
                return await self.ask(event, **data)
            await asyncio.sleep(0.1)

    async def write(self, count: int, pause_s: float) -> None:
        for n in range(count):
            await self._write_one(n)
            await asyncio.sleep(pause_s)

    async def _write_one(self, n: int) -> None:
        message_id = str(uuid4())
        self.witness.written.append(message_id)
        body = {"kind": "text", "text": f"agent {n}"}
        asked = {
            "conversation_id": self._conversation_id,
            "client_msg_id": message_id,
            "body": body,
        }
        if self._careful:
            answer = await self.insist("post_message", **asked)
            assert answer["ok"], answer
            self.witness.acked[message_id] = answer["seq"]
            return
        with contextlib.suppress(socketio.exceptions.SocketIOError):
            await self._socket.emit("post_message", asked, namespace=AGENT)

    async def settle(self) -> None:
        """Everything stored has been seen."""
        while self._careful:
            answer = await self.insist(
                "watch", conversation_id=self._conversation_id, after=self.last_seq
            )
            for event in answer["events"]:
                self._take(event)
            if self.last_seq >= answer["head"]:
                return

    async def _connected(self) -> None:
        self._catch_up()

    def _heard(self, _event: str, data: Any) -> None:
        is_ours = isinstance(data, dict) and data.get("conversation_id") == self._conversation_id
        if not is_ours or "seq" not in data or "prev" not in data:
            return
        if not self._careful:
            self.witness.shown.append(_short(data))
        elif self._take(data):
            self._catch_up()

    def _take(self, event: dict[str, Any]) -> bool:
        """True when something in between is missing."""
        if event["seq"] > self.last_seq:
            self._ahead[event["seq"]] = event
        while (following := self._ahead.pop(self.last_seq + 1, None)) is not None:
            self.witness.shown.append(_short(following))
        self._ahead = {seq: one for seq, one in self._ahead.items() if seq > self.last_seq}
        return bool(self._ahead)

    def _catch_up(self) -> None:
        if self._catching_up is None or self._catching_up.done():
            self._catching_up = asyncio.create_task(self._watch())

    async def _watch(self) -> None:
        if self._careful:
            await self.settle()
            return
        with contextlib.suppress(socketio.exceptions.SocketIOError, TimeoutError):
            await self.ask("watch", conversation_id=self._conversation_id, after=10**6)


def _short(event: dict[str, Any]) -> dict[str, Any]:
    return {"seq": event["seq"], "client_msg_id": event.get("client_msg_id")}
