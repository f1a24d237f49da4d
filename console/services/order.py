"""The verified customer's own orders: finding, tracking and stopping them."""

from __future__ import annotations

import asyncio
from dataclasses import dataclass, replace

from sqlalchemy import Connection

from console.desk.cancellation import CancelWay, decide_cancellation
from console.desk.errors import SameIdOtherContent
from console.desk.event import BOT, Actor, EventType, NewEvent
from console.desk.identity import new_id
from console.desk.order import Order, OrderState, PaymentSource, match_order
from console.desk.policy import PolicyDecision
from console.desk.refund import arrival_source, refund_of_cancellation
from console.gateways.shop import RefundKind, StopReceipt, StopState
from console.services.parts import Desk
from console.services.price_audit import void_audits
from console.services.shop_call import Shopper, answer_of, find_shopper, own_order
from console.storage import cancellation as rows
from console.storage import price_claim as claim_rows
from console.storage.after_sale import requests_on_orders
from console.storage.cancellation import Cancellation, CancellationState
from console.storage.event import record
from console.storage.money_lock import lock_money_of
from console.storage.policy import record_decision


@dataclass(frozen=True, slots=True, kw_only=True)
class CancelResult:
    """`state` is `None` when nothing was asked of the shop: signed for, or cancelled before."""

    order_no: str
    way: CancelWay
    state: CancellationState | None
    rule_id: str
    reason: str  # key of the sentence a person reads
    refund_fen: int = 0
    source: PaymentSource | None = None  # decides when the refund arrives


async def orders_of(desk: Desk, conversation_id: str) -> list[Order]:
    """Newest first; none for an unverified visitor."""
    shopper = await find_shopper(desk, conversation_id)
    if shopper is None:
        return []
    return await answer_of(desk, desk.shop.orders_of(shopper.customer_no))


async def find_order(desk: Desk, conversation_id: str, order_no_or_suffix: str) -> Order | None:
    """By number or by an ending that is unique among the customer's own orders."""
    return match_order(await orders_of(desk, conversation_id), order_no_or_suffix.strip())


async def cancel_order(
    desk: Desk, conversation_id: str, order_no: str, reason: str, key: str, *, actor: Actor = BOT
) -> CancelResult:
    """Stops the order as far as its state allows, and refunds once when it is cancelled.

    The same key gives the same cancellation. Raises `NotFound`, and `ShopDown` when the shop does
    not answer: the wish is kept then and `finish_pending_cancellations` carries it out.
    """
    repeated = await desk.database.read(lambda tx: rows.cancellation_of_key(tx, key))
    if repeated is not None:
        return await _repeat(desk, conversation_id, repeated, order_no)
    shopper, order = await own_order(desk, conversation_id, order_no)
    plan = _Plan(conversation_id, shopper, order, reason, key, actor)
    standing = await desk.database.write(lambda tx: _decide(tx, desk, plan))
    if standing is None:
        return _nothing_to_stop(order)
    return _result(await _carry_out(desk, standing), order)


async def refund_of_cancelling(desk: Desk, conversation_id: str, order_no: str) -> int:
    """Fen that come back when this order is cancelled; nothing is written. Raises `NotFound`."""
    _, order = await own_order(desk, conversation_id, order_no)
    return await desk.database.read(lambda tx: _refund_fen(tx, order))


@dataclass(frozen=True, slots=True)
class _Plan:
    conversation_id: str
    shopper: Shopper
    order: Order
    reason: str
    key: str
    actor: Actor


async def _repeat(
    desk: Desk, conversation_id: str, known: Cancellation, order_no: str
) -> CancelResult:
    if (known.conversation_id, known.order_no) != (conversation_id, order_no):
        raise SameIdOtherContent("key", key=known.key)
    _, order = await own_order(desk, conversation_id, order_no)
    return _result(await _carry_out(desk, known), order)


def _decide(tx: Connection, desk: Desk, plan: _Plan) -> Cancellation | None:
    """The cancellation to carry out; `None` when the state of the order leaves nothing to stop."""
    lock_money_of(tx, plan.shopper.customer_no)
    if (standing := rows.standing(tx, plan.order.order_no)) is not None:
        return standing
    _keep_decision(tx, desk, plan)
    if decide_cancellation(plan.order.state).way in (CancelWay.RETURN, CancelWay.ALREADY):
        return None
    cancellation = _cancellation(tx, desk, plan)
    rows.insert_cancellation(tx, cancellation)
    void_audits(tx, desk, [line.line_id for line in plan.order.lines], plan.actor)
    _tell(tx, desk, plan, cancellation)
    return cancellation


def _keep_decision(tx: Connection, desk: Desk, plan: _Plan) -> None:
    decision = decide_cancellation(plan.order.state)
    now = desk.clock.now()
    kept = PolicyDecision(
        subject="cancellation",
        outcome=decision.way,
        rule_id=decision.rule_id,
        order_no=plan.order.order_no,
        inputs={"now": now.isoformat(), "order_state": plan.order.state, "reason": plan.reason},
    )
    record_decision(
        tx, kept, conversation_id=plan.conversation_id, customer_no=plan.shopper.customer_no,
        actor=plan.actor, at=now,
    )  # fmt: skip


