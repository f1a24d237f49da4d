"""Tells open widgets how the engine is, and closes consoles whose session has ended."""

from __future__ import annotations

import asyncio
import contextlib

import socketio
import structlog

from console.gateways.engine import EngineState
from console.services.parts import Desk
from console.web.agent_socket import AgentSocket
from console.web.emitter import CUSTOMERS, EVERYBODY
from console.web.transport import emit_now

log = structlog.get_logger()

LOOK_EVERY_S = 1.0
SESSIONS_EVERY = 4  # looks; a disabled agent's socket is closed within five seconds


class EngineWatch:
    """One look a second."""

    def __init__(self, desk: Desk, sockets: socketio.AsyncServer, agents: AgentSocket) -> None:
        self._desk = desk
        self._sockets = sockets
        self._agents = agents
        self._told: EngineState = desk.engine.state
        self._task: asyncio.Task[None] | None = None

    def start(self) -> None:
        self._task = asyncio.create_task(self._run(), name="engine watch")

    async def stop(self) -> None:
        if self._task is not None:
            self._task.cancel()
            with contextlib.suppress(asyncio.CancelledError):
                await self._task

    async def _run(self) -> None:
        look = 0
        while True:
            await asyncio.sleep(LOOK_EVERY_S)
            look += 1
            try:
                self._tell()
                if look % SESSIONS_EVERY == 0:
                    await self._agents.drop_ended_sessions()
            except Exception:  # this loop must live
                log.exception("engine watch failed")

    def _tell(self) -> None:
        state = self._desk.engine.state
        if state == self._told:
            return
        self._told = state
        emit_now(self._sockets, CUSTOMERS, "engine_changed", {"state": state}, [EVERYBODY])
