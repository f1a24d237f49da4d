"""The desk's way into the engine: stateless turns over HTTP, on loopback, with a shared secret.

Routes under `/webhooks/desk`: `turn`, `parse`, `health`. A turn that fails answers with an error
status and leaves nothing behind; the desk may send the same turn again. Stock channels are not
served: they answer 200 to a failed turn and obey slash commands. Source: docs/adr/0021.
"""

from __future__ import annotations

import hmac
import json
import logging
from collections.abc import Awaitable, Callable, Coroutine
from typing import Any

from rasa.core.channels.channel import InputChannel, UserMessage
from rasa.core.processor import MessageProcessor
from sanic import Blueprint
from sanic.request import Request
from sanic.response import HTTPResponse
from sanic.response import json as answer

from bot.reading import read_many
from bot.strict_actions import TurnAborted
from bot.turn import Turn
from bot.turn_request import BODY_BYTES, BadTurn, read_texts, read_turn

log = logging.getLogger(__name__)
Handler = Callable[[Request], Coroutine[Any, Any, HTTPResponse]]


class NoModel(Exception):
    """The engine runs, but has no trained model to answer with."""


class DeskInput(InputChannel):
    """Rasa makes one from `credentials.yml`; `token` is the secret shared with the desk."""

    def __init__(self, token: str) -> None:
        self._token = token.encode()

    @classmethod
    def name(cls) -> str:
        return "desk"

    @classmethod
    def from_credentials(cls, credentials: dict[str, Any] | None) -> DeskInput:
        token = (credentials or {}).get("token")
        if not token:
            raise ValueError("bot.channel.DeskInput needs a token in credentials.yml")
        return cls(str(token))

    def blueprint(self, on_new_message: Callable[[UserMessage], Awaitable[Any]]) -> Blueprint:
        routes = Blueprint("desk_turns")
        routes.add_route(self._guarded(_turn), "/turn", methods=["POST"], name="turn")
        routes.add_route(self._guarded(_parse), "/parse", methods=["POST"], name="parse")
        routes.add_route(self._guarded(_health), "/health", methods=["GET"], name="health")
        return routes

    def _guarded(self, handler: Handler) -> Handler:
        """Checks the secret before anything is read, and turns failures into statuses."""

        async def guarded(request: Request) -> HTTPResponse:
            if not self._knows_secret(request):
                return _error(401, "wrong_token")
            return await _answered(handler, request)

        return guarded

    def _knows_secret(self, request: Request) -> bool:
        scheme, _, given = request.headers.get("authorization", "").partition(" ")
        return scheme.lower() == "bearer" and hmac.compare_digest(given.encode(), self._token)


async def _answered(handler: Handler, request: Request) -> HTTPResponse:
    try:
        return await handler(request)
    except BadTurn as refusal:
        status = 413 if refusal.code == "too_large" else 400
        return _error(status, refusal.code, message=str(refusal))
    except NoModel:
        return _error(503, "no_model")
    except TurnAborted as aborted:
        log.error("turn aborted: action=%s reason=%s", aborted.action, aborted.reason)
        return _error(502, "action_failed", action=aborted.action, reason=aborted.reason)
    except Exception:
        log.exception("turn failed")
        return _error(500, "engine_failed")


async def _turn(request: Request) -> HTTPResponse:
    turn = read_turn(_body(request))
    return answer(await Turn(_processor(request), turn).play())


async def _parse(request: Request) -> HTTPResponse:
    texts = read_texts(_body(request))
    return answer({"parses": read_many(_processor(request), texts)})


async def _health(request: Request) -> HTTPResponse:
    """200 once a first turn has warmed the engine (bot.serve), 503 before; the body says which."""
    try:
        model_id = _processor(request).model_metadata.model_id
    except NoModel:
        return answer({"ready": False, "state": "no_model", "model_id": None}, status=503)
    if not request.app.ctx.is_warm:
        return answer({"ready": False, "state": "warming", "model_id": model_id}, status=503)
    return answer({"ready": True, "state": "ready", "model_id": model_id})


def _processor(request: Request) -> MessageProcessor:
    agent = getattr(request.app.ctx, "agent", None)
    if agent is None or not agent.is_ready():
        raise NoModel
    return agent.processor


def _body(request: Request) -> Any:
    if len(request.body) > BODY_BYTES:
        raise BadTurn(f"the body is larger than {BODY_BYTES} bytes", code="too_large")
    try:
        return json.loads(request.body)
    except ValueError as error:
        raise BadTurn("the body is not JSON") from error


def _error(status: int, code: str, **details: Any) -> HTTPResponse:
    return answer({"error": code, **details}, status=status)
