"""Trade-ins: filed once with their estimate, answered by the customer; trade_in_check.py: between."""

from __future__ import annotations

import secrets
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import timedelta
from functools import partial

from sqlalchemy import Connection

from console.desk.errors import Conflict, NotFound, SameIdOtherContent
from console.desk.event import BOT, SYSTEM, EventType, NewEvent
from console.desk.fact_label import shown_value
from console.desk.message import text_body
from console.desk.product import Category
from console.desk.time_window import TimeWindow
from console.desk.trade_in import (
    Estimate,
    Mode,
    OldItem,
    TradeInState,
    estimate,
    is_taken,
    is_to_be_checked,
    may_become,
    trade_in_lapsed_text,
    trade_in_state_label,
    valid_until,
)
from console.desk.work_order import WorkOrderKind, WorkOrderRequest
from console.services.parts import Desk
from console.services.shop_call import find_shopper, shopper_of
from console.services.work_order import open_work_order
from console.services.work_order_end import end_answered
from console.storage import conversation as conversation_rows
from console.storage import trade_in as rows
from console.storage.event import record
from console.storage.policy import policy_book
from console.storage.trade_in import TradeIn

_HOUR = timedelta(hours=1)


@dataclass(frozen=True, slots=True, kw_only=True)
class TradeInWish:
    """What the form collected. `new_product`: in the customer's words, may be empty."""

    items: tuple[OldItem, ...]
    mode: Mode
    pickup: TimeWindow
    pickup_label: str
    new_product: str = ""


async def taken(desk: Desk, category: Category) -> bool:
    now = desk.clock.now()
    return await desk.database.read(lambda tx: is_taken(category, policy_book(tx), now))


async def estimate_of(desk: Desk, items: Sequence[OldItem]) -> Estimate:
    now = desk.clock.now()
    return await desk.database.read(lambda tx: estimate(items, policy_book(tx), now))


async def file_trade_in(
    desk: Desk, conversation_id: str, wish: TradeInWish, *, key: str
) -> TradeIn:
    """Once per key; a colleague gets the check as a work order. Raises `NotFound` for visitors."""
    now = desk.clock.now()

    def work(tx: Connection) -> TradeIn:
        shopper = shopper_of(tx, conversation_id)
        if shopper is None:
            raise NotFound("trade-in")
        if (known := rows.trade_in_of_key(tx, key)) is not None:
            if (known.customer_no, known.items) != (shopper.customer_no, wish.items):
                raise SameIdOtherContent("key", key=key)
            return known
        policies = policy_book(tx)
        worth = estimate(wish.items, policies, now)
        filed = TradeIn(
            trade_in_no=f"TI{secrets.randbelow(9 * 10**9) + 10**9}",
            key=key,
            conversation_id=conversation_id,
            customer_no=shopper.customer_no,
            state=TradeInState.REQUESTED,
            items=wish.items,
            new_product=wish.new_product[:200],
            mode=wish.mode,
            pickup_at=wish.pickup.start,
            pickup_label=wish.pickup_label,
            low_fen=worth.low_fen,
            high_fen=worth.high_fen,
            valid_until=valid_until(now, policies),
            created_at=now,
            updated_at=now,
        )
        rows.insert_trade_in(tx, filed)
        _tell(tx, filed, desk)
        return filed

    filed = await desk.database.write(work)
    await _have_it_checked(desk, filed, wish)
    return filed


def _tell(tx: Connection, filed: TradeIn, desk: Desk) -> None:
    body = {
        "action": "trade_in",
        "trade_in_no": filed.trade_in_no,
        "low_fen": filed.low_fen,
        "high_fen": filed.high_fen,
    }
    event = NewEvent(EventType.ACTION_TAKEN, BOT, body, f"trade_in:{filed.key}")
    record(tx, filed.conversation_id, [event], desk.clock.now())


