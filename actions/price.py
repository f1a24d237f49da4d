"""What something costs with the offers that really apply, and what can be said to a haggler."""

from __future__ import annotations

import re
from typing import Any, override

from actions.handoff import hand_over
from actions.product_answer import OneProductAnswer
from actions.product_choice import asked, button, show_products, title_of
from actions.turn import Button, Event, Turn
from console.desk.best_price import BestPrice
from console.desk.handoff import HandoffReason
from console.desk.money import yuan
from console.desk.product import Product
from console.desk.wording import SHANGHAI, day_text
from console.desk.words import Words
from console.services.offer import price_of
from console.services.product import last_change, least_bulk

_ABOUT_CHANGE = re.compile(
    r"涨|昨天|之前|原来|变了|不一样|went up|yesterday|before|increase|changed", re.IGNORECASE
)


def quantity_of(turn: Turn) -> int:
    """At least one; whatever else was said is no number of pieces."""
    try:
        return max(1, int(asked(turn, "quantity") or 1))
    except (TypeError, ValueError):
        return 1


class AnswerPrice(OneProductAnswer):
    action_name = "action_answer_price"
    intent = "ask_price"

    @override
    async def answer_about(self, turn: Turn, product: Product) -> list[Event]:
        quantity = quantity_of(turn)
        price = await price_of(
            turn.desk, turn.conversation_id, product, quantity, with_claimable=False
        )
        say_price(turn, product, price)
        if _ABOUT_CHANGE.search(turn.text):
            await _say_change(turn, product)
        await say_claimable(turn, product, price)
        show_products(turn, [product])
        return []


def say_price(turn: Turn, product: Product, price: BestPrice) -> None:
    values: dict[str, Any] = {
        "title": title_of(turn, product),
        "quantity": price.quantity,
        "list": yuan(price.list_fen),
        "total": yuan(price.total_fen),
    }
    if price.is_reduced:
        turn.say("utter_price_with_offers", lines=offer_lines(turn, price), **values)
    elif price.quantity > 1:
        turn.say("utter_price_of_several", **values)
    else:
        turn.say("utter_price", **values)


def offer_lines(turn: Turn, price: BestPrice) -> str:
    """What comes off, one line each."""
    off = []
    if price.promotion is not None:
        off.append((price.promotion.title, price.promotion_fen))
    if price.coupon is not None:
        off.append((price.coupon.coupon.title, price.coupon_fen))
    return "\n".join(f"· {title.of(turn.lang)} −¥{yuan(fen)}" for title, fen in off)


async def say_claimable(turn: Turn, product: Product, price: BestPrice) -> bool:
    """A free coupon that would make it cheaper; True when there is one."""
    better = await price_of(
        turn.desk, turn.conversation_id, product, price.quantity, with_claimable=True
    )
    if better.total_fen >= price.total_fen or better.coupon is None:
        return False
    turn.say(
        "utter_price_claimable",
        coupon=better.coupon.coupon.title.of(turn.lang), total=yuan(better.total_fen),
    )  # fmt: skip
    return True


async def _say_change(turn: Turn, product: Product) -> None:
    change = await last_change(turn.desk, product)
    if change is None:
        turn.say("utter_price_never_changed")
        return
    old, new = change
    response = "utter_price_went_down" if new.price_fen < old.price_fen else "utter_price_went_up"
    when = new.at.astimezone(SHANGHAI).date()
    turn.say(
        response,
        day=day_text(turn.lang, when), old=yuan(old.price_fen), new=yuan(new.price_fen),
    )  # fmt: skip


class AnswerBargain(OneProductAnswer):
    """A real coupon or promotion first; without one a person who may give a price."""

    action_name = "action_answer_bargain"
    intent = "bargain_price"

    @override
    async def answer_about(self, turn: Turn, product: Product) -> list[Event]:
        quantity = quantity_of(turn)
        least = await least_bulk(turn.desk)
        if quantity >= least:
            turn.say("utter_bargain_bulk", [_bulk_button(turn, product, quantity)], least=least)
            return []
        price = await price_of(
            turn.desk, turn.conversation_id, product, quantity, with_claimable=False
        )
        if price.is_reduced:
            say_price(turn, product, price)
        has_coupon = await say_claimable(turn, product, price)
        if price.is_reduced or has_coupon:
            turn.say("utter_bargain_more")
            return []
        turn.say("utter_bargain_none", title=title_of(turn, product))
        wish = Words(
            f"想要更低的价格：{product.title} ×{quantity}",
            f"A better price: {product.title_en or product.title} ×{quantity}",
        )
        await hand_over(turn, HandoffReason.PRESALE, wish=wish)
        return []


def _bulk_button(turn: Turn, product: Product, quantity: int) -> Button:
    title = turn.words("谈批量价", "Ask for a bulk price")
    return button(title, "ask_bulk_purchase", product_id=product.product_id, quantity=quantity)
