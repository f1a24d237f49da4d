"""Promotions of a product or of the shop, with gifts and deposits."""

from __future__ import annotations

import re
from typing import override

from actions.product_answer import ProductAnswer
from actions.product_choice import title_of
from actions.turn import Event, Turn
from console.desk.money import yuan
from console.desk.product import Product
from console.desk.promotion import Promotion
from console.desk.wording import local_time
from console.services.offer import offers

_ABOUT_DEPOSIT = re.compile(r"定金|订金|尾款|预售|deposit|pre-?sale|pre-?order", re.IGNORECASE)
_FOR_ALL = re.compile(r"全场|店里|最近|都有(?:什么|啥)|all|shop|store", re.IGNORECASE)


class AnswerPromotion(ProductAnswer):
    action_name = "action_answer_promotion"
    intent = "ask_promotion"
    prefers_known = True
    needs_product = False

    @override
    async def answer(self, turn: Turn, product: Product | None) -> list[Event]:
        about = None if _FOR_ALL.search(turn.text) else product
        found = await offers(turn.desk, about)
        deposits = [one for one in found.running if one.deposit is not None]
        if _ABOUT_DEPOSIT.search(turn.text):
            _tell_deposits(turn, deposits)
        elif found.running:
            _tell_running(turn, about, found.running)
        elif found.upcoming:
            next_one = found.upcoming[0]
            turn.say(
                "utter_promotion_coming",
                what=promotion_text(turn, next_one),
                when=local_time(turn.lang, next_one.starts_at),
            )
        else:
            turn.say("utter_no_promotion")
        return []


def _tell_running(turn: Turn, product: Product | None, running: list[Promotion]) -> None:
    rows = "\n".join(
        turn.words(
            f"· {promotion_text(turn, one)}，到 {local_time('zh', one.ends_at)}",
            f"· {promotion_text(turn, one)}, until {local_time('en', one.ends_at)}",
        )
        for one in running
    )
    if product is None:
        turn.say("utter_promotions", lines=rows)
    else:
        turn.say("utter_promotions_of", title=title_of(turn, product), lines=rows)


def promotion_text(turn: Turn, promotion: Promotion) -> str:
    title = promotion.title.of(turn.lang)
    if promotion.gift is None:
        return title
    gift = promotion.gift.of(turn.lang)
    return turn.words(f"{title}：送{gift}", f"{title}: {gift}")


def _tell_deposits(turn: Turn, deposits: list[Promotion]) -> None:
    if not deposits:
        turn.say("utter_no_deposit")
    for one in deposits:
        if one.deposit is not None:
            turn.say(
                "utter_deposit",
                title=one.title.of(turn.lang),
                deposit=yuan(one.deposit.deposit_fen),
                counts=yuan(one.deposit.counts_fen),
                first=local_time(turn.lang, one.deposit.rest_from),
                last=local_time(turn.lang, one.deposit.rest_until),
                refund=one.deposit.refund.of(turn.lang),
            )
