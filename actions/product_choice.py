"""Which product is meant. Asked only when nothing says it.

A button decides; then what the sentence names; then "the second one" of what was shown; then the
page or the product talked about last.
"""

from __future__ import annotations

import json
import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from enum import StrEnum
from typing import Any

from actions.turn import Button, Event, Turn, remember
from console.desk.card import product_list_card
from console.desk.money import yuan
from console.desk.product import Product
from console.desk.product_naming import named_products
from console.services.context import record_question
from console.services.product import catalogue

OFFERED = 5
# What a question said beside its product goes on with the button that answers "which one".
KEPT = (
    "variant", "size", "region", "quantity", "amount", "payment_method", "attribute", "coupon_id",
    "alert_kind",
)  # fmt: skip
_ORDINALS = (
    r"第[一1]|前面那|前一|\bfirst\b",
    r"第[二2]|后面那|后一|\bsecond\b",
    r"第[三3]|\bthird\b",
    r"第[四4]|\bfourth\b",
    r"第[五5]|\bfifth\b|最后一|\blast one\b",
)


class Outcome(StrEnum):
    FOUND = "found"
    SEVERAL = "several"
    UNKNOWN = "unknown"  # nothing was named, nothing is in view


@dataclass(frozen=True, slots=True)
class ProductChoice:
    """`product` is set with FOUND, `candidates` with SEVERAL."""

    outcome: Outcome
    product: Product | None = None
    candidates: list[Product] = field(default_factory=list)


async def choose_product(
    turn: Turn, *, known: str | None = None, prefers_known: bool = False
) -> ProductChoice:
    """`known`: the product in view. `prefers_known`: goods that the sentence names are rather
    parts of the question ("does it come with a charger") than another product."""
    goods = await catalogue(turn.desk)
    by_id = {one.product_id: one for one in goods}
    pressed, in_view = by_id.get(str(turn.entity("product_id"))), by_id.get(str(known))
    if pressed is not None:
        return found(pressed)
    if prefers_known and in_view is not None and turn.entity("product") in (None, known):
        return found(in_view)
    named = named_goods(turn, goods)
    if in_view is not None and in_view in named:
        return found(in_view)
    if named:
        return found(named[0]) if len(named) == 1 else several(named)
    shown = shown_products(turn, by_id)
    at = read_position(turn.text)
    if at is not None and at < len(shown):
        return found(shown[at])
    if in_view is not None:
        return found(in_view)
    return several(shown) if shown else ProductChoice(Outcome.UNKNOWN)


def named_goods(turn: Turn, goods: Sequence[Product]) -> list[Product]:
    """By the whole name, else by words for what it is, in either language."""
    numbers = {str(e["value"]) for e in turn.entities if e.get("entity") == "product"}
    exact = [one for one in goods if one.product_id in numbers]
    kinds = [str(e["value"]) for e in turn.entities if e.get("entity") in {"category", "brand"}]
    return exact or named_products(goods, " ".join([turn.text, *kinds]))


def shown_products(turn: Turn, by_id: Mapping[str, Product]) -> list[Product]:
    shown = turn.slot("shown_products")
    ids = shown if isinstance(shown, list) else []
    return [by_id[one] for one in ids if one in by_id]


def read_position(text: str) -> int | None:
    """ "The second one" of a list; a bare number counts, "one of them" does not."""
    if re.fullmatch(r"[1-5]", text.strip()):
        return int(text) - 1
    hits = (at for at, words in enumerate(_ORDINALS) if re.search(words, text, re.IGNORECASE))
    return next(hits, None)


def found(product: Product) -> ProductChoice:
    return ProductChoice(Outcome.FOUND, product=product)


def several(products: Sequence[Product]) -> ProductChoice:
    if len(products) == 1:
        return found(products[0])
    return ProductChoice(Outcome.SEVERAL, candidates=list(products[:OFFERED]))


async def ask_which_product(
    turn: Turn, choice: ProductChoice, intent: str, **kept: Any
) -> list[Event]:
    """The picker, or an open question. What the question said beside its product is kept."""
    if not turn.is_in_form:  # the desk itself records what a form asks for
        await record_question(turn.desk, turn.conversation_id, "product_id", "bot")
    question = {**said_beside(turn), **{k: v for k, v in kept.items() if v is not None}}
    if choice.outcome is Outcome.SEVERAL:
        turn.say("utter_ask_which_product")
        show_products(turn, choice.candidates, buttons_for(turn, choice, intent, question))
    else:
        turn.say("utter_ask_product_name")
    shown = [one.product_id for one in choice.candidates]
    asked = {"intent": intent, "said": question}
    return remember(product_question=asked, **({"shown_products": shown} if shown else {}))


def said_beside(turn: Turn) -> dict[str, Any]:
    """What the message says beside its product, or what the question before the picker said."""
    return {name: value for name in KEPT if (value := asked(turn, name)) is not None}


def asked(turn: Turn, name: str) -> Any:
    """From the message, else from the question that "which one" interrupted."""
    value = turn.entity(name)
    pending = turn.slot("product_question")
    if value is None and isinstance(pending, dict) and pending["intent"] == turn.slot("last_task"):
        return pending["said"].get(name)
    return value


def show_products(
    turn: Turn,
    products: Sequence[Product],
    buttons: Sequence[Button] = (),
    reasons: Mapping[str, str] | None = None,
) -> None:
    text = "\n".join(title_of(turn, one) for one in products)
    turn.show(product_list_card(products, turn.lang, reasons or {}), text, buttons)


def show_nearest(turn: Turn, nearest: Sequence[Product], limit_fen: int) -> list[Event]:
    """Nothing is within the limit; these are the nearest above it."""
    turn.say("utter_nothing_within", limit=yuan(limit_fen), price=yuan(nearest[0].price_fen))
    show_products(turn, nearest)
    return shown(turn, nearest)


def shown(turn: Turn, products: Sequence[Product]) -> list[Event]:
    """So that "the second one" is understood; a side question changes nothing."""
    if turn.is_in_form or not products:
        return []
    return remember(shown_products=[one.product_id for one in products])


def buttons_for(
    turn: Turn, choice: ProductChoice, intent: str, question: Mapping[str, Any]
) -> list[Button]:
    return [
        button(title_of(turn, one), intent, product_id=one.product_id, **question)
        for one in choice.candidates
    ]


def button(title: str, intent: str, **entities: Any) -> Button:
    return {"title": title, "payload": f"/{intent}{json.dumps(entities, ensure_ascii=False)}"}


def title_of(turn: Turn, product: Product) -> str:
    return turn.words(product.title, product.title_en or product.title)
