"""Trouble while placing an order: a diagnosis with the next step, and a person when it stays."""

from __future__ import annotations

from typing import override

from actions.handoff import OFFER, hand_over
from actions.turn import DeskAction, Event, Turn, remember
from console.desk.card import product_list_card
from console.desk.handoff import HandoffReason
from console.desk.order_trouble import Trouble, diagnose
from console.desk.product import Product
from console.desk.words import Words
from console.services.product import product as find_product
from console.services.product import search_products

_ALIKE = 3


class HelpToOrder(DeskAction):
    action_name = "action_help_to_order"

    @override
    async def act(self, turn: Turn) -> list[Event]:
        product = await _in_view(turn)
        trouble = diagnose(turn.text, product)
        if trouble is Trouble.ACCOUNT:
            turn.say("utter_order_trouble_account")
            wish = Words("账号受限，下不了单", "The account cannot place orders")
            await hand_over(turn, HandoffReason.POLICY, wish=wish, policy="account_blocked")
            return turn.task_done("place_order_help")
        limit = product.purchase_limit if product and product.purchase_limit else None
        if trouble is Trouble.LIMIT and limit is not None:
            turn.say("utter_order_trouble_limit_known", limit=limit)
        else:
            turn.say(f"utter_order_trouble_{trouble}")
        if trouble is Trouble.SOLD_OUT and product is not None:
            await _offer_alike(turn, product)
        title = turn.words("还是不行，转人工", "Still not working: a person")
        turn.add_buttons([{"title": title, "payload": "/request_human"}])
        return [] if turn.is_in_form else remember(last_task=OFFER)


async def _in_view(turn: Turn) -> Product | None:
    product_id = turn.slot("product_id")
    return await find_product(turn.desk, str(product_id)) if product_id else None


async def _offer_alike(turn: Turn, product: Product) -> None:
    found = await search_products(turn.desk, " ".join(product.keywords), limit=_ALIKE + 1)
    others = [one for one in found if one.product_id != product.product_id and one.stock > 0]
    if others:
        text = "\n".join(one.title for one in others[:_ALIKE])
        turn.show(product_list_card(others[:_ALIKE], turn.lang), text)
