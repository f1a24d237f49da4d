"""Baseline: stock python-socketio that answers every event with what was in it, and nothing else."""

from __future__ import annotations

import sys
from typing import Any

import socketio
from aiohttp import web

from tests.bench.servers.lifetime import serve


async def make() -> web.Application:
    server = socketio.AsyncServer(async_mode="aiohttp", cors_allowed_origins="*")

    @server.event
    async def post_message(_sid: str, data: Any) -> Any:
        return data

    app = web.Application()
    server.attach(app)
    return app


if __name__ == "__main__":
    serve(make, int(sys.argv[1]))
