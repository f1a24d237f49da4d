"""The bus between desks over Valkey or Redis: publish and subscribe, nothing is kept there.

All desks hear one common channel: every desk shows every conversation's row, so nearly
everything concerns everybody. Each has a channel of its own for its heartbeat: a listener that
does not hear its own desk is taken down and built anew, whatever its connection claims.
"""

from __future__ import annotations

import asyncio
import contextlib
import random
import time
from collections.abc import Sequence

import structlog
from redis.asyncio import Redis
from redis.asyncio.client import PubSub
from redis.asyncio.connection import parse_url
from redis.asyncio.retry import Retry
from redis.backoff import NoBackoff

from console.desk.identity import new_id
from console.gateways.bus import BusListener, BusSignal, Hint
from console.gateways.bus_envelope import Envelope, Freshness, Seal
from console.gateways.bus_outbox import Outbox

log = structlog.get_logger()

BATCH = 500  # hints and signals in one envelope at most
ANSWER_S = 2.0  # a bus that takes longer counts as down
BEAT_EVERY_S = 1.0
SILENT_S = 4.0  # without a heartbeat of our own
FIRST_WAIT_S = 0.1
LONGEST_WAIT_S = 2.0  # short: a hole in the hints lasts as long as the back-off
TELL_EVERY_S = 60.0  # somebody who forges must not fill the log


class Silent(Exception):
    """The listener does not hear its own desk."""


