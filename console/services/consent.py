"""Taking a no to marketing, telling the shop, and asking before anything is sent unasked."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Sequence
from datetime import datetime

from sqlalchemy import Connection

from console.desk.consent import Channel, Refusal, may_contact
from console.desk.errors import ShopDown
from console.desk.event import BOT, EventType, NewEvent
from console.services.parts import Desk
from console.services.shop_call import answer_of, find_shopper
from console.storage import consent as rows
from console.storage import conversation as conversation_rows
from console.storage.customer import customer
from console.storage.event import record


async def refuse_marketing(
    desk: Desk, conversation_id: str, channels: Sequence[Channel], *, key: str
) -> list[Refusal]:
    """What is refused now, all in all. It holds in this desk at once; the shop hears of it as soon
    as it answers (`finish_pending_refusals`). Refused before stays as it was."""
    now = desk.clock.now()

    def work(tx: Connection) -> list[Refusal]:
        head = conversation_rows.locked_head(tx, conversation_id)
        known = {one.channel for one in rows.refusals_of(tx, head.customer_id)}
        fresh = [
            Refusal(
                customer_id=head.customer_id,
                channel=one,
                refused_at=now,
                conversation_id=conversation_id,
            )
            for one in channels
            if one not in known
        ]
        rows.insert_refusals(tx, fresh)
        body = {"action": "marketing_refused", "channels": [str(one) for one in channels]}
        event = NewEvent(EventType.ACTION_TAKEN, BOT, body, f"marketing:{key}")
        record(tx, conversation_id, [event], now)
        return rows.refusals_of(tx, head.customer_id)

    refused = await desk.database.write(work)
    await _tell_shop(desk, conversation_id, refused)
    return refused


async def finish_pending_refusals(desk: Desk) -> int:
    """Tells the shop what it did not hear; returns of how many customers."""
    waiting: dict[str, list[Refusal]] = defaultdict(list)
    for one in await desk.database.read(rows.not_told):
        waiting[one.conversation_id].append(one)
    for conversation_id, refused in waiting.items():
        await _tell_shop(desk, conversation_id, refused)
    return len(waiting)


async def _tell_shop(desk: Desk, conversation_id: str, refused: Sequence[Refusal]) -> None:
    """Visitors have no account with the shop: nothing is sent to them by it."""
    channels = [one.channel for one in refused if one.told_shop_at is None]
    shopper = await find_shopper(desk, conversation_id)
    if not channels:
        return
    if shopper is not None:
        call = desk.shop.allow_marketing(
            shopper.customer_no, channels, is_allowed=False, key=f"marketing:{conversation_id}"
        )
        try:
            await answer_of(desk, call)
        except ShopDown:
            return  # told later
    now, customer_id = desk.clock.now(), refused[0].customer_id
    await desk.database.write(lambda tx: rows.mark_told(tx, customer_id, channels, now))


def may_write_unasked(
    tx: Connection, customer_id: str, asked_at: datetime, channel: Channel = Channel.CHAT
) -> bool:
    """For everything that is sent without being waited for; `asked_at`: when it was wished for."""
    if customer(tx, customer_id) is None:
        return False
    return may_contact(rows.refused_at(tx, customer_id, channel), asked_at)
