"""Notes how long the engine itself took before it first called the desk back.

That time is the engine's own; what is left of a customer's wait is the desk's.
"""

from __future__ import annotations

import json
import re
import time
from collections.abc import Callable
from pathlib import Path
from typing import Any

from aiohttp import web

from console.gateways.engine import BotEngine, EngineState, TurnRequest, TurnResult

_SENDER = re.compile(rb'"sender_id": ?"([^"]+)"')


class EngineLog:
    """One line of JSON for each turn that called an action: its conversation and seconds."""

    def __init__(self, file: Path) -> None:
        self._log = file.open("a", encoding="utf-8", buffering=1)
        self._asked: dict[str, float] = {}

    def asked(self, conversation_id: str) -> None:
        self._asked[conversation_id] = time.monotonic()

    def called_back(self, conversation_id: str) -> None:
        """Only the first call of a turn counts."""
        asked = self._asked.pop(conversation_id, None)
        if asked is not None:
            line = {"conversation_id": conversation_id, "engine_s": time.monotonic() - asked}
            self._log.write(json.dumps(line) + "\n")

    def watch(self, build: Callable[..., web.Application]) -> Callable[..., web.Application]:
        """The same action server, which also notes when it is called."""

        @web.middleware
        async def note(request: web.Request, handler: Any) -> web.StreamResponse:
            if (found := _SENDER.search(await request.read())) is not None:
                self.called_back(found.group(1).decode())
            answer: web.StreamResponse = await handler(request)
            return answer

        def built(*arguments: Any) -> web.Application:
            app = build(*arguments)
            app.middlewares.append(note)
            return app

        return built


class LoggedEngine:
    """The engine as it is, with a note of when it was asked."""

    def __init__(self, engine: BotEngine, log: EngineLog) -> None:
        self._engine = engine
        self._log = log

    @property
    def state(self) -> EngineState:
        return self._engine.state

    async def turn(self, request: TurnRequest) -> TurnResult:
        self._log.asked(request.conversation_id)
        return await self._engine.turn(request)

    async def open(self) -> None:
        await self._engine.open()

    async def close(self) -> None:
        await self._engine.close()