class ValkeyBus:
    """`secret`: the same on all desks of an installation. `url`: redis://, rediss:// or unix://."""

    is_shared = True

    def __init__(self, url: str, secret: str) -> None:
        parse_url(url)  # a wrong address stops the start instead of failing for ever
        self._url = url
        self._me = new_id("dk")
        self._seal = Seal(secret)
        self._common = f"baton:{self._seal.name}:desks"
        self._own = f"baton:{self._seal.name}:desk:{self._me}"
        self._outbox = Outbox(time.monotonic)
        self._fresh = Freshness()
        self._number = 0
        self._wake = asyncio.Event()
        self._listeners: list[BusListener] = []
        self._heard_at = 0.0
        self._is_up = False
        self._told_down = False
        self._refused_told_at = -TELL_EVERY_S
        self.refused = 0  # envelopes that were forged, old or unreadable
        self._task: asyncio.Task[None] | None = None

    @property
    def is_up(self) -> bool:
        """True while our own heartbeat comes back."""
        return self._is_up

    @property
    def dropped(self) -> int:
        """Hints and signals thrown away because the bus was down for long."""
        return self._outbox.dropped

    def subscribe(self, listener: BusListener) -> None:
        self._listeners.append(listener)

    def publish_hints(self, hints: Sequence[Hint]) -> None:
        for hint in hints:
            self._outbox.put(hint)
        self._wake.set()

    def publish_signal(self, signal: BusSignal) -> None:
        self._outbox.put(signal)
        self._wake.set()

    async def open(self) -> None:
        """Returns at once; a bus that is down does not keep a desk from starting."""
        self._task = asyncio.create_task(self._keep_connected(), name="bus")

    async def close(self) -> None:
        if self._task is not None:
            self._task.cancel()
            with contextlib.suppress(asyncio.CancelledError):
                await self._task
        self._is_up = False

    async def _keep_connected(self) -> None:
        wait_s = FIRST_WAIT_S
        while True:
            try:
                await self._session()
            except Exception as error:  # this loop must live: without the bus desks only poll
                wait_s = FIRST_WAIT_S if self._is_up else min(wait_s * 2, LONGEST_WAIT_S)
                self._went_down(error)
            await asyncio.sleep(wait_s * random.uniform(0.5, 1))  # noqa: S311  # not a secret

    async def _session(self) -> None:
        """From connecting until something fails. Always raises."""
        client = _client(self._url)
        ears = client.pubsub(ignore_subscribe_messages=True)
        try:
            await ears.subscribe(self._common, self._own)
            self._heard_at = time.monotonic()
            async with asyncio.TaskGroup() as tasks:
                tasks.create_task(self._listen(ears), name="bus: listen")
                tasks.create_task(self._speak(client), name="bus: speak")
                tasks.create_task(self._beat(client), name="bus: heartbeat")
        finally:
            await _let_go(ears, client)

    async def _listen(self, ears: PubSub) -> None:
        while True:
            message = await ears.get_message(timeout=SILENT_S)
            if message is not None and message["type"] == "message":
                self._received(message["channel"].decode(), message["data"])

    async def _speak(self, client: Redis) -> None:
        """One envelope for all that has gathered; while it is on its way the next one gathers."""
        self._wake.set()  # what was put while there was no connection
        while True:
            await self._wake.wait()
            self._wake.clear()
            while self._outbox:
                await self._say(client, *self._outbox.take(BATCH))

    async def _say(self, client: Redis, hints: list[Hint], signals: list[BusSignal]) -> None:
        if not hints and not signals:
            return
        try:
            await self._publish(client, self._common, hints, signals)
        except BaseException:
            self._outbox.put_back(hints)
            raise

    async def _beat(self, client: Redis) -> None:
        while True:
            if time.monotonic() - self._heard_at > SILENT_S:
                raise Silent(f"nothing heard for {SILENT_S} s")
            await self._publish(client, self._own, [], [])
            await asyncio.sleep(BEAT_EVERY_S)

    async def _publish(
        self, client: Redis, channel: str, hints: list[Hint], signals: list[BusSignal]
    ) -> None:
        self._number += 1
        envelope = Envelope(self._me, self._number, _now_ms(), hints, signals)
        await client.publish(channel, self._seal.close(channel, envelope))

    def _received(self, channel: str, raw: bytes) -> None:
        envelope = self._seal.open(channel, raw)
        if envelope is None:
            self._refuse("forged or unreadable")
        elif channel == self._own:
            self._heard_own(envelope)
        elif envelope.sender != self._me:
            if self._fresh.accepts(envelope, _now_ms()):
                self._deliver(envelope)
            else:
                self._refuse("old or repeated; clocks of desks may differ")

    def _heard_own(self, beat: Envelope) -> None:
        if not self._fresh.accepts(beat, _now_ms()):
            return
        self._heard_at = time.monotonic()
        if not self._is_up:
            self._is_up, self._told_down = True, False
            log.info("bus is up", dropped=self._outbox.dropped)

    def _deliver(self, envelope: Envelope) -> None:
        for listener in self._listeners:
            try:
                if envelope.hints:
                    listener.hinted(envelope.hints)
                for signal in envelope.signals:
                    listener.signalled(signal)
            except Exception:  # one odd message must not cost the connection
                log.exception("a message of the bus was not understood", sender=envelope.sender)

    def _refuse(self, why: str) -> None:
        self.refused += 1
        now = time.monotonic()
        if now - self._refused_told_at >= TELL_EVERY_S:
            self._refused_told_at = now
            log.warning("refused messages on the bus", why=why, so_far=self.refused)

    def _went_down(self, error: Exception) -> None:
        self._is_up = False
        if not self._told_down:
            self._told_down = True
            log.warning("bus is down; this desk polls the database", error=_first(error))


def _client(url: str) -> Redis:
    """No retries inside the library: they would hide an outage and block for seconds."""
    return Redis.from_url(
        url,
        socket_timeout=ANSWER_S,
        socket_connect_timeout=ANSWER_S,
        retry=Retry(NoBackoff(), 0),
        health_check_interval=0,
    )


async def _let_go(ears: PubSub, client: Redis) -> None:
    """Whatever state the connections are in."""
    with contextlib.suppress(Exception):
        async with asyncio.timeout(ANSWER_S):
            await ears.aclose()  # type: ignore[no-untyped-call]  # the library's gap
    with contextlib.suppress(Exception):
        async with asyncio.timeout(ANSWER_S):
            await client.aclose()


def _first(error: BaseException) -> str:
    """The reason inside a group of them."""
    while isinstance(error, BaseExceptionGroup):
        error = error.exceptions[0]
    return f"{type(error).__name__}: {error}"


def _now_ms() -> int:
    return time.time_ns() // 1_000_000
