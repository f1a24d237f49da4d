"""Answers about one product: finding it, and remembering it for the next question."""

from __future__ import annotations

from typing import ClassVar, override

from actions.product_choice import ProductChoice, ask_which_product, choose_product
from actions.turn import DeskAction, Event, Turn, remember
from console.desk.product import Product


class ProductAnswer(DeskAction):
    """`needs_product`: without one it is asked for; otherwise the shop's general terms are told."""

    intent: ClassVar[str]
    prefers_known: ClassVar[bool] = False
    needs_product: ClassVar[bool] = True

    @override
    async def act(self, turn: Turn) -> list[Event]:
        known = turn.slot("product_id")
        choice = await choose_product(
            turn, known=str(known) if known else None, prefers_known=self.prefers_known
        )
        if choice.product is None and self.needs_product:
            return await self.unclear(turn, choice)
        events = await self.answer(turn, choice.product)
        return [*product_done(turn, self.intent, choice.product), *events]

    async def unclear(self, turn: Turn, choice: ProductChoice) -> list[Event]:
        events = await ask_which_product(turn, choice, self.intent)
        return [*events, *turn.task_done(self.intent)]

    async def answer(self, turn: Turn, product: Product | None) -> list[Event]:
        """Says it; returns what the dialogue remembers beside the product."""
        raise NotImplementedError


class OneProductAnswer(ProductAnswer):
    """Never without a product."""

    @override
    async def answer(self, turn: Turn, product: Product | None) -> list[Event]:
        if product is None:
            raise TypeError("a product is needed")
        return await self.answer_about(turn, product)

    async def answer_about(self, turn: Turn, product: Product) -> list[Event]:
        raise NotImplementedError


def product_done(turn: Turn, intent: str, product: Product | None) -> list[Event]:
    """A side question never changes what a form is about."""
    if turn.is_in_form:
        return []
    in_view = {"product_id": product.product_id} if product else {}
    return remember(last_task=intent, product_question=None, **in_view)
