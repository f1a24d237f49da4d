"""Delivery before an order: which ways there are, how many days, and what it costs."""

from __future__ import annotations

from typing import override

from actions.price import quantity_of
from actions.product_answer import ProductAnswer
from actions.region import Region, region_of
from actions.turn import Event, Turn, remember
from console.desk.delivery import DeliveryMethod, fee_of
from console.desk.money import yuan
from console.desk.product import Product
from console.desk.region import region_name
from console.desk.wording import day_text
from console.services.delivery import Way, ways_to

_METHODS = {
    DeliveryMethod.DOOR: ("送货上门", "delivery to your door"),
    DeliveryMethod.EXPRESS: ("加急次日达", "express, the day after shipping"),
    DeliveryMethod.PICKUP_POINT: ("自提点自取", "a pickup point"),
}


class DeliveryAnswer(ProductAnswer):
    """Says where it goes, asks when nobody knows and it matters, then answers."""

    prefers_known = True
    needs_product = False

    @override
    async def answer(self, turn: Turn, product: Product | None) -> list[Event]:
        region = await region_of(turn)
        ways = await ways_to(turn.desk, region.name, product)
        if not ways:
            turn.say("utter_not_delivered", where=place(turn, region))
        else:
            self.tell(turn, product, region, ways)
        return remember(region=region.name) if region.is_named and not turn.is_in_form else []

    def tell(self, turn: Turn, product: Product | None, region: Region, ways: list[Way]) -> None:
        raise NotImplementedError


def place(turn: Turn, region: Region) -> str:
    """A region that was taken from the last order is said to be so."""
    if region.name is None:
        return turn.words("您那里", "your region")
    name = region_name(region.name, turn.lang)
    if region.is_named:
        return name
    return turn.words(f"{name}（按您上一单的收货地）", f"{name} (where your last order went)")


class AnswerDeliveryMethod(DeliveryAnswer):
    action_name = "action_answer_delivery_method"
    intent = "ask_delivery_method"

    @override
    def tell(self, turn: Turn, product: Product | None, region: Region, ways: list[Way]) -> None:
        rows = "\n".join(_row(turn, way, product) for way in ways)
        response = "utter_delivery_methods" if region.name else "utter_delivery_methods_anywhere"
        turn.say(response, where=place(turn, region), lines=rows)


def _row(turn: Turn, way: Way, product: Product | None) -> str:
    between = turn.words("，", ", ")
    parts = [turn.words(*_METHODS[way.method])]
    if way.rule.carrier is not None:
        parts.append(way.rule.carrier.of(turn.lang))
    parts.append(fee_text(turn, way, product))
    if way.rule.note is not None:
        parts.append(way.rule.note.of(turn.lang))
    return f"· {between.join(parts)}"


def fee_text(turn: Turn, way: Way, product: Product | None) -> str:
    rule = way.rule
    if product is not None:
        fee = fee_of(rule, product.price_fen * quantity_of(turn))
        return turn.words(f"运费 ¥{yuan(fee)}", f"¥{yuan(fee)}") if fee else _free(turn)
    if not rule.fee_fen:
        return _free(turn)
    if rule.free_from_fen is None:
        return turn.words(f"运费 ¥{yuan(rule.fee_fen)}", f"¥{yuan(rule.fee_fen)}")
    return turn.words(
        f"运费 ¥{yuan(rule.fee_fen)}，满 ¥{yuan(rule.free_from_fen)} 包邮",
        f"¥{yuan(rule.fee_fen)}, free from ¥{yuan(rule.free_from_fen)}",
    )


def _free(turn: Turn) -> str:
    return turn.words("包邮", "free")


class AnswerDeliveryTime(DeliveryAnswer):
    action_name = "action_answer_delivery_time"
    intent = "ask_delivery_time"

    @override
    def tell(self, turn: Turn, product: Product | None, region: Region, ways: list[Way]) -> None:
        first, *others = ways
        if product is not None and product.stock <= 0:
            turn.say("utter_delivery_sold_out")
            return
        turn.say("utter_delivery_days", where=place(turn, region), days=_days(turn, first))
        express = [one for one in others if one.method is DeliveryMethod.EXPRESS]
        for way in express:
            turn.say("utter_delivery_express", days=_days(turn, way), fee=yuan(way.rule.fee_fen))


def _days(turn: Turn, way: Way) -> str:
    first, last = day_text(turn.lang, way.window.first), day_text(turn.lang, way.window.last)
    return first if first == last else turn.words(f"{first}到{last}", f"{first} to {last}")


class AnswerShippingFee(DeliveryAnswer):
    action_name = "action_answer_shipping_fee"
    intent = "ask_shipping_fee"

    @override
    def tell(self, turn: Turn, product: Product | None, region: Region, ways: list[Way]) -> None:
        rows = "\n".join(_fee_row(turn, way, product) for way in ways)
        turn.say("utter_shipping_fees", where=place(turn, region), lines=rows)
        missing = _missing(product, ways, quantity_of(turn))
        if missing > 0:
            turn.say("utter_shipping_missing", missing=yuan(missing))


def _fee_row(turn: Turn, way: Way, product: Product | None) -> str:
    between = turn.words("：", ": ")
    return f"· {turn.words(*_METHODS[way.method])}{between}{fee_text(turn, way, product)}"


def _missing(product: Product | None, ways: list[Way], quantity: int) -> int:
    """How much more in the order would bring it to the door for nothing."""
    door = next((one.rule for one in ways if one.method is DeliveryMethod.DOOR), None)
    if product is None or door is None or door.free_from_fen is None:
        return 0
    return max(0, door.free_from_fen - product.price_fen * quantity)
