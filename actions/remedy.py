"""The remedies of a report: their buttons, and carrying out the one that was picked.

Money and parcels go after a yes to the summary; exchange, repair and return go on in their own
forms, with everything that is known.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import replace
from typing import Any, override

from actions.answers import Answers
from actions.consent import inform_button
from actions.form_stack import NEXT
from actions.report_words import OWN_SLOTS, PIECE, UNKNOWN_PART
from actions.return_decision import say_no
from actions.turn import Button, DeskAction, Event, Turn, remember
from console.desk.after_sale import (
    AfterSaleRequest,
    AfterSaleState,
    Condition,
    ReturnReason,
    ReturnRequest,
    ReturnWay,
)
from console.desk.money import yuan
from console.desk.reason_text import arrival_text
from console.desk.refund import arrival_source
from console.desk.remedy import Remedy
from console.services import order as orders_service
from console.services.audit_time import audit_hours
from console.services.filing import ReturnRefused
from console.services.remedy import refund_at_stake, submit_remedy

_R = Remedy
_LABELS = {
    _R.REFUND_NOW: ("马上退款 {amount} 元，东西不用寄回", "Refund ¥{amount} now, keep the goods"),
    _R.RESHIP: ("免费补发", "Send it again, free of charge"),
    _R.DOOR_EXCHANGE: ("上门换新", "A new one at your door"),
    _R.EXCHANGE: ("换货", "Exchange it"),
    _R.REPAIR: ("维修", "Repair it"),
    _R.RETURN: ("退货退款", "Return it for a refund"),
    _R.REFUND_AFTER_CHECK: ("核实后退款", "Refund after a check"),
}
CONSENT = "remedy_confirmed"
_NAMES = {_R.REFUND_NOW: ("马上退款", "Refund now")}  # where the amount stands beside it
_FORMS = {
    _R.DOOR_EXCHANGE: "door_swap_form",
    _R.EXCHANGE: "exchange_form",
    _R.REPAIR: "repair_form",
    _R.RETURN: "return_form",
}
_NOT_PICKED = dict.fromkeys(("remedy", "remedy_offered", "policy_result_id", CONSENT))
_ON_ARRIVAL = frozenset({ReturnReason.DAMAGED, ReturnReason.MISSING_PARTS, ReturnReason.WRONG_ITEM})


def has_own_form(remedy: Remedy) -> bool:
    """That one asks what it still needs, and for the yes."""
    return remedy in _FORMS


def remedy_label(turn: Turn, remedy: Remedy) -> str:
    return turn.words(*_NAMES.get(remedy, _LABELS[remedy]))


def report_of(slots: Mapping[str, Any]) -> tuple[ReturnRequest, bool]:
    """What was told, and whether a part and not a whole piece is missing."""
    reason, part = ReturnReason(slots["reason"]), slots.get("missing_part")
    is_part = part is not None and part != PIECE
    request = ReturnRequest(
        order_no=slots["order_no"],
        line_id=slots["order_item_id"],
        quantity=int(slots.get("quantity") or 1),
        reason=reason,
        condition=_condition(reason),
        photos=tuple(slots.get("photos") or ()),
        note=str(slots.get("fault_text") or ""),
        part=str(part) if is_part and part != UNKNOWN_PART else "",
    )
    return request, is_part


def _condition(reason: ReturnReason) -> Condition:
    """Seen at opening it was opened; a fault shows in use."""
    return Condition.OPENED if reason in _ON_ARRIVAL else Condition.USED


async def remedy_buttons(turn: Turn, answers: Answers) -> list[Button]:
    offered = [Remedy(one) for one in answers["remedy_offered"]]
    amount = ""
    if Remedy.REFUND_NOW in offered:
        report, _ = report_of(answers.as_slots())
        amount = yuan(await refund_at_stake(turn.desk, turn.conversation_id, report))
    buttons = [
        inform_button(turn.words(*_LABELS[one]).format(amount=amount), remedy=str(one))
        for one in offered
    ]
    person = {"title": turn.words("转人工", "Talk to a person"), "payload": "/request_human"}
    return [*buttons, person]


class CarryOutRemedy(DeskAction):
    """Runs when a report is over; without a remedy and a yes nothing happens."""

    action_name = "action_carry_out_remedy"

    @override
    async def act(self, turn: Turn) -> list[Event]:
        chosen = turn.slot("remedy")
        if chosen is None:
            return []
        remedy = Remedy(chosen)
        if remedy in _FORMS:
            return _go_on_in(turn, remedy)
        if turn.slot(CONSENT) is not True:
            return remember(**{CONSENT: None})
        return await _settle(turn, remedy)


def _go_on_in(turn: Turn, remedy: Remedy) -> list[Event]:
    """Everything that was told stays; only the pictures of a report count twice."""
    told, _ = report_of(turn.tracker.slots)
    cleared = remember(**_NOT_PICKED, rma_no=None)
    known = remember(condition=str(told.condition), **{NEXT: _FORMS[remedy]})
    return [*cleared, *known]


async def _settle(turn: Turn, remedy: Remedy) -> list[Event]:
    report, is_part = report_of(turn.tracker.slots)
    try:
        filed = await submit_remedy(
            turn.desk, turn.conversation_id, remedy, report, is_part=is_part, key=turn.key()
        )
    except ReturnRefused as refused:
        await say_no(turn, Answers(turn.tracker.slots), refused.decision)
        return remember(**_NOT_PICKED)
    await _say_done(turn, filed)
    done = dict.fromkeys(OWN_SLOTS)
    return remember(**{**done, "rma_no": filed.rma_no, "last_task": "query_after_sale_progress"})


async def _say_done(turn: Turn, filed: AfterSaleRequest) -> None:
    name = "utter_remedy_sent"
    if filed.request.way is ReturnWay.PICKUP:
        name = "utter_remedy_sent_and_fetched"
    if filed.pays_money_back:
        is_checked = filed.state is AfterSaleState.SUBMITTED
        name = "utter_remedy_checked" if is_checked else "utter_remedy_refunded"
    turn.say(
        name,
        rma_no=filed.rma_no,
        amount=yuan(filed.refund.total_fen),
        arrival=await arrival_of(turn, filed),
        hours=await audit_hours(turn.desk, turn.conversation_id),
    )


async def arrival_of(turn: Turn, filed: AfterSaleRequest) -> str:
    order = await orders_service.find_order(turn.desk, turn.conversation_id, filed.request.order_no)
    payments = order.payments if order else ()
    untouched = [replace(payment, refunded_fen=0) for payment in payments]
    return arrival_text(arrival_source(filed.refund.total_fen, untouched), turn.lang)
