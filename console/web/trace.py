"""Internals of bot turns, for trainers and scripted conversations; permission `trace`."""

from __future__ import annotations

from aiohttp import web

from console.desk.agent import Permission
from console.desk.errors import NotFound
from console.services.trace import conversation_trace
from console.web.keys import DESK
from console.web.request import signed_in


async def get_trace(request: web.Request) -> web.Response:
    """`GET /api/conversations/{id}/trace`: turns, newest first, checkpoint and facts."""
    await signed_in(request, Permission.TRACE)
    trace = await conversation_trace(request.app[DESK], request.match_info["conversation_id"])
    if trace is None:
        raise NotFound("conversation")
    return web.json_response({"ok": True, **trace})


def add_routes(app: web.Application) -> None:
    app.router.add_get("/api/conversations/{conversation_id}/trace", get_trace)
