"""An engine's twin that repeats what it was told; started by nursery.py.

Stateless like the real one, and as easy to kill; it needs no model and starts at once.
"""

from __future__ import annotations

import asyncio
from typing import Any

from aiohttp import web

HEARD = "heard: "


async def health(_request: web.Request) -> web.Response:
    return web.json_response({"ready": True, "model_id": "twin"})


async def turn(request: web.Request) -> web.Response:
    asked: dict[str, Any] = await request.json()
    await asyncio.sleep(0.02)  # an engine thinks; messages come in meanwhile
    text = (asked["message"] or {}).get("text", "")
    parse = {"text": text, "intent": {"name": "inform", "confidence": 1.0}, "entities": []}
    return web.json_response(
        {
            "parse": {**parse, "intent_ranking": [parse["intent"]]},
            "responses": [{"text": f"{HEARD}{text}"}],
            "events": [],
            "slots": {},
            "active_loop": None,
            "requested_slot": None,
            "paused": False,
            "model_id": "twin",
            "timing": {},
        }
    )


def main(port: str) -> None:
    app = web.Application()
    app.router.add_get("/webhooks/desk/health", health)
    app.router.add_post("/webhooks/desk/turn", turn)
    web.run_app(app, host="127.0.0.1", port=int(port), print=None, reuse_address=True)
