"""Warranties: the rules for a product, what is left of mine, and where things are repaired."""

from __future__ import annotations

from datetime import timedelta
from typing import override

from actions.order_choice import Outcome, choose_order, explain
from actions.own_goods import line_meant, named_lines, named_to_come
from actions.product_answer import ProductAnswer
from actions.product_choice import title_of
from actions.region import region_of
from actions.repair import SERIAL
from actions.return_words import is_returnable, open_lines
from actions.strange_goods import strange_goods
from actions.turn import DeskAction, Event, Turn
from console.desk.calendar import natural_day
from console.desk.card import line_title
from console.desk.order import Order, OrderLine
from console.desk.product import Category, Product
from console.desk.service_center import near
from console.services import order as orders_service
from console.services.goods import service_centers
from console.services.product import product as find_product
from console.services.repair import Coverage, coverage_of, line_of_serial
from console.services.return_terms import terms_of_line, terms_of_product
from console.services.warranty import warranty_days, warranty_days_of

MOST_LINES = 5


class AnswerWarrantyPolicy(ProductAnswer):
    action_name = "action_answer_warranty_policy"
    intent = "ask_warranty_policy"
    needs_product = False

    @override
    async def answer(self, turn: Turn, product: Product | None) -> list[Event]:
        days = await warranty_days(turn.desk, product)
        cities = {turn.words(one.city, one.city_en) for one in await service_centers(turn.desk)}
        places = turn.words("、", ", ").join(sorted(cities))
        name = "utter_warranty_policy" if product is None else "utter_warranty_of_product"
        if days == 0:
            name = "utter_warranty_none"
        turn.say(
            name,
            [],
            title=title_of(turn, product) if product else "",
            days=days,
            clothing_days=await warranty_days_of(turn.desk, Category.CLOTHING),
            cities=places,
            **await terms_of_product(turn.desk, product, turn.lang),
        )
        return []


class AnswerWarranty(DeskAction):
    """By serial number, by order, or by the goods that are named."""

    action_name = "action_answer_warranty"
    intent = "query_warranty"

    @override
    async def act(self, turn: Turn) -> list[Event]:
        if (serial := SERIAL.search(turn.text)) is not None and turn.is_verified:
            return await self._by_serial(turn, serial.group().upper())
        if (strange := await strange_goods(turn)) is not None:
            turn.say("utter_goods_in_no_order", goods=strange)
            return turn.task_done(self.intent)
        number = turn.entity("order_no")
        if number is None and (named := await named_lines(turn)):
            for order, line in named[:MOST_LINES]:
                await _tell(turn, order.order_no, [line])
            return turn.task_done(self.intent, named[0][0].order_no)
        choice = await choose_order(
            turn, (is_returnable,), number=str(number) if number else None,
            known=turn.slot("order_no"),
        )  # fmt: skip
        if choice.outcome is not Outcome.FOUND or choice.order is None:
            await explain(turn, choice, self.intent, "utter_warranty_nothing_bought")
            return turn.task_done(self.intent)
        coming = await named_to_come(turn, choice.order)
        lines = [] if coming else await _meant(turn, choice.order)
        if not lines:
            turn.say("utter_warranty_not_delivered", order_no=choice.order.order_no)
        await _tell(turn, choice.order.order_no, lines)
        return turn.task_done(self.intent, choice.order.order_no)

    async def _by_serial(self, turn: Turn, serial: str) -> list[Event]:
        found = await line_of_serial(turn.desk, turn.conversation_id, serial)
        order = None
        if found is not None:
            order = await orders_service.find_order(turn.desk, turn.conversation_id, found[0])
        line = order.line(found[1]) if order and found else None
        if order is None or line is None:
            turn.say("utter_serial_not_found", serial=serial)
            return turn.task_done(self.intent)
        await _tell(turn, order.order_no, [line])
        return turn.task_done(self.intent, order.order_no)


async def _meant(turn: Turn, order: Order) -> list[OrderLine]:
    lines = open_lines(order)
    named = await line_meant(turn, lines, asked=None)
    return [named] if named else lines[:MOST_LINES]


async def _tell(turn: Turn, order_no: str, lines: list[OrderLine]) -> None:
    for line in lines:
        found = await coverage_of(turn.desk, turn.conversation_id, order_no, line.line_id)
        item = (order_no, line.line_id)
        terms = await terms_of_line(turn.desk, turn.conversation_id, *item, turn.lang)
        day = _last_day(turn, found)
        turn.say(_name_of(found), [], title=line_title(line, turn.lang), day=day, **terms)


def _name_of(found: Coverage) -> str:
    if not found.has_warranty:
        return "utter_warranty_none"
    return "utter_warranty_runs" if found.is_open else "utter_warranty_over"


def _last_day(turn: Turn, found: Coverage) -> str:
    """The window ends at midnight; people name the day before."""
    if found.window is None:
        return ""
    day = natural_day(found.window.end - timedelta(seconds=1))
    return f"{day:%d %b %Y}" if turn.lang == "en" else f"{day.year} 年 {day.month} 月 {day.day} 日"


class FindServiceCenter(ProductAnswer):
    """In the place that is named or where the last order went; elsewhere a courier fetches."""

    action_name = "action_find_service_center"
    intent = "find_service_center"
    needs_product = False

    @override
    async def answer(self, turn: Turn, product: Product | None) -> list[Event]:
        goods = product or await _bought(turn)
        region = (await region_of(turn)).name
        category = str(goods.category) if goods else None
        found = near(await service_centers(turn.desk), region, category)
        if not found.centers:
            turn.say("utter_service_center_none", title=title_of(turn, goods) if goods else "")
            return []
        listed = "\n".join(
            turn.words(
                f"{one.name}：{one.city}{one.address}，{one.hours}，{one.phone}",
                f"{one.name_en}: {one.address_en}, {one.city_en}, {one.hours}, {one.phone}",
            )
            for one in found.centers
        )
        name = "utter_service_center" if found.is_there else "utter_service_center_elsewhere"
        turn.say(name, centers=listed)
        return []


async def _bought(turn: Turn) -> Product | None:
    """The item that the dialogue is about."""
    number, item = turn.slot("order_no"), turn.slot("order_item_id")
    if not number or not turn.is_verified:
        return None
    order = await orders_service.find_order(turn.desk, turn.conversation_id, str(number))
    if order is None:
        return None
    line = order.line(str(item)) if item else None
    if line is None and len(order.lines) == 1:
        line = order.lines[0]
    return await find_product(turn.desk, line.product_id) if line else None
