"""The port to the dialogue engine: one turn in, what it said and remembers out.

The engine keeps nothing. Protocol: docs/protocol.md, "Engine".
"""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import Any, Literal, Protocol

EngineState = Literal["ready", "starting", "down"]


@dataclass(frozen=True, slots=True)
class TurnRequest:
    """`history`: Rasa events of the checkpoint. Exactly one of `text`, `button`, or neither
    (`speak`: the bot goes on by itself)."""

    conversation_id: str
    turn_id: str
    lang: str
    history: list[dict[str, Any]]
    now: str
    text: str | None = None
    button: dict[str, Any] | None = None
    speak: bool = False
    metadata: dict[str, Any] = field(default_factory=dict)


@dataclass(frozen=True, slots=True)
class TurnResult:
    """What the engine answers; `events` are only the new ones."""

    responses: list[dict[str, Any]]
    events: list[dict[str, Any]]
    slots: dict[str, Any]
    parse: dict[str, Any] | None = None
    active_loop: str | None = None
    requested_slot: str | None = None
    paused: bool = False
    model_id: str | None = None
    timing: dict[str, Any] = field(default_factory=dict)


class BotEngine(Protocol):
    """Raises `EngineDown` for every way in which a turn can fail; nothing is kept then."""

    @property
    def state(self) -> EngineState: ...

    async def turn(self, request: TurnRequest) -> TurnResult: ...

    async def open(self) -> None: ...

    async def close(self) -> None: ...
