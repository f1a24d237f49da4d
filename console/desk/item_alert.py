"""Alerts that a customer asked for: when goods are back, or when a price has fallen far enough."""

from __future__ import annotations

import re
from dataclasses import dataclass
from datetime import datetime
from enum import StrEnum

from console.desk.consent import Channel


class AlertKind(StrEnum):
    STOCK = "stock"
    PRICE = "price"


class AlertState(StrEnum):
    ACTIVE = "active"
    SENT = "sent"
    CANCELLED = "cancelled"  # by the customer, or because they want no messages


ALERT_CHANNEL = Channel.CHAT


@dataclass(frozen=True, slots=True, kw_only=True)
class AlertWish:
    """`target_fen`: `None` for any price below the present one."""

    product_id: str
    kind: AlertKind
    variant: str = ""
    target_fen: int | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class ItemAlert:
    """`base_fen`: the price when it was asked for."""

    id: str
    key: str
    customer_id: str
    conversation_id: str
    product_id: str
    kind: AlertKind
    variant: str
    target_fen: int | None
    base_fen: int
    state: AlertState
    created_at: datetime
    ended_at: datetime | None = None


def is_due(alert: ItemAlert, price_fen: int, quantity: int) -> bool:
    """`quantity`: what is in stock of the wanted variant."""
    if alert.kind is AlertKind.STOCK:
        return quantity > 0
    if alert.target_fen is not None:
        return price_fen <= alert.target_fen
    return price_fen < alert.base_fen


def is_met(wish: AlertWish, price_fen: int, quantity: int) -> bool:
    """Nothing to wait for: it is in stock, or as cheap as that already."""
    if wish.kind is AlertKind.STOCK:
        return quantity > 0
    return wish.target_fen is not None and price_fen <= wish.target_fen


_PRICE = re.compile(
    r"降|便宜|跌|掉到|低于|优惠|打折|价|cheap|price|drop|below|discount|sale", re.IGNORECASE
)
_STOCK = re.compile(
    r"到货|补货|有货|来货|上架|再有|库存|stock|available|restock|back", re.IGNORECASE
)


def kind_in(text: str) -> AlertKind | None:
    """A sentence that speaks of both wants the price: goods that are back need no price."""
    if _PRICE.search(text):
        return AlertKind.PRICE
    return AlertKind.STOCK if _STOCK.search(text) else None
