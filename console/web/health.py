"""Whether this desk can work: for load balancers and for `doctor`."""

from __future__ import annotations

import sqlalchemy as sa
from aiohttp import web

from console.web.keys import DESK


async def get_health(request: web.Request) -> web.Response:
    """`GET /healthz`: 200 when the database answers; says how the engine is."""
    desk = request.app[DESK]
    await desk.database.read(lambda tx: tx.execute(sa.text("SELECT 1")).scalar_one())
    return web.json_response({"ok": True, "engine": desk.engine.state})


def add_routes(app: web.Application) -> None:
    app.router.add_get("/healthz", get_health)
