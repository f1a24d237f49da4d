"""What all servers here have in common: the event loop, the listener and the end."""

from __future__ import annotations

import asyncio
import signal
from collections.abc import Awaitable, Callable

import uvloop
from aiohttp import web

from console import garbage


def serve(make: Callable[[], Awaitable[web.Application]], port: int) -> None:
    """Returns after SIGTERM. The loop is uvloop for everybody, as in the product."""
    uvloop.run(_serve(make, port))


async def _serve(make: Callable[[], Awaitable[web.Application]], port: int) -> None:
    stop = asyncio.Event()
    asyncio.get_running_loop().add_signal_handler(signal.SIGTERM, stop.set)
    runner = web.AppRunner(await make(), access_log=None, shutdown_timeout=1)
    await runner.setup()
    await web.TCPSite(runner, "127.0.0.1", port, backlog=1024).start()
    garbage.settle()  # as `up` does
    print("ready", flush=True)
    await stop.wait()
    await runner.cleanup()
