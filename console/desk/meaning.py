"""What a wish means where words cannot tell: the state of the order, the ledger, the purchase.

"I do not want it any more" is said of an unpaid order and of a parcel at the door alike. Intents
are trained on words; this table then puts the one that fits the state in their place. It is
stable: what a wish was mapped to is never mapped again in the same situation.
Source: docs/sources.md#confusable-wishes.
"""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass

from console.desk.order import OrderState

WHEN = frozenset({"ask_delivery_time", "ask_arrival_time", "ask_ship_date"})
GIVING_BACK = frozenset(
    {"request_return", "request_refund_only", "refuse_delivery", "cancel_order"}
)
CHANGING = frozenset({"request_exchange", "request_size_swap", "change_order_item"})
CHEAPER = frozenset({"bargain_price", "apply_price_protect", "price_protect_rejected"})
PROGRESS = frozenset({"query_ticket_progress", "report_broken_promise"})
BY_ORDER = GIVING_BACK | CHANGING
_NOT_SHIPPED = frozenset({OrderState.UNPAID, OrderState.PAID, OrderState.PICKED})
_ON_ITS_WAY = frozenset({OrderState.IN_TRANSIT, OrderState.DELIVERING})


@dataclass(frozen=True, slots=True)
class Situation:
    """`order`: the state of the order that is meant; None when there is none.

    `about_product`: a product is named or in view, and no order. `may_swap_size`: only the size
    is to change and the item allows it. `was_refused`: a price claim on it was turned down.
    `overdue`, `in_time`: promises of the ledger that are late, and those that are not.
    """

    order: OrderState | None = None
    about_product: bool = False
    has_bought: bool = False
    may_swap_size: bool = False
    was_refused: bool = False
    overdue: bool = False
    in_time: bool = False


def meaning(intent: str, situation: Situation) -> str:
    """The intent that the wish has in this situation; most wishes mean what they say."""
    if intent in WHEN:
        return _when(intent, situation)
    if intent in GIVING_BACK:
        return _giving_back(intent, situation.order)
    if intent in CHANGING:
        return _changing(situation)
    if intent in CHEAPER:
        return _cheaper(intent, situation)
    if intent in PROGRESS:
        return _progress(intent, situation)
    return intent


def agreed(ranking: Iterable[tuple[str, float]], enough: float) -> str | None:
    """The likeliest intent of wishes that the state tells apart anyway, if together they are sure.

    A sentence that fits a return and a cancellation equally well is understood well enough.
    """
    ordered = list(ranking)
    for group in (WHEN, GIVING_BACK, CHANGING):
        mine = [(intent, confidence) for intent, confidence in ordered if intent in group]
        if len(mine) > 1 and sum(confidence for _, confidence in mine) >= enough:
            return max(mine, key=lambda one: one[1])[0]
    return None


def _when(intent: str, situation: Situation) -> str:
    is_over = situation.order not in _NOT_SHIPPED | _ON_ITS_WAY
    if situation.order is None or (intent == "ask_delivery_time" and is_over):
        return "ask_delivery_time"
    if intent == "ask_delivery_time" and situation.about_product:
        return intent
    return "ask_ship_date" if situation.order in _NOT_SHIPPED else "ask_arrival_time"


def _giving_back(intent: str, order: OrderState | None) -> str:
    if order is None:
        return intent
    if order is OrderState.SIGNED:
        return intent if intent == "request_refund_only" else "request_return"
    if order in _ON_ITS_WAY and intent == "refuse_delivery":
        return intent
    return "cancel_order"


def _changing(situation: Situation) -> str:
    if situation.order in _NOT_SHIPPED:
        return "change_order_item"
    return "request_size_swap" if situation.may_swap_size else "request_exchange"


def _cheaper(intent: str, situation: Situation) -> str:
    if not situation.has_bought:
        return "bargain_price"
    if intent == "bargain_price":
        return intent if situation.about_product else "apply_price_protect"
    if intent == "price_protect_rejected" and not situation.was_refused:
        return "apply_price_protect"
    return intent


def _progress(intent: str, situation: Situation) -> str:
    """A promise that nobody finds in the ledger is still believed: a person looks into it."""
    if situation.overdue:
        return "report_broken_promise"
    return "query_ticket_progress" if situation.in_time else intent
