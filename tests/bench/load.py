"""Load on a relay: customers who send, agents who watch, and what all of them saw.

Closed: every customer sends the next message when the last is acknowledged, so the server is
always busy. Open: messages are sent at their appointed time whatever the server does, and latency
counts from that time, not from when the generator got round to it.
"""

from __future__ import annotations

import asyncio
import re
import time
from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass, field
from typing import Any

import aiohttp

from tests.bench.client import Client, connect
from tests.bench.seed import Pair

TEXT = "您好，我昨天买的那台烤箱到现在还没有收到，麻烦帮我查一下现在到哪里了，谢谢啦"
AT_ONCE = 32  # handshakes under way
DRAIN_S = 20.0
_SENT_ID = re.compile(r'"client_msg_id":"(m[0-9a-f-]+)"')


@dataclass(slots=True)
class Seen:
    """By `client_msg_id`: when it was due, when it was acknowledged, when the agent had it."""

    due: dict[str, float] = field(default_factory=dict)
    acknowledged: dict[str, float] = field(default_factory=dict)
    pushed: dict[str, float] = field(default_factory=dict)
    pushes: Counter[str] = field(default_factory=Counter)
    refusals: list[str] = field(default_factory=list)

    @property
    def missing(self) -> int:
        """Acknowledged, but no agent heard of it."""
        return len(self.acknowledged.keys() - self.pushed.keys())


class Sender:
    """One customer. `is_open`: goes on after each acknowledgement."""

    def __init__(self, client: Client, name: str, seen: Seen) -> None:
        self.name = name
        self._client = client
        self._seen = seen
        self._number = 0  # of the last message; also that of its acknowledgement
        self._sent: dict[int, str] = {}  # ids without an acknowledgement, by number
        self.is_open = False
        self.waits = 0  # for acknowledgements
        client.on_ack = self._acknowledged

    async def send(self, due: float | None = None) -> None:
        self._number += 1
        # The time first, as in the ids of browsers (UUIDv7).
        sent_id = f"m{time.time_ns() // 1_000_000:012x}-{self.name}-{self._number:08x}"
        self._sent[self._number] = sent_id
        self._seen.due[sent_id] = due or time.perf_counter()
        self.waits += 1
        await self._client.post(self._number, message_text(sent_id))

    async def repeat(self, event_and_data: str) -> None:
        """A message that another connection has sent before."""
        self._number += 1
        self.waits += 1
        await self._client.post(self._number, event_and_data)

    async def _acknowledged(self, number: int, text: str) -> None:
        self.waits -= 1
        if '"ok":false' in text:
            self._seen.refusals.append(text)
            return
        if (sent_id := self._sent.pop(number, None)) is not None:
            self._seen.acknowledged[sent_id] = time.perf_counter()
        if self.is_open:
            await self.send()


def message_text(sent_id: str) -> str:
    return (
        f'["post_message",{{"client_msg_id":"{sent_id}","body":{{"kind":"text","text":"{TEXT}"}}}}]'
    )


class Relay:
    """Everybody who is connected to one server."""

    def __init__(self) -> None:
        self.seen = Seen()
        self.senders: list[Sender] = []
        self.clients: list[Client] = []

    async def join_desk(
        self, http: aiohttp.ClientSession, pairs: Sequence[Pair], *, deflate: bool = False
    ) -> None:
        """Each customer's widget and each agent's console, which has the conversation open."""
        await _in_turns(
            [self._join_pair(http, number, pair, deflate) for number, pair in enumerate(pairs)]
        )

    async def _join_pair(
        self, http: aiohttp.ClientSession, number: int, pair: Pair, deflate: bool
    ) -> None:
        agent = await connect(
            http, "/agent", cookie=f"baton_session={pair.session}", offers_deflate=deflate
        )
        self._watch(agent)
        await agent.call("watch", {"conversation_id": pair.customer.conversation_id, "after": 0})
        customer = await connect(
            http, "/customer", auth={"token": pair.customer.token}, offers_deflate=deflate
        )
        self._add_sender(customer, number)

    async def join_naive(self, http: aiohttp.ClientSession, count: int) -> None:
        await _in_turns([self._join_naive_pair(http, number) for number in range(count)])

    async def _join_naive_pair(self, http: aiohttp.ClientSession, number: int) -> None:
        room = {"conversation_id": f"co_{number}"}
        self._watch(await connect(http, "/", auth={**room, "who": "agent"}))
        customer = await connect(http, "/", auth={**room, "who": "customer"})
        self._add_sender(customer, number)

    async def join_echo(
        self, http: aiohttp.ClientSession, count: int, *, deflate: bool = False
    ) -> None:
        await _in_turns([self._join_one_echo(http, number, deflate) for number in range(count)])

    async def _join_one_echo(self, http: aiohttp.ClientSession, number: int, deflate: bool) -> None:
        self._add_sender(await connect(http, "/", offers_deflate=deflate), number)

    def sender_of(self, sent_id: str) -> Sender:
        """The customer whose message it is; they connect in any order."""
        name = sent_id.split("-")[1]
        return next(sender for sender in self.senders if sender.name == name)

    def _watch(self, agent: Client) -> None:
        agent.on_event = self._pushed
        self.clients.append(agent)

    def _add_sender(self, customer: Client, number: int) -> None:
        self.clients.append(customer)
        self.senders.append(Sender(customer, f"{number:x}", self.seen))

    def _pushed(self, frame: str) -> None:
        if (found := _SENT_ID.search(frame)) is not None:
            sent_id = found.group(1)
            self.seen.pushed.setdefault(sent_id, time.perf_counter())
            self.seen.pushes[sent_id] += 1

    async def begin(self) -> None:
        """Closed loop, until `end`."""
        for sender in self.senders:
            sender.is_open = True
            await sender.send()

    async def end(self) -> None:
        """Nobody sends any more, and everything that was sent has been answered and pushed."""
        for sender in self.senders:
            sender.is_open = False
        await self.drain()

    async def drain(self) -> None:
        until = time.perf_counter() + DRAIN_S
        while time.perf_counter() < until and any(sender.waits for sender in self.senders):
            await asyncio.sleep(0.02)
        await asyncio.sleep(0.1)  # pushes and acknowledgements are written together

    async def send_at(self, rate: int, for_s: float) -> None:
        """Open loop: message n is due at n / rate, one customer after the other."""
        started = time.perf_counter()
        for number in range(int(rate * for_s)):
            due = started + number / rate
            if (early := due - time.perf_counter()) > 0:
                await asyncio.sleep(early)
            await self.senders[number % len(self.senders)].send(due)

    async def close(self) -> None:
        await asyncio.gather(*(client.close() for client in self.clients))


async def _in_turns(joining: list[Any]) -> None:
    slots = asyncio.Semaphore(AT_ONCE)

    async def one(join: Any) -> None:
        async with slots:
            await join

    await asyncio.gather(*(one(join) for join in joining))
