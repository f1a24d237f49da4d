"""Changing an order after it was placed: where it goes, what is in it, when it comes.

The state decides. Rule: docs/sources.md#order-changes.
"""

from __future__ import annotations

import re
from dataclasses import dataclass, replace
from enum import StrEnum

from console.desk.order import SHIPPED, Order, OrderLine, OrderState


class ChangeWay(StrEnum):
    FREE = "free"  # nobody has packed anything
    ASK_COURIER = "ask_courier"  # on its way, within the same city: a day or two more
    STOP_AND_REORDER = "stop_and_reorder"
    TOO_LATE = "too_late"  # signed for
    ENDED = "ended"  # cancelled


@dataclass(frozen=True, slots=True)
class ChangeDecision:
    way: ChangeWay
    rule_id: str


_BEFORE_PICKING = frozenset({OrderState.UNPAID, OrderState.PAID})


def _way(state: OrderState) -> ChangeWay:
    if state in _BEFORE_PICKING:
        return ChangeWay.FREE
    if state is OrderState.SIGNED:
        return ChangeWay.TOO_LATE
    is_ended = state in {OrderState.CANCELLED, OrderState.CANCELLING}
    return ChangeWay.ENDED if is_ended else ChangeWay.STOP_AND_REORDER


def decide_address_change(order: Order, new_city: str | None) -> ChangeDecision:
    """`new_city`: empty when only the person or the phone changes, which a courier can do."""
    way = _way(order.state)
    is_near = not new_city or new_city == city_of(order.receiver_address)
    if way is ChangeWay.STOP_AND_REORDER and is_near:
        way = ChangeWay.ASK_COURIER
    return ChangeDecision(way, f"address_change.{way}")


_CITY = re.compile(
    r"(?P<alone>北京|上海|天津|重庆)(?:市)?|(?:省|自治区)(?P<below>[^省市县区\s]{2,8}?)(?:市|州|盟)"
    r"|^(?P<first>[^省市县区\s\d]{2,8}?)市"
)
_DETAIL = re.compile(
    r"\d|[路街巷弄道村镇乡].{0,12}|小区|大厦|花园|广场|公寓"
    r"|\b(?:road|street|lane|avenue|building|room)\b",
    re.I,
)


def city_of(address: str) -> str | None:
    found = _CITY.search(address.strip())
    return next((name for name in found.groups() if name), None) if found else None


def is_deliverable(address: str) -> bool:
    """Long enough to be found, with a street, a house or a number in it."""
    return len(address.strip()) >= 6 and _DETAIL.search(address) is not None


def whole_address(said: str, present: str) -> str:
    """Without a city it is the present one: "building 3" means in the same place."""
    if city_of(said):
        return said.strip()
    area = re.match(r"(?:.{2,8}?(?:省|自治区))?(?:.{2,9}?[市州盟])?(?:.{1,9}?[区县旗])?", present)
    has_district = re.match(r".{1,9}?[区县旗]", said) is not None
    prefix = area[0] if area else ""
    if has_district:
        prefix = re.sub(r"[^市州盟]{1,9}?[区县旗]$", "", prefix)
    return f"{prefix}{said.strip()}"


class ItemWay(StrEnum):
    CHANGE = "change"
    CHANGE_AND_REFUND = "change_and_refund"  # it becomes cheaper
    PAY_MORE = "pay_more"  # paid already and dearer now: cancel and order again
    TOO_LATE = "too_late"
    SOLD_OUT = "sold_out"
    NO_CHANGE = "no_change"


@dataclass(frozen=True, slots=True)
class ItemDecision:
    """`difference_fen`: what the whole line costs more; less than 0 is refunded."""

    way: ItemWay
    rule_id: str
    difference_fen: int = 0


def decide_item_change(
    order: Order, line: OrderLine, *, variant: str, quantity: int, unit_fen: int, stock: int
) -> ItemDecision:
    """Before picking only, the same product. `unit_fen`, `stock`: of the new variant today.

    A line that stays the same variant keeps its price; its discounts stay in proportion.
    """
    if _way(order.state) is not ChangeWay.FREE:
        return ItemDecision(ItemWay.TOO_LATE, "item_change.before_picking")
    if (variant, quantity) == (line.variant, line.quantity):
        return ItemDecision(ItemWay.NO_CHANGE, "item_change.same")
    needed = quantity if variant != line.variant else quantity - line.quantity
    if needed > stock:
        return ItemDecision(ItemWay.SOLD_OUT, "item_change.stock")
    difference = changed_cost(line, variant, quantity, unit_fen) - _cost(line)
    if order.state is OrderState.UNPAID or difference == 0:
        return ItemDecision(ItemWay.CHANGE, "item_change.before_picking", difference)
    way = ItemWay.CHANGE_AND_REFUND if difference < 0 else ItemWay.PAY_MORE
    return ItemDecision(way, "item_change.price_difference", difference)


def _cost(line: OrderLine) -> int:
    return line.unit_fen * line.quantity - line.promotion_fen - line.coupon_fen


def changed_line(line: OrderLine, variant: str, quantity: int, unit_fen: int) -> OrderLine:
    """The line as it would stand then; the discounts shrink with the quantity, never grow."""
    price = line.unit_fen if variant == line.variant else unit_fen
    kept = min(quantity, line.quantity)
    return replace(
        line,
        variant=variant,
        variant_en=line.variant_en if variant == line.variant else "",
        quantity=quantity,
        unit_fen=price,
        promotion_fen=line.promotion_fen * kept // line.quantity,
        coupon_fen=line.coupon_fen * kept // line.quantity,
    )


def changed_cost(line: OrderLine, variant: str, quantity: int, unit_fen: int) -> int:
    return _cost(changed_line(line, variant, quantity, unit_fen))


def may_book_delivery(state: OrderState) -> bool:
    """Paid and not yet handed over; a courier on the road takes a wish for another day, too."""
    return state in {OrderState.PAID, OrderState.PICKED} | SHIPPED


def may_leave_note(state: OrderState) -> bool:
    return state in _BEFORE_PICKING
