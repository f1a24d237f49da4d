"""The product that a form is about: in view, named, or picked."""

from __future__ import annotations

from typing import Any

from actions.answers import Answers
from actions.product_choice import (
    OFFERED,
    Outcome,
    ProductChoice,
    ask_which_product,
    choose_product,
)
from actions.turn import Turn
from console.desk.product import Product
from console.services.product import product


async def read_product(turn: Turn, answers: Answers, asked: str | None) -> bool:
    """Outside the question for it only a button or a whole name changes the product."""
    is_open = asked in {None, "product_id"}
    is_named = turn.entity("product_id") is not None or turn.entity("product") is not None
    if not is_open and not is_named:
        return False
    known = answers["product_id"] if asked is None else None
    choice = await choose_product(turn, known=str(known) if known else None)
    if choice.product is not None:
        answers.put("product_id", choice.product.product_id)
        return True
    if asked is None and choice.outcome is Outcome.SEVERAL:
        answers.put("product_id", None)
    return False


async def product_of(turn: Turn, answers: Answers) -> Product | None:
    """`None` when it is still open; a page may name goods that are not sold any more."""
    product_id = answers["product_id"]
    found = await product(turn.desk, str(product_id)) if product_id else None
    if found is None:
        answers.forget(["product_id"])
    return found


async def ask_product(turn: Turn, answers: Answers, intent: str, **kept: Any) -> None:
    """Shows what was named or shown; otherwise asks for a name."""
    choice = await choose_product(turn)
    if choice.outcome is Outcome.FOUND:
        choice = ProductChoice(Outcome.UNKNOWN)
    shown = [one.product_id for one in choice.candidates[:OFFERED]]
    if shown:
        answers.put("shown_products", shown)
    await ask_which_product(turn, choice, intent, **kept)
