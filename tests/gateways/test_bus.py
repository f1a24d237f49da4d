"""The bus tells what it can, bounded and sealed, and never makes anybody wait."""

from __future__ import annotations

import asyncio
import time
from collections.abc import AsyncIterator, Callable, Sequence
from contextlib import asynccontextmanager
from dataclasses import dataclass, field, replace

import pytest
from redis.asyncio import Redis

from console.gateways import valkey_bus
from console.gateways.bus import BusSignal, Hint, LocalBus
from console.gateways.bus_envelope import AGE_MS, Envelope, Freshness, Seal
from console.gateways.bus_outbox import SIGNAL_KEEPS_S, Outbox
from console.gateways.valkey_bus import ValkeyBus
from tests.plugins.valkey import OwnValkey

SECRET = "a secret that only desks know"
HINT = Hint("co_1", 3, 4, ("message_posted",))
WITHIN_S = 10.0


@dataclass
class Ears:
    hints: list[Hint] = field(default_factory=list)
    signals: list[BusSignal] = field(default_factory=list)

    def hinted(self, hints: Sequence[Hint]) -> None:
        self.hints += hints

    def signalled(self, signal: BusSignal) -> None:
        self.signals.append(signal)


async def until(fact: Callable[[], object]) -> None:
    async with asyncio.timeout(WITHIN_S):
        while not fact():
            await asyncio.sleep(0.01)


@asynccontextmanager
async def listening(
    url: str, secret: str = SECRET, *, wait: bool = True
) -> AsyncIterator[tuple[ValkeyBus, Ears]]:
    bus, ears = ValkeyBus(url, secret), Ears()
    bus.subscribe(ears)
    await bus.open()
    try:
        if wait:
            await until(lambda: bus.is_up)
        yield bus, ears
    finally:
        await bus.close()


# --- the seal ---


def envelope(number: int = 1, sent_ms: int = 1_000) -> Envelope:
    return Envelope("dk_1", number, sent_ms, [HINT], [{"name": "typing"}])


def test_a_sealed_envelope_opens_as_it_was_closed():
    assert Seal(SECRET).open("c", Seal(SECRET).close("c", envelope())) == envelope()


@pytest.mark.parametrize(
    "spoil",
    [
        lambda raw: raw[:-1] + b" ",
        lambda raw: bytes(32) + raw[32:],
        lambda raw: raw[32:],
        lambda raw: b"",
        lambda raw: Seal("another secret").close("c", envelope()),
        lambda raw: Seal(SECRET).close("another channel", envelope()),
    ],
)
def test_what_no_desk_has_sealed_does_not_open(spoil: Callable[[bytes], bytes]):
    assert Seal(SECRET).open("c", spoil(Seal(SECRET).close("c", envelope()))) is None


def test_two_installations_on_one_server_have_channels_of_their_own():
    assert Seal(SECRET).name != Seal("another secret").name
    assert SECRET not in Seal(SECRET).name


def test_a_recorded_envelope_is_heard_once():
    fresh = Freshness()

    assert fresh.accepts(envelope(1), now_ms=1_000)
    assert not fresh.accepts(envelope(1), now_ms=1_000)
    assert fresh.accepts(envelope(2), now_ms=1_000)
    assert not fresh.accepts(envelope(1), now_ms=1_000)


def test_an_old_envelope_is_not_heard_by_a_desk_that_has_just_started():
    assert not Freshness().accepts(envelope(), now_ms=1_000 + AGE_MS + 1)
    assert not Freshness().accepts(envelope(sent_ms=1_000 + AGE_MS + 1), now_ms=1_000)


# --- what waits to be said ---


def test_the_oldest_goes_when_there_is_no_room():
    outbox = Outbox(lambda: 0.0, room=3)

    for number in range(5):
        outbox.put(replace(HINT, last=number))

    hints, _ = outbox.take(10)
    assert [hint.last for hint in hints] == [2, 3, 4]
    assert outbox.dropped == 2


def test_a_late_signal_is_not_said_and_a_late_hint_is():
    now = [0.0]
    outbox = Outbox(lambda: now[0])
    outbox.put({"name": "typing"})
    outbox.put(HINT)

    now[0] = SIGNAL_KEEPS_S + 1

    assert outbox.take(10) == ([HINT], [])


def test_hints_of_a_failed_batch_come_first_again():
    outbox = Outbox(lambda: 0.0)
    outbox.put(replace(HINT, last=3))

    outbox.put_back([replace(HINT, last=1), replace(HINT, last=2)])

    assert [hint.last for hint in outbox.take(10)[0]] == [1, 2, 3]


# --- one desk ---


async def test_one_desk_has_nobody_to_tell():
    bus = LocalBus()
    await bus.open()

    bus.publish_hints([HINT])
    bus.publish_signal({"name": "typing"})

    assert (bus.is_shared, bus.is_up) == (False, True)
    await bus.close()


# --- several desks ---


async def test_the_other_desk_hears_hints_and_signals_and_the_speaker_does_not(valkey: OwnValkey):
    async with listening(valkey.url) as (one, own), listening(valkey.url) as (_, other):
        one.publish_hints([HINT])
        one.publish_signal({"name": "typing", "body": {"on": True}})

        await until(lambda: other.signals)

    assert other.hints == [HINT]
    assert other.signals == [{"name": "typing", "body": {"on": True}}]
    assert (own.hints, own.signals) == ([], [])


