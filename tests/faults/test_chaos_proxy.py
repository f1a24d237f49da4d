"""The proxy does what it is asked to: a fault test is worth no more than its faults."""

from __future__ import annotations

import asyncio
import time
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager

import pytest

from tests.faults.chaos_proxy import ChaosProxy, chaos_proxy

Streams = tuple[asyncio.StreamReader, asyncio.StreamWriter]


@pytest.fixture
async def proxy() -> AsyncIterator[ChaosProxy]:
    """In front of a server that sends back what it gets."""

    async def echo(reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
        try:
            while data := await reader.read(1_000):
                writer.write(data)
                await writer.drain()
        except ConnectionError:
            pass
        finally:
            writer.close()

    server = await asyncio.start_server(echo, "127.0.0.1", 0)
    async with chaos_proxy(server.sockets[0].getsockname()[1]) as found:
        yield found
    server.close()


@asynccontextmanager
async def connected(proxy: ChaosProxy) -> AsyncIterator[Streams]:
    reader, writer = await asyncio.open_connection("127.0.0.1", proxy.port)
    try:
        yield reader, writer
    finally:
        writer.close()


async def echoed(streams: Streams, data: bytes) -> bytes:
    reader, writer = streams
    writer.write(data)
    async with asyncio.timeout(2):
        return await reader.readexactly(len(data))


async def test_passes_everything_on_in_fair_weather(proxy: ChaosProxy) -> None:
    async with connected(proxy) as streams:
        data = bytes(range(256)) * 1_000
        assert await echoed(streams, data) == data


async def test_a_cut_is_an_orderly_end_and_the_next_connection_works(proxy: ChaosProxy) -> None:
    async with connected(proxy) as streams:
        await echoed(streams, b"a")
        proxy.cut()
        assert await streams[0].read() == b""
    async with connected(proxy) as streams:
        assert await echoed(streams, b"b") == b"b"


async def test_a_reset_is_an_error(proxy: ChaosProxy) -> None:
    async with connected(proxy) as streams:
        await echoed(streams, b"a")
        proxy.reset()
        with pytest.raises(ConnectionResetError):
            await streams[0].read()


async def test_a_frozen_connection_is_open_and_silent(proxy: ChaosProxy) -> None:
    async with connected(proxy) as streams:
        await echoed(streams, b"a")
        proxy.freeze()
        streams[1].write(b"b")
        with pytest.raises(TimeoutError):
            async with asyncio.timeout(0.3):
                await streams[0].read(1)
        proxy.heal()
        assert await streams[0].read(1) == b"b"


async def test_delays_and_trickles_without_changing_a_byte(proxy: ChaosProxy) -> None:
    async with connected(proxy) as streams:
        proxy.delay_s, begun = 0.1, time.monotonic()
        assert await echoed(streams, b"slowly") == b"slowly"
        assert time.monotonic() - begun >= 0.2
        proxy.delay_s, proxy.trickle_bytes = 0.0, 3
        assert await echoed(streams, b"0123456789") == b"0123456789"


async def test_a_storm_is_the_same_for_the_same_seed(proxy: ChaosProxy) -> None:
    async def names(seed: int) -> list[str]:
        until = asyncio.Event()
        asyncio.get_running_loop().call_later(0.4, until.set)
        return (await proxy.storm(seed, until, calm_s=0.05))[:2]

    assert await names(7) == await names(7)
