"""Where the engine calls actions: one route on loopback, with the secret shared with the engine.

Speaks the protocol of rasa-sdk: 200 with events and responses, 400 when an action refuses to run,
404 for an action that does not exist. A fault is a bare 500: the engine ends the turn and nothing
of it is kept.
"""

from __future__ import annotations

import hmac
from typing import Any

import orjson
import structlog
from aiohttp import web
from rasa_sdk.executor import ActionExecutor
from rasa_sdk.interfaces import ActionExecutionRejection, ActionNotFoundException

from actions.registry import actions
from console.services.parts import Desk

log = structlog.get_logger()

LARGEST_CALL = 1024 * 1024  # bytes; a tracker is sent with every call
EXECUTOR = web.AppKey("executor", ActionExecutor)
TOKEN = web.AppKey("token", bytes)


def build_action_app(desk: Desk, token: str) -> web.Application:
    """`token` must not be empty: an empty secret would let everybody in."""
    if not token:
        raise ValueError("the action server needs a token")
    app = web.Application(client_max_size=LARGEST_CALL, middlewares=[_only_the_engine])
    app[EXECUTOR] = _executor(desk)
    app[TOKEN] = token.encode()
    app.router.add_post("/webhook", _run)
    return app


def _executor(desk: Desk) -> ActionExecutor:
    executor = ActionExecutor()
    for action in actions(desk):
        executor.register_action(action)
    return executor


@web.middleware
async def _only_the_engine(request: web.Request, handler: Any) -> web.StreamResponse:
    scheme, _, given = request.headers.get("Authorization", "").partition(" ")
    known = hmac.compare_digest(given.encode(errors="replace"), request.app[TOKEN])
    if scheme.lower() != "bearer" or not known:
        return _json({"error": "wrong_token"}, status=401)
    answer: web.StreamResponse = await handler(request)
    return answer


async def _run(request: web.Request) -> web.Response:
    call = _call(await request.read())
    if call is None:
        return _json({"error": "bad_request"}, status=422)
    try:
        result = await request.app[EXECUTOR].run(call)
    except ActionExecutionRejection as refusal:
        return _json({"error": refusal.message, "action_name": refusal.action_name}, status=400)
    except ActionNotFoundException as missing:
        return _json({"error": "no such action", "action_name": missing.action_name}, status=404)
    except Exception:
        log.exception("action failed", action=call["next_action"])
        return _json({"error": "action_failed"}, status=500)
    return _json(result.model_dump() if result else {"events": [], "responses": []})


def _call(body: bytes) -> dict[str, Any] | None:
    """None when it is no call. Our actions need no domain, and the SDK asks for one otherwise.

    Not answered with 400: the engine would take that for an action that refuses to run.
    """
    try:
        call = orjson.loads(body)
    except orjson.JSONDecodeError:
        return None
    if not isinstance(call, dict) or not isinstance(call.get("next_action"), str):
        return None
    if not isinstance(call.get("tracker"), dict) or "sender_id" not in call["tracker"]:
        return None
    return {**call, "domain": call.get("domain") or {}}


def _json(body: dict[str, Any], *, status: int = 200) -> web.Response:
    return web.Response(body=orjson.dumps(body), status=status, content_type="application/json")
