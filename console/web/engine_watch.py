"""Tells open widgets how the engine is, and closes consoles whose session has ended."""

from __future__ import annotations

from typing import override

import socketio

from console.gateways.engine import EngineState
from console.services.background import Regular
from console.services.parts import Desk
from console.web.agent_socket import AgentSocket
from console.web.emitter import CUSTOMERS, EVERYBODY
from console.web.transport import emit_now

SESSIONS_EVERY = 4  # looks; a disabled agent's socket is closed within five seconds
HERE_EVERY = 15  # looks; a third of the grace of agents who have left


class EngineWatch(Regular):
    """One look a second."""

    def __init__(self, desk: Desk, sockets: socketio.AsyncServer, agents: AgentSocket) -> None:
        super().__init__()
        self._desk = desk
        self._sockets = sockets
        self._agents = agents
        self._told: EngineState = desk.engine.state
        self._looks = 0

    @override
    async def look(self) -> None:
        self._looks += 1
        self._tell()
        if self._looks % SESSIONS_EVERY == 0:
            await self._agents.drop_ended_sessions()
        if self._looks % HERE_EVERY == 0:
            await self._agents.say_who_is_here()

    def _tell(self) -> None:
        state = self._desk.engine.state
        if state == self._told:
            return
        self._told = state
        emit_now(self._sockets, CUSTOMERS, "engine_changed", {"state": state}, [EVERYBODY])
