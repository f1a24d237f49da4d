"""The engine behind HTTP, on loopback or a private network."""

from __future__ import annotations

import asyncio
import contextlib
from typing import Any

import aiohttp
import orjson

from console.desk.errors import EngineDown
from console.gateways.engine import EngineState, TurnRequest, TurnResult

HEALTH_EVERY_S = 1.0


class HttpEngine:
    """One client session; a watcher keeps `state` fresh so that the widget can say it."""

    def __init__(self, url: str, token: str, turn_timeout_s: float) -> None:
        self._url = url.rstrip("/")
        self._headers = {"Authorization": f"Bearer {token}"}
        self._timeout = aiohttp.ClientTimeout(total=turn_timeout_s)
        self._session: aiohttp.ClientSession | None = None
        self._watch: asyncio.Task[None] | None = None
        self._state: EngineState = "starting"
        self._seen_ready = False

    @property
    def state(self) -> EngineState:
        return self._state

    async def open(self) -> None:
        self._session = aiohttp.ClientSession(headers=self._headers)
        await self._check()
        self._watch = asyncio.create_task(self._keep_checking(), name="engine health")

    async def close(self) -> None:
        if self._watch is not None:
            self._watch.cancel()
            with contextlib.suppress(asyncio.CancelledError):
                await self._watch
        if self._session is not None:
            await self._session.close()

    async def turn(self, request: TurnRequest) -> TurnResult:
        answer = await self._post("turn", _wire(request))
        return TurnResult(
            responses=answer["responses"],
            events=answer["events"],
            slots=answer["slots"],
            parse=answer.get("parse"),
            active_loop=answer.get("active_loop"),
            requested_slot=answer.get("requested_slot"),
            paused=bool(answer.get("paused")),
            model_id=answer.get("model_id"),
            timing=answer.get("timing") or {},
        )

    async def _post(self, route: str, body: dict[str, Any]) -> dict[str, Any]:
        if self._session is None:
            raise EngineDown("the engine's client is not open")
        url = f"{self._url}/webhooks/desk/{route}"
        try:
            async with self._session.post(
                url,
                data=orjson.dumps(body),
                headers={"Content-Type": "application/json"},
                timeout=self._timeout,
            ) as response:
                payload = await response.read()
                if response.status != 200:
                    raise EngineDown(f"engine answered {response.status}", status=response.status)
                answer: dict[str, Any] = orjson.loads(payload)
                return answer
        except (aiohttp.ClientError, TimeoutError, orjson.JSONDecodeError) as error:
            raise EngineDown(f"engine: {type(error).__name__}") from error

    async def _keep_checking(self) -> None:
        while True:
            await asyncio.sleep(HEALTH_EVERY_S)
            await self._check()

    async def _check(self) -> None:
        if await self._is_ready():
            self._state, self._seen_ready = "ready", True
        else:
            self._state = "down" if self._seen_ready else "starting"

    async def _is_ready(self) -> bool:
        if self._session is None:
            return False
        try:
            async with self._session.get(
                f"{self._url}/webhooks/desk/health", timeout=aiohttp.ClientTimeout(total=3)
            ) as response:
                return response.status == 200
        except (aiohttp.ClientError, TimeoutError):
            return False


def _wire(request: TurnRequest) -> dict[str, Any]:
    message: dict[str, Any] | None = None
    if request.button is not None:
        message = {"button": request.button, "lang": request.lang}
    elif request.text is not None:
        message = {"text": request.text, "lang": request.lang}
    return {
        "conversation_id": request.conversation_id,
        "turn_id": request.turn_id,
        "history": request.history,
        "speak": request.speak,
        "message": message,
        "metadata": {
            **request.metadata,
            "turn_id": request.turn_id,
            "lang": request.lang,
            "now": request.now,
        },
    }
