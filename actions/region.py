"""Where something is to go: said, known, or where the last order went. Never asked when known."""

from __future__ import annotations

from dataclasses import dataclass

from actions.product_choice import asked
from actions.turn import Turn
from console.services.delivery import last_region


@dataclass(frozen=True, slots=True)
class Region:
    """`is_named`: the customer said it; otherwise it is taken from the last order, if any."""

    name: str | None
    is_named: bool


async def region_of(turn: Turn) -> Region:
    named = asked(turn, "region") or turn.slot("region")
    if named:
        return Region(str(named), is_named=True)
    return Region(await last_region(turn.desk, turn.conversation_id), is_named=False)
