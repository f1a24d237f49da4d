"""Tells the rest of the desk what was stored, and passes on what is not worth storing.

An emit is only a hint: whoever misses one asks for the events it lacks.
"""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass, field
from enum import StrEnum
from typing import Any

import structlog

from console.desk.event import Event
from console.gateways.bus import Hint

log = structlog.get_logger()


class Audience(StrEnum):
    """Who is to hear a signal."""

    CUSTOMER = "customer"  # the customer of the conversation
    WATCHERS = "watchers"  # agents who have the conversation open
    AGENT = "agent"  # one agent, named in `agent_id`
    AGENTS = "agents"  # everybody who is signed in


class Reach(StrEnum):
    """How far a signal goes."""

    EVERYWHERE = "everywhere"  # to the sockets of all desks
    HERE = "here"  # every desk finds it out for itself, or another desk has said it


@dataclass(frozen=True, slots=True)
class Signal:
    """Something transient: typing, a place in the queue, an alarm."""

    name: str
    audience: Audience
    body: dict[str, Any]
    conversation_id: str | None = None
    agent_id: str | None = None
    reach: Reach = Reach.EVERYWHERE


@dataclass(slots=True)
class Hub:
    """`listeners` hear what this desk stored, in commit order; `hint_listeners` that another did.

    `signal_listeners` hear everything that is not stored, from this desk or another. A listener
    that fails is no matter of the others, nor of whoever has just stored something.
    """

    listeners: list[Callable[[Sequence[Event]], None]] = field(default_factory=list)
    signal_listeners: list[Callable[[Signal], None]] = field(default_factory=list)
    hint_listeners: list[Callable[[Sequence[Hint]], None]] = field(default_factory=list)

    def committed(self, events: Sequence[Event]) -> None:
        _tell(self.listeners, events)

    def hinted(self, hints: Sequence[Hint]) -> None:
        _tell(self.hint_listeners, hints)

    def signal(self, signal: Signal) -> None:
        _tell(self.signal_listeners, signal)

    def tell_customer(self, conversation_id: str, name: str, **body: Any) -> None:
        self.signal(Signal(name, Audience.CUSTOMER, body, conversation_id=conversation_id))

    def tell_watchers(self, conversation_id: str, name: str, **body: Any) -> None:
        self.signal(Signal(name, Audience.WATCHERS, body, conversation_id=conversation_id))

    def tell_agent(self, agent_id: str, name: str, **body: Any) -> None:
        self.signal(Signal(name, Audience.AGENT, body, agent_id=agent_id))

    def tell_agents(self, name: str, **body: Any) -> None:
        self.signal(Signal(name, Audience.AGENTS, body))

    def tell_customer_here(self, conversation_id: str, name: str, **body: Any) -> None:
        """For what every desk finds out by itself, so that nobody is told twice."""
        self.signal(
            Signal(name, Audience.CUSTOMER, body, conversation_id=conversation_id, reach=Reach.HERE)
        )

    def tell_agent_here(self, agent_id: str, name: str, **body: Any) -> None:
        self.signal(Signal(name, Audience.AGENT, body, agent_id=agent_id, reach=Reach.HERE))


def _tell[N](listeners: Sequence[Callable[[N], None]], news: N) -> None:
    """A loop that must live: what fails here has been stored, and everybody else waits for it."""
    for listener in tuple(listeners):
        try:
            listener(news)
        except Exception:
            log.exception("a listener failed", listener=getattr(listener, "__qualname__", ""))
