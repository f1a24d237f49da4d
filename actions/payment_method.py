"""Ways to pay: the one that was asked for, or all of them; instalments with their amounts."""

from __future__ import annotations

from typing import override

from actions.product_answer import ProductAnswer
from actions.product_choice import asked
from actions.turn import Event, Turn
from console.desk.money import yuan
from console.desk.payment_method import PaymentMethod, Refusal, named_in, parts_of, refusal
from console.desk.product import Product
from console.services.shop_call import answer_of


class AnswerPaymentMethod(ProductAnswer):
    action_name = "action_answer_payment_method"
    intent = "ask_payment_method"
    prefers_known = True
    needs_product = False

    @override
    async def answer(self, turn: Turn, product: Product | None) -> list[Event]:
        methods = await answer_of(turn.desk, turn.desk.shop.payment_methods())
        named = named_in(methods, f"{turn.text} {asked(turn, 'payment_method') or ''}")
        if named is None:
            turn.say("utter_payment_methods", methods=_titles(turn, methods, product))
        elif (why := refusal(named, product)) is not None:
            _refuse(turn, named, why, _titles(turn, methods, product))
        else:
            _accept(turn, named, product)
        return []


def _titles(turn: Turn, methods: list[PaymentMethod], product: Product | None) -> str:
    taken = [one.title.of(turn.lang) for one in methods if refusal(one, product) is None]
    return ("、" if turn.lang == "zh" else ", ").join(taken)


def _refuse(turn: Turn, method: PaymentMethod, why: Refusal, others: str) -> None:
    limit = method.least_fen if why is Refusal.TOO_LITTLE else method.most_fen
    turn.say(
        f"utter_payment_{why}",
        method=method.title.of(turn.lang), limit=yuan(limit or 0), others=others,
    )  # fmt: skip


def _accept(turn: Turn, method: PaymentMethod, product: Product | None) -> None:
    turn.say(
        "utter_payment_taken",
        method=method.title.of(turn.lang),
        note=turn.words("，", "; ") + method.note.of(turn.lang) if method.note else "",
    )
    if not method.instalments:
        return
    if product is None:
        months = " / ".join(str(one.months) for one in method.instalments)
        turn.say("utter_instalments", months=months, least=yuan(method.least_fen))
        return
    rows = [
        turn.words(
            f"· {one.months} 期：每期约 ¥{yuan(one.monthly_fen)}，手续费 ¥{yuan(one.fee_fen)}",
            f"· {one.months} months: about ¥{yuan(one.monthly_fen)} each, fee ¥{yuan(one.fee_fen)}",
        )
        for one in parts_of(method, product.price_fen)
    ]
    turn.say("utter_instalments_of", price=yuan(product.price_fen), lines="\n".join(rows))
