"""The desk itself, put together as in production, with what is measured left in and the rest out.

`python -m tests.bench.servers.desk PORT [--without-store] [--listening] [--engine-log FILE]`
"""

from __future__ import annotations

import argparse
import functools
from pathlib import Path

from aiohttp import web

import console.app
from console.app import build_app
from console.cli.logs import configure_logs
from console.gateways.engine import BotEngine
from console.gateways.http_engine import HttpEngine
from console.gateways.scripted_engine import ScriptedEngine, said
from console.settings import load_settings
from tests.bench.servers.engine_log import EngineLog, LoggedEngine
from tests.bench.servers.lifetime import serve
from tests.bench.servers.no_store import NoStore
from tests.bench.servers.no_turns import NoTurns


async def make(options: argparse.Namespace) -> web.Application:
    settings = load_settings(port=options.port)
    configure_logs("warning")
    if options.bot == "off":
        console.app.TurnWorker = NoTurns  # type: ignore[assignment,misc]  # the same three methods
    if options.without_store:
        console.app.Database = NoStore  # type: ignore[misc]  # the same, but for `append`
    engine: BotEngine = ScriptedEngine(lambda _request: said())
    if options.bot == "engine":
        engine = HttpEngine(
            settings.engine_url, settings.engine_token, settings.timers.engine_turn_s
        )
    if options.engine_log:
        log = EngineLog(options.engine_log)
        console.app.build_action_app = log.watch(console.app.build_action_app)
        engine = LoggedEngine(engine, log)
    return await build_app(settings, engine=engine)


def main() -> None:
    parser = argparse.ArgumentParser()
    parser.add_argument("port", type=int)
    parser.add_argument("--without-store", action="store_true", help="acknowledge, write nothing")
    parser.add_argument("--bot", choices=("off", "scripted", "engine"), default="off")
    parser.add_argument("--engine-log", type=Path, help="where to note the engine's own time")
    options = parser.parse_args()
    serve(functools.partial(make, options), options.port)


if __name__ == "__main__":
    main()
