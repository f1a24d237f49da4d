"""Price protection: one order when it or goods in it are named, otherwise everything bought."""

from __future__ import annotations

import re
from typing import override

from actions.order_choice import orders_called
from actions.strange_goods import strange_goods
from actions.turn import Button, DeskAction, Event, Turn, remember
from console.desk.errors import NotFound
from console.desk.event import BOT
from console.desk.money import yuan
from console.desk.order import Order
from console.desk.price_window_text import price_windows
from console.desk.reason_text import price_reason
from console.services import order as orders_service
from console.services.audit_time import review_hours
from console.services.cards import price_claim_card
from console.services.price_protection import PriceClaimResult, claim_price_protection
from console.storage.policy import policy_book

TASK = "apply_price_protect"
# "The others too", said after one order was looked at: more than the order in view is meant.
_ALL_ORDERS = re.compile(
    r"其[他它余]|别的|剩下|所有|全部|每一?[单笔个件]|(?:订单|[单件])都|"
    r"\b(?:all|every|everything|others?|rest)\b",
    re.IGNORECASE,
)


class AnswerPriceProtectPolicy(DeskAction):
    """The rules in short, with the days of the policy in force."""

    action_name = "action_answer_price_protect_policy"

    @override
    async def act(self, turn: Turn) -> list[Event]:
        book = await turn.desk.database.read(policy_book)
        windows = price_windows(book, turn.desk.clock.now(), turn.lang)
        turn.say("utter_price_protect_policy", windows=windows)
        return []


class ClaimPriceProtection(DeskAction):
    """Claiming costs the customer nothing and can be repeated, so there is nothing to confirm."""

    action_name = "action_claim_price_protection"

    @override
    async def act(self, turn: Turn) -> list[Event]:
        if not turn.is_verified:
            turn.say("utter_sign_in_for_money")
            return turn.task_done(TASK)
        if (strange := await strange_goods(turn)) is not None:
            turn.say("utter_goods_in_no_order", _all_orders(turn), goods=strange)
            return turn.task_done(TASK)
        named = turn.entity("order_no")
        order_no = await _scope(turn)
        if named is not None and order_no is None:
            turn.say("utter_order_not_found", number=named)
            return [] if turn.is_in_form else remember(order_no=None, last_task=TASK)
        try:
            result = await claim_price_protection(
                turn.desk, turn.conversation_id, order_no, key=turn.key(), actor=BOT
            )
        except NotFound:
            turn.say("utter_price_claim_no_orders")
            return turn.task_done(TASK)
        await _answer(turn, result, order_no)
        return turn.task_done(TASK, order_no)


async def _scope(turn: Turn) -> str | None:
    """One order when the customer named it or looks at it; None means all."""
    named = turn.entity("order_no")
    if named is None and (turn.entity("scope") == "all" or _ALL_ORDERS.search(turn.text)):
        return None
    number = named or turn.slot("order_no")
    if named is None and (called := await _with_other_goods(turn, str(number or ""))):
        return called[0].order_no if len(called) == 1 else None
    if not number:
        return None
    order = await orders_service.find_order(turn.desk, turn.conversation_id, str(number))
    return order.order_no if order else None


async def _with_other_goods(turn: Turn, known: str) -> list[Order]:
    """Orders with the goods that are named, if the one in view has none of them."""
    every = await orders_service.orders_of(turn.desk, turn.conversation_id)
    called = await orders_called(turn, every)
    return [] if known and any(one.order_no.endswith(known) for one in called) else called


async def _answer(turn: Turn, result: PriceClaimResult, order_no: str | None) -> None:
    if not result.items:
        turn.say("utter_price_claim_no_orders")
        return
    card = price_claim_card(result, turn.lang)
    if result.total_fen:
        _say_paid(turn, result, card["arrival"])
    if result.audit_fen:
        hours = await review_hours(turn.desk, turn.conversation_id)
        turn.say("utter_price_claim_audit", amount=yuan(result.audit_fen), hours=hours)
    if not result.total_fen and not result.audit_fen:
        turn.say("utter_price_claim_nothing")
    turn.show(card, _plain(turn, result), _more(turn, order_no))


def _say_paid(turn: Turn, result: PriceClaimResult, arrival: str) -> None:
    """Until the shop has confirmed every payment nothing is called paid."""
    amount = yuan(result.total_fen)
    if result.is_settled:
        turn.say("utter_price_claim_paid", amount=amount, arrival=arrival)
    else:
        turn.say("utter_price_claim_on_its_way", amount=amount)


def _plain(turn: Turn, result: PriceClaimResult) -> str:
    return "\n".join(
        f"{turn.words(item.title, item.title_en or item.title)} ¥{yuan(item.claim_fen)} "
        f"{price_reason(item.reason, turn.lang)}"
        for item in result.items
    )


def _more(turn: Turn, order_no: str | None) -> list[Button]:
    """After one order: all the others with one tap."""
    return [] if order_no is None else _all_orders(turn)


def _all_orders(turn: Turn) -> list[Button]:
    title = turn.words("其他订单也看看", "Check my other orders")
    return [{"title": title, "payload": '/apply_price_protect{"scope": "all"}'}]
