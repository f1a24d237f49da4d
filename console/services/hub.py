"""Tells the rest of the desk what was stored, and passes on what is not worth storing.

An emit is only a hint: whoever misses one asks for the events it lacks.
"""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass, field
from enum import StrEnum
from typing import Any

from console.desk.event import Event


class Audience(StrEnum):
    """Who is to hear a signal."""

    CUSTOMER = "customer"  # the customer of the conversation
    WATCHERS = "watchers"  # agents who have the conversation open
    AGENT = "agent"  # one agent, named in `agent_id`
    AGENTS = "agents"  # everybody who is signed in


@dataclass(frozen=True, slots=True)
class Signal:
    """Something transient: typing, a place in the queue, an alarm."""

    name: str
    audience: Audience
    body: dict[str, Any]
    conversation_id: str | None = None
    agent_id: str | None = None


@dataclass(slots=True)
class Hub:
    """`listeners` hear stored events in commit order; `signals` hear everything else."""

    listeners: list[Callable[[Sequence[Event]], None]] = field(default_factory=list)
    signal_listeners: list[Callable[[Signal], None]] = field(default_factory=list)

    def committed(self, events: Sequence[Event]) -> None:
        for listener in self.listeners:
            listener(events)

    def signal(self, signal: Signal) -> None:
        for listener in self.signal_listeners:
            listener(signal)

    def tell_customer(self, conversation_id: str, name: str, **body: Any) -> None:
        self.signal(Signal(name, Audience.CUSTOMER, body, conversation_id=conversation_id))

    def tell_watchers(self, conversation_id: str, name: str, **body: Any) -> None:
        self.signal(Signal(name, Audience.WATCHERS, body, conversation_id=conversation_id))

    def tell_agent(self, agent_id: str, name: str, **body: Any) -> None:
        self.signal(Signal(name, Audience.AGENT, body, agent_id=agent_id))

    def tell_agents(self, name: str, **body: Any) -> None:
        self.signal(Signal(name, Audience.AGENTS, body))
