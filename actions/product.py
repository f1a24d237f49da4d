"""Searching goods: product cards within the budget. A name after "which one" is no search."""

from __future__ import annotations

from typing import override

from actions.product_choice import show_nearest, show_products, shown, shown_products
from actions.product_task import continued, is_pending
from actions.turn import DeskAction, Event, Turn
from console.desk.product_naming import names_of
from console.services.product import catalogue, nearest_in_price, search_products

OFFERED = 5


class SearchProducts(DeskAction):
    action_name = "action_search_products"

    @override
    async def act(self, turn: Turn) -> list[Event]:
        if is_pending(turn) and (task := await continued(turn)) is not None:
            return await task(turn.desk).act(turn)
        if not turn.text:
            turn.say("utter_ask_what_to_search")
            return turn.task_done("search_product")
        limit = turn.entity("budget")
        budget = int(limit) if limit is not None else None
        found = await search_products(turn.desk, turn.text, budget, OFFERED)
        if not found and budget is None:
            turn, budget = await _with_another_limit(turn)
            found = await search_products(turn.desk, turn.text, budget, OFFERED) if budget else []
        if not found and budget is not None:
            return [*turn.task_done("search_product"), *await _above(turn, budget)]
        if not found:
            turn.say("utter_no_products")
            return turn.task_done("search_product")
        turn.say("utter_products_found")
        show_products(turn, found)
        return [*turn.task_done("search_product"), *shown(turn, found)]


async def _with_another_limit(turn: Turn) -> tuple[Turn, int | None]:
    """ "And for 2,200?" goes on with the kind of goods that was shown last."""
    amount, goods = turn.entity("amount"), await catalogue(turn.desk)
    shown_last = shown_products(turn, {one.product_id: one for one in goods})
    if amount is None or not shown_last:
        return turn, None
    return turn.reworded(" ".join(sorted(names_of(shown_last[0])))), int(amount)


async def _above(turn: Turn, budget_fen: int) -> list[Event]:
    nearest = await nearest_in_price(turn.desk, turn.text, budget_fen)
    if nearest:
        return show_nearest(turn, nearest, budget_fen)
    turn.say("utter_no_products")
    return []
