"""What a person does about a trade-in: says what the old things are worth, and that it was paid."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime
from functools import partial
from typing import Any

from sqlalchemy import Connection

from console.desk.errors import BadRequest, Conflict, NotFound
from console.desk.event import Actor, NewEvent
from console.desk.policy import PolicyBook
from console.desk.trade_in import (
    CheckStep,
    TradeInState,
    answer_until,
    is_to_be_checked,
    open_check_steps,
    state_after_check,
    trade_in_checked_text,
    trade_in_paid_text,
)
from console.desk.work_order import WorkOrder, WorkOrderKind
from console.services.after_sale_news import tell_customer_of
from console.services.keyed_action import action, is_taken, record_action
from console.services.parts import Desk
from console.services.second_yes import (
    FIRST_YES,
    FirstYes,
    Giving,
    first_yes,
    keep_yes,
    needs_second,
)
from console.services.shop_call import shopper_of
from console.services.work_order_end import end_answered
from console.storage import trade_in as rows
from console.storage.policy import policy_book
from console.storage.trade_in import TradeIn

SUBJECT, RULE = "trade_in", "by_hand"
MOST_FEN = 100_000_00  # a slip of the finger, not a value


@dataclass(frozen=True, slots=True, kw_only=True)
class CheckWish:
    """`final_fen`: with a check, what the old things are worth after all."""

    trade_in_no: str
    step: CheckStep
    final_fen: int | None = None
    note: str = ""

    def check(self) -> None:
        """Raises `BadRequest`."""
        given, is_wanted = self.final_fen is not None, self.step is CheckStep.CHECK
        if given is not is_wanted or not 0 <= (self.final_fen or 0) <= MOST_FEN:
            raise BadRequest("final_fen belongs to a check: 0 to 10,000,000", field="final_fen")


async def take_check_step(
    desk: Desk, conversation_id: str, wish: CheckWish, *, key: str, actor: Actor
) -> TradeIn:
    """Once per key; the customer hears it, and below the range is asked.

    Raises `NotFound` for another customer's, `Conflict` when the step does not fit the state,
    `BadRequest` without a reason for a value below the range. Above the limit of one person a
    value waits for a second yes.
    """
    wish.check()

    def work(tx: Connection) -> TradeIn:
        one = _own(tx, conversation_id, wish.trade_in_no)
        body: dict[str, Any] = {
            "action": "trade_in_check", "trade_in_no": one.trade_in_no, "step": wish.step,
            "final_fen": wish.final_fen, "note": wish.note,
        }  # fmt: skip
        taken = action(actor, body, key)
        if is_taken(tx, conversation_id, taken):
            return one
        if wish.step not in open_check_steps(one.state):
            raise Conflict("trade-in", state=one.state)
        changes = _changes(one, wish, policy_book(tx), desk.clock.now())
        giving = giving_of(one, wish.final_fen or 0)
        is_first = needs_second(tx, desk, giving, actor)
        value = one.final_fen if wish.step is CheckStep.PAID else wish.final_fen
        record_action(
            tx, conversation_id, taken, desk.clock.now(), paid_fen=value, second_needed=is_first
        )
        if not is_first:
            return _take(tx, desk, one, wish, changes, taken)
        keep_yes(
            tx, desk, giving, FIRST_YES,
            conversation_id=conversation_id, customer_no=one.customer_no, actor=actor,
        )  # fmt: skip
        return one

    return await desk.database.write(work)


def _own(tx: Connection, conversation_id: str, trade_in_no: str) -> TradeIn:
    shopper, one = shopper_of(tx, conversation_id), rows.find_trade_in(tx, trade_in_no)
    if shopper is None or one is None or one.customer_no != shopper.customer_no:
        raise NotFound("trade-in")
    return one


def giving_of(one: TradeIn, final_fen: int) -> Giving:
    """The money follows from the check: whoever pays it out decides nothing any more."""
    matter = {"state": one.state} | ({"amount_fen": final_fen} if final_fen else {})
    return Giving(
        subject=SUBJECT, rule_id=RULE, number=one.trade_in_no, amount_fen=final_fen, matter=matter
    )


def waiting_yes(tx: Connection, one: TradeIn) -> FirstYes | None:
    """Whose value waits for a second person."""
    return first_yes(tx, giving_of(one, 0))


def _take(
    tx: Connection,
    desk: Desk,
    one: TradeIn,
    wish: CheckWish,
    changes: dict[str, Any],
    taken: NewEvent,
) -> TradeIn:
    if not rows.move(tx, one, at=desk.clock.now(), **changes):
        raise Conflict("trade-in")
    moved = rows.find_trade_in(tx, one.trade_in_no) or one
    words = partial(_words, moved, wish)
    key = f"told:{taken.client_msg_id}"
    tell_customer_of(tx, desk, moved.conversation_id, words, key=key)
    if not any(is_to_be_checked(other.state) for other in rows.trade_ins_of(tx, one.customer_no)):
        end_answered(tx, desk, one.conversation_id, _is_check, actor=taken.actor, words=words)
    return moved


def _changes(one: TradeIn, wish: CheckWish, policies: PolicyBook, now: datetime) -> dict[str, Any]:
    if wish.step is CheckStep.PAID:
        return {"new": TradeInState.PAID}
    final_fen = wish.final_fen or 0
    new = state_after_check(one.low_fen, final_fen)
    is_lower = new is TradeInState.REVALUED
    if is_lower and not wish.note:
        raise BadRequest("a value below the range needs a reason", field="note")
    until = answer_until(now, policies) if is_lower else None
    return {"new": new, "final_fen": final_fen, "answer_until": until}


def _words(moved: TradeIn, wish: CheckWish, lang: str) -> str:
    value = moved.final_fen or 0
    if wish.step is CheckStep.PAID:
        return trade_in_paid_text(moved.trade_in_no, value, lang)
    return trade_in_checked_text(moved.trade_in_no, value, wish.note, moved.answer_until, lang)


def _is_check(order: WorkOrder) -> bool:
    return order.kind is WorkOrderKind.TRADE_IN_CHECK
