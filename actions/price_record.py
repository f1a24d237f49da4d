"""What price protection paid before, and why it refuses: per item, then a person looks again."""

from __future__ import annotations

from typing import Any, override

from actions.turn import Button, DeskAction, Event, Turn
from console.desk.errors import NotFound
from console.desk.money import yuan
from console.desk.reason_text import arrival_text, claim_state_label, price_reason
from console.desk.wording import local_time
from console.services import order as orders_service
from console.services.cards import price_claim_card
from console.services.price_item import PriceCheck
from console.services.price_protection import check_price_protection
from console.services.price_record import PriceRecord, ask_for_review, price_records
from console.storage.price_claim import ClaimState

RECORD, REJECTED = "query_price_protect_record", "price_protect_rejected"
SHOWN = 6  # claims in one answer
_MONEY = frozenset({ClaimState.PAID, ClaimState.PENDING})


class ShowPriceRecord(DeskAction):
    """Of the order that is named, or of all."""

    action_name = "action_show_price_record"

    @override
    async def act(self, turn: Turn) -> list[Event]:
        if not turn.is_verified:
            turn.say("utter_sign_in_for_money")
            return turn.task_done(RECORD)
        order_no = await _named_order(turn, turn.entity("order_no"))
        if turn.entity("order_no") is not None and order_no is None:
            turn.say("utter_order_not_found", number=turn.entity("order_no"))
            return turn.task_done(RECORD)
        records = await price_records(turn.desk, turn.conversation_id, order_no)
        if not records:
            turn.say("utter_no_price_record")
            return turn.task_done(RECORD)
        paid = sum(one.claim_fen for one in records if one.state in _MONEY)
        lines = "\n".join(_line(turn, one) for one in records[:SHOWN])
        turn.say("utter_price_record", total=yuan(paid), lines=lines)
        return turn.task_done(RECORD, order_no)


def _line(turn: Turn, one: PriceRecord) -> str:
    title = turn.words(one.title, one.title_en or one.title)
    state = claim_state_label(one.state, turn.lang)
    arrival = f"，{arrival_text(one.source, turn.lang)}" if one.source else ""
    if turn.lang == "en":
        arrival = arrival.replace("，", ", ")
    return f"{local_time(turn.lang, one.at)} {title} ¥{yuan(one.claim_fen)} {state}{arrival}"


async def _named_order(turn: Turn, number: Any) -> str | None:
    if not number:
        return None
    order = await orders_service.find_order(turn.desk, turn.conversation_id, str(number))
    return order.order_no if order else None


class ExplainPriceRefusal(DeskAction):
    """The reason of every item; asked again about it, a person reviews the decision."""

    action_name = "action_explain_price_refusal"

    @override
    async def act(self, turn: Turn) -> list[Event]:
        if not turn.is_verified:
            turn.say("utter_sign_in_for_money")
            return turn.task_done(REJECTED)
        named = turn.entity("order_no")
        order_no = await _named_order(turn, named or turn.slot("order_no"))
        if named is not None and order_no is None:
            turn.say("utter_order_not_found", number=named)
            return turn.task_done(REJECTED)
        try:
            check = await check_price_protection(turn.desk, turn.conversation_id, order_no)
        except NotFound:
            check = PriceCheck(items=())
        if not check.items:
            turn.say("utter_price_claim_no_orders")
        elif _wants_review(turn):
            await _review(turn, check, order_no)
        else:
            _explain(turn, check)
        return turn.task_done(REJECTED, order_no)


def _wants_review(turn: Turn) -> bool:
    return bool(turn.entity("choice") == "review" or turn.slot("last_task") == REJECTED)


async def _review(turn: Turn, check: PriceCheck, order_no: str | None) -> None:
    order = await ask_for_review(turn.desk, turn.conversation_id, check, order_no, key=turn.key())
    due = local_time(turn.lang, order.due_at) if order.due_at else ""
    turn.say("utter_price_review_opened", work_order_no=order.work_order_no, due=due)


def _explain(turn: Turn, check: PriceCheck) -> None:
    """What can be had after all is offered first."""
    text = "\n".join(
        f"{turn.words(item.title, item.title_en or item.title)}：{price_reason(item.reason, turn.lang)}"
        for item in check.items
    )
    if check.total_fen:
        turn.say("utter_price_refusal_but_some", amount=yuan(check.total_fen))
    else:
        turn.say("utter_price_refusal")
    turn.show(price_claim_card(check, turn.lang), text, _ways_on(turn, check))


def _ways_on(turn: Turn, check: PriceCheck) -> list[Button]:
    claim: Button = {
        "title": turn.words("现在补差价", "Claim it now"),
        "payload": "/apply_price_protect",
    }
    review: Button = {
        "title": turn.words("申请人工复核", "Have it reviewed"),
        "payload": '/price_protect_rejected{"choice": "review"}',
    }
    return [*([claim] if check.total_fen else []), review]
