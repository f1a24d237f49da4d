"""Price protection: one order when one is named, otherwise everything the customer bought."""

from __future__ import annotations

from typing import override

from actions.turn import Button, DeskAction, Event, Turn, remember
from console.desk.card import Card
from console.desk.errors import NotFound
from console.desk.event import BOT
from console.desk.money import yuan
from console.desk.price_protection import ClaimCode
from console.desk.reason_text import arrival_text, price_reason
from console.services import order as orders_service
from console.services.price_protection import (
    PriceClaimResult,
    PriceItem,
    claim_price_protection,
)

TASK = "apply_price_protect"


class ClaimPriceProtection(DeskAction):
    """Claiming costs the customer nothing and can be repeated, so there is nothing to confirm."""

    action_name = "action_claim_price_protection"

    @override
    async def act(self, turn: Turn) -> list[Event]:
        if not turn.is_verified:
            turn.say("utter_sign_in_for_money")
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
        _answer(turn, result, order_no)
        return turn.task_done(TASK, order_no)


async def _scope(turn: Turn) -> str | None:
    """One order when the customer named it or looks at it; None means all."""
    if turn.entity("scope") == "all":
        return None
    number = turn.entity("order_no") or turn.slot("order_no")
    if not number:
        return None
    order = await orders_service.find_order(turn.desk, turn.conversation_id, str(number))
    return order.order_no if order else None


def _answer(turn: Turn, result: PriceClaimResult, order_no: str | None) -> None:
    if not result.items:
        turn.say("utter_price_claim_no_orders")
        return
    if result.total_fen:
        turn.say(
            "utter_price_claim_paid", amount=yuan(result.total_fen), arrival=_arrival(turn, result)
        )
    if result.audit_fen:
        turn.say("utter_price_claim_audit", amount=yuan(result.audit_fen))
    if not result.total_fen and not result.audit_fen:
        turn.say("utter_price_claim_nothing")
    turn.show(claim_card(turn, result), _plain(turn, result), _more(turn, order_no))


def claim_card(turn: Turn, result: PriceClaimResult) -> Card:
    """What was paid comes first."""
    order = {ClaimCode.PAID: 0, ClaimCode.AUDIT: 1}
    items = sorted(result.items, key=lambda item: order.get(item.code, 2))
    return {
        "type": "price_claim",
        "total_fen": result.total_fen,
        "items": [_item(turn, item) for item in items],
        "arrival": _arrival(turn, result) if result.total_fen else "",
    }


def _item(turn: Turn, item: PriceItem) -> Card:
    return {
        "order_no": item.order_no,
        "line_id": item.line_id,
        "title": turn.words(item.title, item.title_en or item.title),
        "paid_unit_fen": item.paid_unit_fen,
        "current_unit_fen": item.current_unit_fen,
        "claim_fen": item.claim_fen,
        "code": str(item.code),
        "reason": price_reason(item.reason, turn.lang),
        "days_left": item.days_left,
    }


def _arrival(turn: Turn, result: PriceClaimResult) -> str:
    sources = [item.source for item in result.items if item.code is ClaimCode.PAID]
    return arrival_text(sources[0] if len(set(sources)) == 1 else None, turn.lang)


def _plain(turn: Turn, result: PriceClaimResult) -> str:
    return "\n".join(
        f"{turn.words(item.title, item.title_en or item.title)} ¥{yuan(item.claim_fen)} "
        f"{price_reason(item.reason, turn.lang)}"
        for item in result.items
    )


def _more(turn: Turn, order_no: str | None) -> list[Button]:
    """After one order: all the others with one tap."""
    if order_no is None:
        return []
    title = turn.words("其他订单也看看", "Check my other orders")
    return [{"title": title, "payload": '/apply_price_protect{"scope": "all"}'}]
