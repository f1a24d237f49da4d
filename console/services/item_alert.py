"""Alerts for goods: asking for one, taking it back, and telling when the shop's data says so."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, replace
from typing import Any

from sqlalchemy import Connection

from console.desk.card import product_list_card
from console.desk.errors import NotFound, SameIdOtherContent
from console.desk.event import BOT, EventType, NewEvent
from console.desk.goods import Variant, wanted_label
from console.desk.identity import new_id
from console.desk.item_alert import (
    ALERT_CHANNEL,
    AlertKind,
    AlertState,
    AlertWish,
    ItemAlert,
    is_due,
    is_met,
)
from console.desk.product import Product
from console.desk.stock import availability, matches_variant
from console.desk.wording import alert_text
from console.services.consent import may_write_unasked
from console.services.notice import post_notice
from console.services.parts import Desk
from console.services.product import stock_levels
from console.services.shop_call import answer_of
from console.storage import conversation as conversation_rows
from console.storage import item_alert as rows
from console.storage.event import record


@dataclass(frozen=True, slots=True)
class Offering:
    """What there is of a product now; `quantity` of the wanted variant, `kinds`: those it fits."""

    product: Product
    price_fen: int
    quantity: int
    variant: str = ""
    kinds: tuple[Variant, ...] = ()

    def title(self, lang: str) -> str:
        """With the variant that is waited for."""
        name = self.product.title_en if lang == "en" else self.product.title
        return f"{name} {wanted_label(self.kinds, self.variant, lang)}".strip()


@dataclass(frozen=True, slots=True)
class AlertReceipt:
    """`alert` is `None` when there is nothing to wait for: the wish is met."""

    alert: ItemAlert | None
    offering: Offering


async def is_met_already(desk: Desk, wish: AlertWish) -> bool:
    """Nothing to wait for. Raises `NotFound` for no such product."""
    offering = await offering_of(desk, wish.product_id, wish.variant)
    return is_met(wish, offering.price_fen, offering.quantity)


async def subscribe_item_alert(
    desk: Desk, conversation_id: str, wish: AlertWish, *, key: str
) -> AlertReceipt:
    """One alert per wish; asking again changes its target. Raises `NotFound` for no such product
    and `SameIdOtherContent` for a key that asked for something else."""
    offering = await offering_of(desk, wish.product_id, wish.variant)
    if is_met(wish, offering.price_fen, offering.quantity):
        return AlertReceipt(None, offering)
    alert = await desk.database.write(
        lambda tx: _subscribe(tx, desk, conversation_id, wish, offering, key)
    )
    return AlertReceipt(alert, offering)


def _subscribe(
    tx: Connection, desk: Desk, conversation_id: str, wish: AlertWish, offering: Offering, key: str
) -> ItemAlert:
    head = conversation_rows.locked_head(tx, conversation_id)
    now, base_fen = desk.clock.now(), offering.price_fen
    if (known := rows.alert_of_key(tx, key)) is not None:
        if (known.customer_id, known.product_id) != (head.customer_id, wish.product_id):
            raise SameIdOtherContent("key", key=key)
        return known
    standing = rows.standing_alert(tx, head.customer_id, wish)
    if standing is not None:
        rows.change_target(tx, standing.id, wish.target_fen, base_fen, now)
        return replace(standing, target_fen=wish.target_fen, base_fen=base_fen, created_at=now)
    alert = ItemAlert(
        id=new_id("al"),
        key=key,
        customer_id=head.customer_id,
        conversation_id=conversation_id,
        product_id=wish.product_id,
        kind=wish.kind,
        variant=wish.variant,
        target_fen=wish.target_fen,
        base_fen=base_fen,
        state=AlertState.ACTIVE,
        created_at=now,
    )
    rows.insert_alert(tx, alert)
    body = {"action": "item_alert", "product_id": wish.product_id, "kind": wish.kind}
    record(tx, head.id, [NewEvent(EventType.ACTION_TAKEN, BOT, body, f"alert:{key}")], now)
    return alert


async def cancel_item_alert(desk: Desk, conversation_id: str, alert_id: str) -> bool:
    """`False` when it is not this customer's, or has ended before: both read the same."""
    now = desk.clock.now()

    def work(tx: Connection) -> bool:
        head = conversation_rows.locked_head(tx, conversation_id)
        alert = rows.own_alert(tx, head.customer_id, alert_id)
        return alert is not None and rows.end_alert(tx, alert.id, AlertState.CANCELLED, now)

    return await desk.database.write(work)


async def offering_of(desk: Desk, product_id: str, variant: str = "") -> Offering:
    """Raises `NotFound` when the shop does not sell it any more."""
    product = await answer_of(desk, desk.shop.product(product_id))
    if product is None:
        raise NotFound("product")
    wares = (product_id, product.seller_id)
    offers = await answer_of(desk, desk.shop.offers([wares]))
    levels = await stock_levels(desk, product)
    price_fen = offers[wares].price_fen if wares in offers else product.price_fen
    every = await answer_of(desk, desk.shop.variants(product_id)) if variant else []
    kinds = tuple(one for one in every if matches_variant(one.variant, variant.split()))
    quantity = availability(levels, variant.split()).quantity
    return Offering(product, price_fen, quantity, variant, kinds)


async def tell_item_alerts(desk: Desk) -> int:
    """One look of the clock: whose wait is over is told, once; returns how many."""
    waiting = await desk.database.read(rows.active_alerts)
    told = 0
    for alert, offering in await _offerings(desk, waiting):
        if is_due(alert, offering.price_fen, offering.quantity):
            told += await _tell(desk, alert, offering)
    return told


async def _offerings(desk: Desk, alerts: Sequence[ItemAlert]) -> list[tuple[ItemAlert, Offering]]:
    """Each product and variant is asked for once; what is not sold any more is left out."""
    found: dict[tuple[str, str], Offering | None] = {}
    for alert in alerts:
        wares = (alert.product_id, alert.variant)
        if wares not in found:
            try:
                found[wares] = await offering_of(desk, *wares)
            except NotFound:
                found[wares] = None
    pairs = [(alert, found[alert.product_id, alert.variant]) for alert in alerts]
    return [(alert, offering) for alert, offering in pairs if offering is not None]


async def _tell(desk: Desk, alert: ItemAlert, offering: Offering) -> bool:
    """Who has said no to messages since is not told; the alert ends all the same."""
    now = desk.clock.now()

    def work(tx: Connection) -> bool:
        customer = conversation_rows.customer_of(tx, alert.conversation_id)
        is_wanted = may_write_unasked(tx, customer.id, alert.created_at, ALERT_CHANNEL)
        state = AlertState.SENT if is_wanted else AlertState.CANCELLED
        if not rows.end_alert(tx, alert.id, state, now) or not is_wanted:
            return False
        key = f"alert:{alert.id}:told"
        post_notice(tx, desk, customer, lambda lang: _message(alert, offering, lang), key)
        return True

    return await desk.database.write(work)


def _message(alert: ItemAlert, offering: Offering, lang: str) -> dict[str, Any]:
    product = replace(
        offering.product, price_fen=offering.price_fen, stock=max(0, offering.quantity)
    )
    is_back = alert.kind is AlertKind.STOCK
    price_fen = None if is_back else offering.price_fen
    text = alert_text(lang, offering.title(lang), price_fen)
    return {"kind": "card", "text": text, "card": product_list_card([product], lang)}
