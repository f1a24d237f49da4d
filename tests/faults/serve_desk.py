"""The whole desk as a process that can be killed; started by nursery.py."""

from __future__ import annotations

import asyncio

import uvloop
from aiohttp import web

from console.app import build_app
from console.cli.database import migrated_database
from console.cli.logs import configure_logs
from console.settings import Settings, load_settings


async def serve(settings: Settings) -> None:
    runner = web.AppRunner(await build_app(settings), access_log=None)
    await runner.setup()
    await web.TCPSite(runner, settings.host, settings.port, reuse_address=True).start()
    await asyncio.Event().wait()


def main() -> None:
    settings = load_settings()
    configure_logs(settings.log_level)
    migrated_database(settings).dispose()
    uvloop.run(serve(settings))