def _cancellation(tx: Connection, desk: Desk, plan: _Plan) -> Cancellation:
    now = desk.clock.now()
    return Cancellation(
        id=new_id("cx"),
        key=plan.key,
        conversation_id=plan.conversation_id,
        customer_no=plan.shopper.customer_no,
        order_no=plan.order.order_no,
        reason=plan.reason,
        way=decide_cancellation(plan.order.state).way,
        state=CancellationState.STOPPING,
        refund_fen=_refund_fen(tx, plan.order),
        actor_kind=plan.actor.kind,
        actor_id=plan.actor.id,
        created_at=now,
        updated_at=now,
    )


def _refund_fen(tx: Connection, order: Order) -> int:
    """What was paid less price claims; lines that go back by a return are not refunded twice."""
    if order.state is OrderState.UNPAID:
        return 0
    line_ids = [line.line_id for line in order.lines]
    claimed = sum(claim_rows.claimed_by_line(tx, line_ids).values())
    waiting = claim_rows.claims_on_lines(tx, line_ids, claim_rows.ClaimState.AUDIT)
    claimed -= sum(claim.claim_fen for claim in waiting)
    returned = sum(one.refund.total_fen for one in requests_on_orders(tx, [order.order_no]))
    return max(0, refund_of_cancellation(order, claimed_fen=claimed).total_fen - returned)


def _tell(tx: Connection, desk: Desk, plan: _Plan, cancellation: Cancellation) -> None:
    body = {
        "action": "cancellation",
        "order_no": cancellation.order_no,
        "way": cancellation.way,
        "refund_fen": cancellation.refund_fen,
    }
    event = NewEvent(EventType.ACTION_TAKEN, plan.actor, body, f"cancellation:{plan.key}")
    record(tx, plan.conversation_id, [event], desk.clock.now())


async def _carry_out(desk: Desk, cancellation: Cancellation) -> Cancellation:
    """Goes on from whatever was done before; every step may be repeated."""
    if cancellation.state is CancellationState.STOPPING:
        cancellation = await _stop(desk, cancellation)
    if cancellation.state is CancellationState.REFUNDING:
        cancellation = await _refund(desk, cancellation)
    return cancellation


async def _stop(desk: Desk, cancellation: Cancellation) -> Cancellation:
    receipt = await answer_of(desk, _asked_of_shop(desk, cancellation))
    state = {
        StopState.DONE: CancellationState.REFUNDING,
        StopState.ASKED: CancellationState.ASKED,
        StopState.TOO_LATE: CancellationState.TOO_LATE,
    }[receipt.state]
    if state is CancellationState.REFUNDING and cancellation.refund_fen == 0:
        state = CancellationState.DONE
    return await _moved(desk, cancellation, state)


async def _asked_of_shop(desk: Desk, cancellation: Cancellation) -> StopReceipt:
    customer_no, order_no = cancellation.customer_no, cancellation.order_no
    key = f"cancellation:{cancellation.id}"
    if cancellation.way is CancelWay.ASK_WAREHOUSE:
        return await desk.shop.ask_warehouse(customer_no, order_no, key=key)
    if cancellation.way is CancelWay.INTERCEPT:
        return await desk.shop.intercept(customer_no, order_no, key=key)
    return await desk.shop.cancel(customer_no, order_no, cancellation.reason, key=key)


async def _refund(desk: Desk, cancellation: Cancellation) -> Cancellation:
    refund = await answer_of(
        desk,
        desk.shop.refund(
            cancellation.customer_no,
            cancellation.order_no,
            cancellation.refund_fen,
            RefundKind.CANCELLATION,
            key=f"cancellation-refund:{cancellation.id}",
        ),
    )
    return await _moved(desk, cancellation, CancellationState.DONE, refund.refund_no)


async def _moved(
    desk: Desk, cancellation: Cancellation, new: CancellationState, refund_no: str | None = None
) -> Cancellation:
    now = desk.clock.now()
    await desk.database.write(
        lambda tx: rows.move(
            tx, cancellation.id, old=cancellation.state, new=new, at=now, refund_no=refund_no
        )
    )
    return replace(cancellation, state=new, refund_no=refund_no, updated_at=now)


async def finish_pending_cancellations(desk: Desk) -> int:
    """Carries out what a crash or a silent shop left half done; returns how many moved on.

    One that fails does not hold up the others; the first failure is raised after all were tried.
    """
    waiting = await desk.database.read(rows.unfinished)
    tries = (_carry_out(desk, cancellation) for cancellation in waiting)
    results = await asyncio.gather(*tries, return_exceptions=True)
    for result in results:
        if isinstance(result, BaseException):
            raise result
    return len(waiting)


def _nothing_to_stop(order: Order) -> CancelResult:
    decision = decide_cancellation(order.state)
    return CancelResult(
        order_no=order.order_no, way=decision.way, state=None, rule_id=decision.rule_id,
        reason=decision.reason,
    )  # fmt: skip


def _result(cancellation: Cancellation, order: Order) -> CancelResult:
    is_too_late = cancellation.state is CancellationState.TOO_LATE
    is_refunded = cancellation.state in (CancellationState.REFUNDING, CancellationState.DONE)
    untouched = [replace(payment, refunded_fen=0) for payment in order.payments]
    refund_fen = cancellation.refund_fen if is_refunded else 0
    return CancelResult(
        order_no=cancellation.order_no,
        way=cancellation.way,
        state=cancellation.state,
        rule_id=f"cancellation.{cancellation.way}",
        reason="cancel_too_late" if is_too_late else f"cancel_{cancellation.way}",
        refund_fen=refund_fen,
        source=arrival_source(refund_fen, untouched),
    )
