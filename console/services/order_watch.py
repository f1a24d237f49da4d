"""Orders that customers want to hear about: asked for once, told when the shop has news."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass, replace
from typing import Any

from sqlalchemy import Connection

from console.desk.card import order_card, order_title, parcel_trace_card
from console.desk.consent import Channel
from console.desk.identity import new_id
from console.desk.order import Order, OrderState
from console.desk.order_watch import (
    EVERY_EVENT,
    OrderWatch,
    WatchEvent,
    WatchState,
    is_over,
    news,
    still_to_come,
)
from console.desk.wording import order_news_text
from console.services.consent import may_write_unasked
from console.services.notice import post_notice
from console.services.parts import Desk
from console.services.shop_call import Shopper, answer_of, find_shopper, own_order
from console.storage import conversation as conversation_rows
from console.storage import order_watch as rows


@dataclass(frozen=True, slots=True)
class WatchReceipt:
    """`watch` is `None` when nothing more will happen to the order."""

    order: Order
    watch: OrderWatch | None


async def subscribe_order_watch(
    desk: Desk, conversation_id: str, order_no: str, events: Iterable[WatchEvent], *, key: str
) -> WatchReceipt:
    """One watch per order; further events are added to it. Raises `NotFound`."""
    shopper, order = await own_order(desk, conversation_id, order_no)
    coming = still_to_come(events, order.state)
    if is_over(order.state) or not coming:
        return WatchReceipt(order, None)

    def work(tx: Connection) -> OrderWatch:
        repeated = rows.watch_of_key(tx, key)
        if repeated is not None:
            return repeated
        return _watch(tx, desk, conversation_id, shopper, order, coming, key)

    return WatchReceipt(order, await desk.database.write(work))


def _watch(
    tx: Connection,
    desk: Desk,
    conversation_id: str,
    shopper: Shopper,
    order: Order,
    coming: tuple[WatchEvent, ...],
    key: str,
) -> OrderWatch:
    standing = rows.standing_watch(tx, shopper.customer.id, order.order_no)
    if standing is not None:
        both = tuple(one for one in EVERY_EVENT if one in {*standing.events, *coming})
        rows.set_events(tx, standing.id, both)
        return replace(standing, events=both)
    watch = OrderWatch(
        id=new_id("ow"),
        key=key,
        customer_id=shopper.customer.id,
        conversation_id=conversation_id,
        customer_no=shopper.customer_no,
        order_no=order.order_no,
        events=coming,
        seen=order.state,
        state=WatchState.ACTIVE,
        created_at=desk.clock.now(),
    )
    rows.insert_watch(tx, watch)
    return watch


async def stop_order_watch(desk: Desk, conversation_id: str, order_no: str) -> bool:
    """False when there was none."""
    shopper = await find_shopper(desk, conversation_id)
    if shopper is None:
        return False
    now = desk.clock.now()

    def work(tx: Connection) -> bool:
        standing = rows.standing_watch(tx, shopper.customer.id, order_no)
        if standing is None:
            return False
        return rows.move_watch(tx, standing, standing.seen, WatchState.CANCELLED, now)

    return await desk.database.write(work)


async def tell_order_watches(desk: Desk) -> int:
    """One look of the clock: what has changed since is told, once; returns how many were told."""
    told = 0
    for watch in await desk.database.read(rows.active_watches):
        order = await answer_of(desk, desk.shop.find_order(watch.customer_no, watch.order_no))
        if order is not None and order.state is not watch.seen:
            told += await _tell(desk, watch, order)
    return told


async def _tell(desk: Desk, watch: OrderWatch, order: Order) -> bool:
    """A cancellation is told whatever was asked for. Who has said no to messages since is not
    told; the watch ends all the same."""
    event, now = news(watch, order.state), desk.clock.now()

    def work(tx: Connection) -> bool:
        customer = conversation_rows.customer_of(tx, watch.conversation_id)
        is_wanted = may_write_unasked(tx, customer.id, watch.created_at, Channel.CHAT)
        state = WatchState.DONE if is_over(order.state) else WatchState.ACTIVE
        state = state if is_wanted else WatchState.CANCELLED
        is_first = rows.move_watch(tx, watch, order.state, state, now)
        is_news = event is not None or order.state is OrderState.CANCELLED
        if not (is_first and is_wanted and is_news):
            return False
        what = event or "cancelled"
        key = f"watch:{watch.id}:{what}"
        post_notice(tx, desk, customer, lambda lang: _message(order, str(what), lang), key)
        return True

    return await desk.database.write(work)


def _message(order: Order, what: str, lang: str) -> dict[str, Any]:
    text = order_news_text(lang, what, order_title(order, lang), order.order_no[-4:])
    card = parcel_trace_card(order, lang) if order.parcels else order_card(order, lang)
    return {"kind": "card", "text": text, "card": card}
