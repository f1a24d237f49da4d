"""The engine's twin for tests and benchmarks: says what it is told, remembers what it was asked."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

from console.desk.errors import EngineDown
from console.gateways.engine import EngineState, TurnRequest, TurnResult

Script = Callable[[TurnRequest], TurnResult]


def said(
    *texts: str,
    intent: str = "inform",
    slots: dict[str, Any] | None = None,
    active_loop: str | None = None,
    requested_slot: str | None = None,
    buttons: list[dict[str, str]] | None = None,
) -> TurnResult:
    """A plain result; `slots` are the ones after the turn."""
    responses: list[dict[str, Any]] = [{"text": text} for text in texts]
    if buttons and responses:
        responses[-1]["buttons"] = buttons
    return TurnResult(
        responses=responses,
        events=[],
        slots=slots or {},
        parse={"intent": {"name": intent, "confidence": 0.9}, "entities": []},
        active_loop=active_loop,
        requested_slot=requested_slot,
        model_id="scripted",
    )


class ScriptedEngine:
    """`script` answers each request; slots come back as they were sent unless it sets them."""

    def __init__(self, script: Script | None = None) -> None:
        self.script: Script = script or (lambda request: said(f"echo: {request.text}"))
        self.requests: list[TurnRequest] = []
        self.state: EngineState = "ready"

    async def turn(self, request: TurnRequest) -> TurnResult:
        if self.state != "ready":
            raise EngineDown(f"scripted to be {self.state}")
        self.requests.append(request)
        result = self.script(request)
        slots = {**slots_in(request), **result.slots}
        return TurnResult(
            responses=result.responses,
            events=result.events,
            slots=slots,
            parse=result.parse,
            active_loop=result.active_loop,
            requested_slot=result.requested_slot,
            paused=result.paused,
            model_id=result.model_id,
            timing=result.timing,
        )

    async def open(self) -> None:
        """Nothing to open."""

    async def close(self) -> None:
        """Nothing to close."""


def slots_in(request: TurnRequest) -> dict[str, Any]:
    """The slots of the checkpoint that a request carried."""
    return {event["name"]: event["value"] for event in request.history if event["event"] == "slot"}
