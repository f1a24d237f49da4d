"""Between the hub of this desk and the bus: what happens here is said there, and the other way."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from console.desk.event import Event
from console.gateways.bus import Bus, BusSignal, Hint
from console.services.hub import Audience, Hub, Reach, Signal


class Relay:
    """Lives as long as the desk's loops; opens and closes the bus with itself."""

    def __init__(self, hub: Hub, bus: Bus) -> None:
        self._hub = hub
        self._bus = bus

    async def open(self) -> None:
        if self._bus.is_shared:
            self._hub.listeners.append(self._committed)
            self._hub.signal_listeners.append(self._signalled)
        self._bus.subscribe(self)
        await self._bus.open()

    async def close(self) -> None:
        if self._bus.is_shared:
            self._hub.listeners.remove(self._committed)
            self._hub.signal_listeners.remove(self._signalled)
        await self._bus.close()

    def _committed(self, events: Sequence[Event]) -> None:
        self._bus.publish_hints(hints_of(events))

    def _signalled(self, signal: Signal) -> None:
        if signal.reach is Reach.EVERYWHERE:
            self._bus.publish_signal(as_bus_signal(signal))

    def hinted(self, hints: Sequence[Hint]) -> None:
        self._hub.hinted(hints)

    def signalled(self, signal: BusSignal) -> None:
        self._hub.signal(from_bus_signal(signal))


def hints_of(events: Sequence[Event]) -> list[Hint]:
    """One for each conversation: what one commit stored of a conversation has no gaps."""
    events_by_conversation: dict[str, list[Event]] = {}
    for event in events:
        events_by_conversation.setdefault(event.conversation_id, []).append(event)
    return [
        Hint(
            conversation_id,
            first=stored[0].seq,
            last=stored[-1].seq,
            types=tuple(dict.fromkeys(event.type.value for event in stored)),
        )
        for conversation_id, stored in events_by_conversation.items()
    ]


def as_bus_signal(signal: Signal) -> BusSignal:
    return {
        "name": signal.name,
        "audience": signal.audience.value,
        "body": signal.body,
        "conversation_id": signal.conversation_id,
        "agent_id": signal.agent_id,
    }


def from_bus_signal(raw: dict[str, Any]) -> Signal:
    """It has been said everywhere already, so it stays here."""
    return Signal(
        name=raw["name"],
        audience=Audience(raw["audience"]),
        body=raw["body"],
        conversation_id=raw["conversation_id"],
        agent_id=raw["agent_id"],
        reach=Reach.HERE,
    )