async def test_what_is_said_in_one_turn_of_the_loop_travels_together_and_in_order(
    valkey: OwnValkey,
):
    async with listening(valkey.url) as (one, _), listening(valkey.url) as (_, other):
        before = one._number
        for number in range(1_200):
            one.publish_hints([replace(HINT, last=number)])

        await until(lambda: len(other.hints) == 1_200)
        envelopes = one._number - before

    assert [hint.last for hint in other.hints] == list(range(1_200))
    assert 3 <= envelopes <= 5  # of 500 each; a heartbeat or two may come between


async def test_a_desk_of_another_installation_is_not_heard(valkey: OwnValkey):
    async with listening(valkey.url) as (_, ours), listening(valkey.url, "other") as (alien, _):
        alien.publish_hints([HINT])
        await asyncio.sleep(0.3)

    assert ours.hints == []


async def test_a_forged_message_is_ignored_and_counted(valkey: OwnValkey):
    async with listening(valkey.url) as (bus, ears):
        forger = Redis.from_url(valkey.url)
        forged = Seal("guessed").close(bus._common, envelope(sent_ms=time.time_ns() // 1_000_000))
        assert await forger.publish(bus._common, forged) == 1
        assert await forger.publish(bus._common, b'{"method":"emit"}') == 1
        await until(lambda: bus.refused == 2)
        await forger.aclose()

    assert (ears.hints, ears.signals) == ([], [])


async def test_a_message_played_again_is_ignored(valkey: OwnValkey):
    async with listening(valkey.url) as (one, _), listening(valkey.url) as (other, ears):
        recorder = Redis.from_url(valkey.url)
        tape = recorder.pubsub(ignore_subscribe_messages=True)
        await tape.subscribe(one._common)
        one.publish_hints([HINT])
        await until(lambda: ears.hints)
        recorded = None
        while recorded is None:
            recorded = await tape.get_message(timeout=1)
        await recorder.publish(one._common, recorded["data"])
        await until(lambda: other.refused == 1)
        await tape.aclose()
        await recorder.aclose()

    assert ears.hints == [HINT]


async def test_an_odd_message_of_another_version_does_not_cost_the_connection(valkey: OwnValkey):
    class Choking(Ears):
        def signalled(self, signal: BusSignal) -> None:
            raise KeyError("name")

    async with listening(valkey.url) as (one, _), listening(valkey.url) as (other, ears):
        other.subscribe(Choking())
        one.publish_signal({"surprise": 1})
        await until(lambda: ears.signals)
        one.publish_hints([HINT])
        await until(lambda: ears.hints)

        assert other.is_up


# --- the bus fails ---


async def test_a_desk_starts_and_speaks_without_the_bus_and_finds_it_later(
    stopped_valkey: OwnValkey,
):
    async with listening(stopped_valkey.url, wait=False) as (one, _):
        one.publish_hints([HINT])
        await asyncio.sleep(0.3)
        assert not one.is_up

        stopped_valkey.start()
        async with listening(stopped_valkey.url) as (_, other):
            await until(lambda: one.is_up)
            one.publish_hints([replace(HINT, last=9)])
            await until(lambda: any(hint.last == 9 for hint in other.hints))


async def test_after_an_outage_the_desks_hear_each_other_again_at_once(valkey: OwnValkey):
    async with listening(valkey.url) as (one, _), listening(valkey.url) as (two, other):
        valkey.stop()
        await until(lambda: not one.is_up and not two.is_up)
        one.publish_hints([HINT])
        await asyncio.sleep(3)

        valkey.start()
        began = time.monotonic()
        await until(lambda: one.is_up and two.is_up)
        took_s = time.monotonic() - began
        one.publish_hints([replace(HINT, last=9)])
        await until(lambda: any(hint.last == 9 for hint in other.hints))

    assert took_s < 3.0  # the back-off must not make the hole much longer than the outage


async def test_a_frozen_bus_blocks_nobody_and_is_noticed(valkey: OwnValkey):
    async with listening(valkey.url) as (bus, _):
        valkey.freeze()
        began = time.monotonic()
        for _ in range(1_000):
            bus.publish_hints([HINT])
        blocked_s = time.monotonic() - began
        await until(lambda: not bus.is_up)
        valkey.thaw()
        await until(lambda: bus.is_up)

    assert blocked_s < 0.1


async def test_a_desk_can_stop_while_the_bus_is_frozen(valkey: OwnValkey):
    async with listening(valkey.url) as (bus, _):
        valkey.freeze()
        bus.publish_hints([HINT])
        await asyncio.sleep(0.2)
        began = time.monotonic()
        await bus.close()
        took_s = time.monotonic() - began
        valkey.thaw()

    assert took_s < 5.0


async def test_a_listener_that_hears_nothing_is_built_anew(
    valkey: OwnValkey, monkeypatch: pytest.MonkeyPatch
):
    monkeypatch.setattr(valkey_bus, "SILENT_S", 0.4)
    monkeypatch.setattr(valkey_bus, "BEAT_EVERY_S", 0.1)
    async with listening(valkey.url) as (one, _), listening(valkey.url) as (two, other):
        with monkeypatch.context() as deaf:
            deaf.setattr(two, "_received", lambda channel, raw: None)  # connected, and silent
            await until(lambda: not two.is_up)
            assert one.is_up

        await until(lambda: two.is_up)
        one.publish_hints([HINT])
        await until(lambda: other.hints)


def test_a_wrong_address_stops_the_start():
    with pytest.raises(ValueError, match="scheme"):
        ValkeyBus("http://127.0.0.1:6379", SECRET)
