"""Two to four products side by side: price, what differs, and whom each suits."""

from __future__ import annotations

from typing import override

from actions.product_choice import (
    ProductChoice,
    ask_which_product,
    named_goods,
    several,
    show_products,
    shown,
    shown_products,
    title_of,
)
from actions.turn import DeskAction, Event, Turn
from console.desk.comparison import MOST, Row, differences
from console.desk.product import Product
from console.desk.product_naming import similar_products
from console.services.product import catalogue, product_view


class CompareProducts(DeskAction):
    action_name = "action_compare_products"

    @override
    async def act(self, turn: Turn) -> list[Event]:
        goods = await catalogue(turn.desk)
        chosen = _chosen(turn, goods)
        if len(chosen) < 2:
            return await self._ask_for_another(turn, goods, chosen)
        if len(chosen) > MOST:
            turn.say("utter_compare_most", most=MOST)
            chosen = chosen[:MOST]
        await _compare(turn, chosen)
        return [*turn.task_done("compare_products"), *shown(turn, chosen)]

    async def _ask_for_another(
        self, turn: Turn, goods: list[Product], chosen: list[Product]
    ) -> list[Event]:
        """One is known: the ones like it are offered. None: the customer names two."""
        if not chosen:
            turn.say("utter_compare_name_two")
            return turn.task_done("compare_products")
        others = similar_products(goods, chosen[0])
        turn.say("utter_compare_with_which", title=title_of(turn, chosen[0]))
        choice = ProductChoice(several(others).outcome, candidates=others)
        events = await ask_which_product(turn, choice, "compare_products") if others else []
        return [*events, *turn.task_done("compare_products")]


def _chosen(turn: Turn, goods: list[Product]) -> list[Product]:
    """Named ones; with one of them also the one in view; with none what was shown last."""
    by_id = {one.product_id: one for one in goods}
    named = named_goods(turn, goods)
    pressed = by_id.get(str(turn.entity("product_id")))
    in_view = by_id.get(str(turn.slot("product_id")))
    if pressed is not None:
        named = [pressed]
    if not named and len(before := shown_products(turn, by_id)) >= 2:
        return before
    if len(named) < 2 and in_view is not None and in_view not in named:
        named = [in_view, *named]
    return named


async def _compare(turn: Turn, chosen: list[Product]) -> None:
    views = [await product_view(turn.desk, one) for one in chosen]
    names = [title_of(turn, one) for one in chosen]
    rows = differences([one.sheet for one in views])
    if rows:
        lines = "\n".join(_line(turn, row, names) for row in rows)
        turn.say("utter_compare", lines=lines)
    else:
        turn.say("utter_compare_same")
    reasons = {
        one.product.product_id: turn.words(f"适合{one.sheet.suits.zh}", f"For {one.sheet.suits.en}")
        for one in views
        if one.sheet.suits is not None
    }
    show_products(turn, chosen, reasons=reasons)


def _line(turn: Turn, row: Row, names: list[str]) -> str:
    unknown = turn.words("未标注", "not stated")
    between, colon = turn.words("；", "; "), turn.words("：", ": ")
    cells = [
        f"{name} {value.of(turn.lang) if value else unknown}"
        for name, value in zip(names, row.values, strict=True)
    ]
    return f"· {row.label.of(turn.lang)}{colon}{between.join(cells)}"
