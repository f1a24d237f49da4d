"""What tests start from: one moment and a few people."""

from __future__ import annotations

from datetime import UTC, datetime

from console.desk.agent import Agent

NOW = datetime(2026, 11, 2, 4, 0, tzinfo=UTC)  # noon in Shanghai, a Monday
LIN = Agent(id="ag_lin", login="lin", name="小林")
WANG = Agent(id="ag_wang", login="wang", name="小王")
