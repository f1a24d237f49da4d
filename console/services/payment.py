"""Payments that somebody complains of: what the data say, and a check where they do not fit."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import timedelta

from sqlalchemy import Connection

from console.desk.charge import (
    NEEDS_CHECK,
    PaymentCheck,
    PaymentFinding,
    check_payment,
    same_goods_twice,
)
from console.desk.event import BOT
from console.desk.order import Order
from console.desk.policy import PolicyBook, PolicyDecision
from console.desk.work_order import WorkOrder, WorkOrderKind, WorkOrderRequest
from console.services.order import orders_of
from console.services.parts import Desk
from console.services.shop_call import Shopper, answer_of, find_shopper, own_order
from console.services.work_order import open_work_order
from console.storage.policy import policy_book, record_decision

_LOOKED_AT = 20  # orders, newest first


@dataclass(frozen=True, slots=True)
class PaymentNews:
    """`work_order`: the check, where money is in the wrong place."""

    order: Order
    check: PaymentCheck
    work_order: WorkOrder | None = None


async def payment_news(
    desk: Desk, conversation_id: str, order_no: str, words: str, *, key: str
) -> PaymentNews:
    """Raises `NotFound`. A check is opened once, however often it is asked for."""
    shopper, order = await own_order(desk, conversation_id, order_no)
    charges = await answer_of(desk, desk.shop.charges_of(shopper.customer_no, order_no))
    check = check_payment(order, charges)
    within = await desk.database.write(
        lambda tx: _keep(tx, desk, conversation_id, shopper, order, check)
    )
    if check.finding not in NEEDS_CHECK:
        return PaymentNews(order, check)
    request = WorkOrderRequest(
        kind=WorkOrderKind.PAYMENT_CHECK,
        text=words or str(check.finding),
        order_no=order_no,
        details={
            "finding": check.finding,
            "amount_fen": check.amount_fen,
            "charges": [one.charge_no for one in charges],
        },
        answer_within=within,
    )
    return PaymentNews(order, check, await open_work_order(desk, conversation_id, request, key=key))


async def charged_twice(desk: Desk, conversation_id: str) -> Order | None:
    """The newest order that the bank took too much for; the customer need not name it."""
    shopper = await find_shopper(desk, conversation_id)
    if shopper is None:
        return None
    for order in (await orders_of(desk, conversation_id))[:_LOOKED_AT]:
        charges = await answer_of(desk, desk.shop.charges_of(shopper.customer_no, order.order_no))
        if check_payment(order, charges).finding is PaymentFinding.TWICE:
            return order
    return None


async def ask_person_about_charge(
    desk: Desk, conversation_id: str, words: str, *, key: str
) -> WorkOrder:
    """Of no order that could be named: the statement of the bank decides."""
    policies = await desk.database.read(policy_book)
    request = WorkOrderRequest(
        kind=WorkOrderKind.PAYMENT_CHECK, text=words, answer_within=_answer(policies, desk)
    )
    return await open_work_order(desk, conversation_id, request, key=key)


async def double_order(desk: Desk, conversation_id: str) -> tuple[Order, Order] | None:
    """(earlier, later) of two running orders that were one by mistake."""
    policies = await desk.database.read(policy_book)
    minutes = policies.number("payment.duplicate_minutes", desk.clock.now())
    return same_goods_twice(await orders_of(desk, conversation_id), minutes)


def _answer(policies: PolicyBook, desk: Desk) -> timedelta:
    return timedelta(hours=policies.number("payment.answer_hours", desk.clock.now()))


def _keep(
    tx: Connection,
    desk: Desk,
    conversation_id: str,
    shopper: Shopper,
    order: Order,
    check: PaymentCheck,
) -> timedelta:
    now, policies = desk.clock.now(), policy_book(tx)
    decision = PolicyDecision(
        subject="payment",
        outcome=check.finding,
        rule_id="payment.answer_hours",
        order_no=order.order_no,
        inputs={"now": now.isoformat(), "state": order.state, "amount_fen": check.amount_fen},
    )
    record_decision(
        tx, decision, conversation_id=conversation_id, customer_no=shopper.customer_no,
        actor=BOT, at=now,
    )  # fmt: skip
    return _answer(policies, desk)
