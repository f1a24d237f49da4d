"""Who sells it, whether it is genuine, and what is paid when it is not."""

from __future__ import annotations

from typing import Any, override

from actions.product_answer import ProductAnswer
from actions.product_choice import title_of
from actions.turn import Event, Turn
from console.desk.product import SELF_OPERATED, Product
from console.services.shop_call import answer_of


class AnswerAuthenticity(ProductAnswer):
    action_name = "action_answer_authenticity"
    intent = "ask_authenticity"
    prefers_known = True
    needs_product = False

    @override
    async def answer(self, turn: Turn, product: Product | None) -> list[Event]:
        sellers = await answer_of(turn.desk, turn.desk.shop.sellers())
        seller_id = product.seller_id if product else SELF_OPERATED
        seller = next((one for one in sellers if one.seller_id == seller_id), None)
        if seller is None:
            turn.say("utter_seller_unknown")
            return []
        values: dict[str, Any] = {
            "seller": seller.name.of(turn.lang),
            "pays": seller.fake_pays,
            "check": seller.check.of(turn.lang),
        }
        if product is None:
            turn.say("utter_authenticity_general", **values)
            return []
        kind = "self" if seller.is_self_operated else "third_party"
        turn.say(f"utter_authenticity_{kind}", title=title_of(turn, product), **values)
        if not seller.is_brand_authorised:
            turn.say("utter_not_authorised")
        return []
