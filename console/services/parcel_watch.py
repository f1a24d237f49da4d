"""Parcels that stand still are asked about before the customer has to: once each, with a promise.

Looked at are the orders of customers who wrote lately. Rule: docs/sources.md#tracking.
"""

from __future__ import annotations

from datetime import UTC, datetime, timedelta
from typing import override

import structlog
from sqlalchemy import Connection

from console.desk.card import order_title, parcel_trace_card
from console.desk.customer import Customer
from console.desk.errors import ShopDown
from console.desk.event import SYSTEM
from console.desk.order import SHIPPED, Order
from console.desk.policy import PolicyBook
from console.desk.tracking import Tracking, judge_parcel
from console.desk.wording import parcel_checked_text
from console.desk.work_order import WorkOrder
from console.services.background import Regular
from console.services.consent import may_write_unasked
from console.services.notice import notice_conversation, post_notice
from console.services.parts import Desk
from console.services.shop_call import answer_of
from console.services.tracking import ASKED_ABOUT, carrier_request, tracking_decision
from console.services.work_order import open_in
from console.storage import work_order as rows
from console.storage.conversation import shoppers_heard_since
from console.storage.money_lock import lock_customer
from console.storage.policy import policy_book, record_decision

log = structlog.get_logger()
LATELY = timedelta(days=30)  # who has not written for longer is not looked at
_ANY_TIME = datetime.fromtimestamp(0, UTC)  # nobody asked for it: any no to messages counts


class ParcelWatch(Regular):
    """Rare looks: parcels stand still for days, and each customer costs a call of the shop."""

    every_s = 900.0

    def __init__(self, desk: Desk) -> None:
        super().__init__()
        self._desk = desk

    @override
    async def look(self) -> None:
        try:
            await check_stalled_parcels(self._desk)
        except ShopDown:
            log.warning("the shop does not answer; parcels are looked at later")


async def check_stalled_parcels(desk: Desk) -> int:
    """Opens what the rules ask for and tells the customer once; returns how many were opened."""
    since = desk.clock.now() - LATELY
    customers, policies = await desk.database.read(
        lambda tx: (shoppers_heard_since(tx, since), policy_book(tx))
    )
    opened = 0
    for customer in customers:
        orders = await answer_of(desk, desk.shop.orders_of(str(customer.shop_customer_no)))
        for order in orders:
            if order.state in SHIPPED:
                opened += await _check(desk, customer, order, policies)
    return opened


async def _check(desk: Desk, customer: Customer, order: Order, policies: PolicyBook) -> int:
    """Only what stands still costs the writer anything: most parcels move."""
    now = desk.clock.now()
    judged = [judge_parcel(one, order.receiver_address, policies, now) for one in order.parcels]
    standing = [one for one in judged if one.movement in ASKED_ABOUT]
    if not standing:
        return 0
    return await desk.database.write(
        lambda tx: sum(_ask_carrier(tx, desk, customer, order, one) for one in standing)
    )


def _ask_carrier(
    tx: Connection, desk: Desk, customer: Customer, order: Order, tracking: Tracking
) -> bool:
    """False when it was asked about before: by us or for the customer."""
    lock_customer(tx, customer.id)
    kind = ASKED_ABOUT[tracking.movement]
    key = _key(tracking)
    line_id = tracking.parcel.line_ids[0]
    if rows.work_order_of_key(tx, key) is not None:
        return False
    if rows.open_work_order_on(tx, customer.id, kind, order.order_no, line_id) is not None:
        return False
    now = desk.clock.now()
    head = notice_conversation(tx, desk, customer)
    decision = tracking_decision(order, tracking, now)
    record_decision(
        tx, decision, conversation_id=head.id, customer_no=str(customer.shop_customer_no),
        actor=SYSTEM, at=now,
    )  # fmt: skip
    within = timedelta(hours=policy_book(tx).number("tracking.answer_hours", now))
    request = carrier_request(kind, order, tracking, "", within)
    opened = open_in(tx, desk, head.id, request, key, SYSTEM, in_other_words=True)
    if may_write_unasked(tx, customer.id, _ANY_TIME):
        _tell(tx, desk, customer, order, tracking, opened)
    return True


def _key(tracking: Tracking) -> str:
    """One for each time that the parcel stops: a later scan that is the last again is another."""
    at = tracking.last_scan_at.isoformat() if tracking.last_scan_at else ""
    return f"parcel_watch:{tracking.parcel.waybill_no}:{tracking.movement}:{at}"


def _tell(
    tx: Connection,
    desk: Desk,
    customer: Customer,
    order: Order,
    tracking: Tracking,
    opened: WorkOrder,
) -> None:
    def body(lang: str) -> dict[str, object]:
        text = parcel_checked_text(
            lang, order_title(order, lang), tracking.last_scan_at, opened.work_order_no,
            opened.due_at,
        )  # fmt: skip
        return {"kind": "card", "text": text, "card": parcel_trace_card(order, lang)}

    post_notice(tx, desk, customer, body, f"notice:{opened.key}")