async def _have_it_checked(desk: Desk, filed: TradeIn, wish: TradeInWish) -> None:
    now = desk.clock.now()
    check = await desk.database.read(lambda tx: policy_book(tx).number("trade_in.check_hours", now))
    until = wish.pickup.end + check * _HOUR
    items = "；".join(
        f"{item.model}（{shown_value('old_age', item.age, 'zh')}，"
        f"{shown_value('old_looks', item.looks, 'zh')}）"
        for item in wish.items
    )
    request = WorkOrderRequest(
        kind=WorkOrderKind.TRADE_IN_CHECK,
        text=f"{filed.trade_in_no} {wish.pickup_label} 上门取旧机：{items}"[:1500],
        details={"trade_in_no": filed.trade_in_no},
        answer_within=until - now,
    )
    await open_work_order(desk, filed.conversation_id, request, key=f"trade_in:{filed.key}")


async def trade_ins_of(desk: Desk, conversation_id: str) -> list[TradeIn]:
    """Newest first; [] for a visitor."""
    shopper = await find_shopper(desk, conversation_id)
    if shopper is None:
        return []
    return await desk.database.read(lambda tx: rows.trade_ins_of(tx, shopper.customer_no))


async def answer_revaluation(
    desk: Desk, conversation_id: str, trade_in_no: str, answer: TradeInState
) -> TradeIn:
    """The customer's word. The same answer again changes nothing.

    Raises `NotFound` for somebody else's and `Conflict` when there is nothing to answer.
    """

    def work(tx: Connection) -> TradeIn:
        shopper, one = shopper_of(tx, conversation_id), _found(tx, trade_in_no)
        if shopper is None or one.customer_no != shopper.customer_no:
            raise NotFound("trade-in")
        return one if one.state is answer else _moved(tx, desk, one, answer)

    changed = await desk.database.write(work)
    if changed.state is TradeInState.RECHECKING:
        await _recheck(desk, conversation_id, changed)
    return changed


async def tend_trade_ins(desk: Desk) -> int:
    """Who does not answer a changed value in time keeps the old things; returns how many."""

    def work(tx: Connection) -> int:
        late = rows.unanswered(tx, desk.clock.now())
        for one in late:
            _moved(tx, desk, one, TradeInState.WITHDRAWN)
            head = conversation_rows.conversation(tx, one.conversation_id)
            until = one.answer_until or desk.clock.now()
            body = text_body(trade_in_lapsed_text(one.trade_in_no, until, head.lang))
            key = f"lapsed:{one.trade_in_no}"
            event = NewEvent(EventType.MESSAGE_POSTED, SYSTEM, body, key)
            record(tx, head.id, [event], desk.clock.now())
        return len(late)

    if not await desk.database.read(lambda tx: rows.unanswered(tx, desk.clock.now())):
        return 0
    return await desk.database.write(work)


async def _recheck(desk: Desk, conversation_id: str, one: TradeIn) -> None:
    now = desk.clock.now()
    hours = await desk.database.read(lambda tx: policy_book(tx).number("trade_in.check_hours", now))
    request = WorkOrderRequest(
        kind=WorkOrderKind.TRADE_IN_CHECK,
        text=f"{one.trade_in_no} 客户要求复检",
        details={"trade_in_no": one.trade_in_no},
        answer_within=hours * _HOUR,
    )
    key = f"recheck:{one.trade_in_no}:{one.updated_at.isoformat()}"  # each wish, not each value
    await open_work_order(desk, conversation_id, request, key=key)


def _found(tx: Connection, trade_in_no: str) -> TradeIn:
    one = rows.find_trade_in(tx, trade_in_no)
    if one is None:
        raise NotFound("trade-in")
    return one


def _moved(
    tx: Connection, desk: Desk, one: TradeIn, new: TradeInState, **changes: object
) -> TradeIn:
    now = desk.clock.now()
    if not may_become(one.state, new) or not rows.move(tx, one, new, now, **changes):
        raise Conflict("trade-in")
    if new is TradeInState.WITHDRAWN:
        _end_checks(tx, desk, one)
    return _found(tx, one.trade_in_no)


def _end_checks(tx: Connection, desk: Desk, one: TradeIn) -> None:
    """Nobody waits for a look at what goes back; one work order may stand for several trade-ins."""
    if any(is_to_be_checked(other.state) for other in rows.trade_ins_of(tx, one.customer_no)):
        return
    end_answered(
        tx, desk, one.conversation_id, lambda order: order.kind is WorkOrderKind.TRADE_IN_CHECK,
        actor=SYSTEM, words=partial(trade_in_state_label, TradeInState.WITHDRAWN), is_gone=True,
    )  # fmt: skip
