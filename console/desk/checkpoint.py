"""The little that the engine must know of a dialogue to go on with it (rebuilt for every turn).

Facts about Rasa that shape it: it must begin and end with `action_listen`; `requested_slot` must
be there or the form asks again; while a person talks the loop is left out, so that no sentence
between two people is swallowed as the answer to a form.
"""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import Any

_LISTEN: dict[str, Any] = {"event": "action", "name": "action_listen"}


@dataclass(frozen=True, slots=True)
class Dialogue:
    """What the desk keeps of a dialogue between turns."""

    slots: dict[str, Any] = field(default_factory=dict)
    active_loop: str | None = None
    requested_slot: str | None = None
    misses: int = 0  # turns in a row that were not understood


def checkpoint(dialogue: Dialogue, *, listening: bool) -> list[dict[str, Any]]:
    """Rasa events that rebuild the tracker. `listening`: a person talks, the bot only reads."""
    events = [_LISTEN]
    events += [
        {"event": "slot", "name": name, "value": value}
        for name, value in sorted(dialogue.slots.items())
        if value is not None and name != "requested_slot"
    ]
    if listening:
        events.append({"event": "pause"})
    elif dialogue.active_loop:
        events.append({"event": "active_loop", "name": dialogue.active_loop})
        events.append({"event": "slot", "name": "requested_slot", "value": dialogue.requested_slot})
    return [*events, _LISTEN]
