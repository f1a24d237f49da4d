"""The list of orders that a customer has before them."""

from __future__ import annotations

from collections.abc import Mapping

from console.desk.event import ActorKind
from console.services.parts import Desk
from console.storage.event import events_before

_LOOKED_BACK = 12  # events; what was shown before that has scrolled away
_END = 2**62


async def shown_orders(desk: Desk, conversation_id: str) -> list[str]:
    """Their numbers, in the order of the newest list; none when the bot has shown none of late."""
    latest = await desk.database.read(
        lambda tx: events_before(tx, conversation_id, _END, limit=_LOOKED_BACK)
    )
    said = [event.body.get("card") for event in latest if event.actor.kind is ActorKind.BOT]
    lists = [card for card in said if isinstance(card, Mapping) and card["type"] == "order_list"]
    return [str(order["order_no"]) for order in lists[-1]["orders"]] if lists else []
