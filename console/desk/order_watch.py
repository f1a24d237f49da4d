"""What a customer wants to be told about an order on its way, and when there is news of it."""

from __future__ import annotations

import re
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime
from enum import StrEnum

from console.desk.order import OrderState


class WatchEvent(StrEnum):
    """In the order in which they happen."""

    SHIPPED = "shipped"
    DELIVERING = "delivering"
    SIGNED = "signed"


EVERY_EVENT = tuple(WatchEvent)


class WatchState(StrEnum):
    ACTIVE = "active"
    DONE = "done"  # nothing more will happen
    CANCELLED = "cancelled"  # by the customer, or because they want no messages


@dataclass(frozen=True, slots=True, kw_only=True)
class OrderWatch:
    """`seen`: the state of the order that the customer was told last."""

    id: str
    key: str
    customer_id: str
    conversation_id: str
    customer_no: str
    order_no: str
    events: tuple[WatchEvent, ...]
    seen: OrderState
    state: WatchState
    created_at: datetime
    ended_at: datetime | None = None


_REACHED = {
    OrderState.IN_TRANSIT: EVERY_EVENT[:1],
    OrderState.DELIVERING: EVERY_EVENT[:2],
    OrderState.SIGNED: EVERY_EVENT,
}
_OVER = frozenset({OrderState.SIGNED, OrderState.CANCELLED})


def reached(state: OrderState) -> tuple[WatchEvent, ...]:
    return _REACHED.get(state, ())


def is_over(state: OrderState) -> bool:
    return state in _OVER


def still_to_come(events: Iterable[WatchEvent], state: OrderState) -> tuple[WatchEvent, ...]:
    past = reached(state)
    return tuple(event for event in events if event not in past)


def news(watch: OrderWatch, state: OrderState) -> WatchEvent | None:
    """The newest thing to tell; what was passed over on the way is not told any more."""
    fresh = set(reached(state)) - set(reached(watch.seen))
    wanted = [event for event in watch.events if event in fresh]
    return max(wanted, key=EVERY_EVENT.index, default=None)


_WORDS = (
    (WatchEvent.SHIPPED, r"发货|发出|出库|寄出|能发|\bship|sent out|leaves"),
    (
        WatchEvent.DELIVERING,
        r"派送|送之前|送货前|配送|来之前|送来|楼下|站点|自提点|out for delivery|on the way|courier"
        r"|before (?:it|you) (?:come|arrive|deliver)",
    ),
    (WatchEvent.SIGNED, r"签收|到货|送到|收到|快递到|^到了|arriv|delivered"),
)
_PATTERNS = tuple((event, re.compile(words, re.IGNORECASE)) for event, words in _WORDS)
_ANYTHING = re.compile(
    r"有动静|更新|变化|盯|进展|物流提醒|任何|anything|any (?:news|change|update)|updates?",
    re.IGNORECASE,
)
_CALL = re.compile(r"打.{0,2}电话|电联|来电|电话联系|call me|phone me|ring me", re.IGNORECASE)


def events_in(text: str) -> tuple[WatchEvent, ...]:
    if _ANYTHING.search(text):
        return EVERY_EVENT
    return tuple(event for event, words in _PATTERNS if words.search(text))


def wants_a_call(text: str) -> bool:
    """A call by the courier is no message from us: it becomes a note on the parcel."""
    return _CALL.search(text) is not None
