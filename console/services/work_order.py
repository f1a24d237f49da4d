"""Opening work orders, once per matter, with what the customer is promised about them."""

from __future__ import annotations

import secrets

from sqlalchemy import Connection

from console.desk.conversation import Conversation
from console.desk.errors import NotFound, SameIdOtherContent
from console.desk.event import BOT, SYSTEM, Actor, EventType, NewEvent
from console.desk.message import clean_text
from console.desk.promise import Promise, PromiseKind
from console.desk.work_order import (
    TEXT_LIMIT,
    WorkOrder,
    WorkOrderKind,
    WorkOrderRequest,
    WorkOrderState,
    joined,
    promise_words,
    same_goods,
)
from console.services.parts import Desk
from console.services.promise import add_promise
from console.services.shop_call import own_order
from console.storage import conversation as conversation_rows
from console.storage import work_order as rows
from console.storage.event import record
from console.storage.money_lock import lock_customer


async def open_work_order(
    desk: Desk,
    conversation_id: str,
    request: WorkOrderRequest,
    *,
    key: str,
    actor: Actor = BOT,
    in_other_words: bool = False,
) -> WorkOrder:
    """The work order that now stands; the promise in the ledger is made with it.

    The same key, or an open one about the same kind, order and line, gives the same work order;
    new words are added to it. Raises `NotFound` for an order that is not this customer's.
    """
    repeated = await desk.database.read(lambda tx: rows.work_order_of_key(tx, key))
    if repeated is not None:
        if (repeated.conversation_id, repeated.kind) != (conversation_id, request.kind):
            raise SameIdOtherContent("key", key=key)
        return repeated
    await check_ownership(desk, conversation_id, request)
    return await desk.database.write(
        lambda tx: open_in(
            tx, desk, conversation_id, request, key, actor, in_other_words=in_other_words
        )
    )


async def check_ownership(desk: Desk, conversation_id: str, request: WorkOrderRequest) -> None:
    """Raises `NotFound` for an order or a line that is not this customer's."""
    if request.order_no is None:
        return
    _, order = await own_order(desk, conversation_id, request.order_no)
    if request.line_id is not None and order.line(request.line_id) is None:
        raise NotFound("line")


def open_in(
    tx: Connection,
    desk: Desk,
    conversation_id: str,
    request: WorkOrderRequest,
    key: str,
    actor: Actor,
    *,
    in_other_words: bool = False,
) -> WorkOrder:
    """Inside a unit of work; who may ask for it was checked."""
    head = lock_matters(tx, conversation_id)
    about = rows.open_work_orders_on(
        tx, head.customer_id, request.kind, request.order_no, request.line_id
    )
    standing = next((one for one in about if same_goods(one, request)), None)
    if standing is not None:
        told = joined(standing, request)
        rows.save_work_order(tx, told)
        return told
    opened = _new(tx, desk, head, request, key, in_other_words=in_other_words)
    rows.insert_work_order(tx, opened)
    _tell(tx, opened, actor)
    return opened


def lock_matters(tx: Connection, conversation_id: str) -> Conversation:
    """One at a time opens or joins a work order of the customer, in whichever conversation."""
    lock_customer(tx, conversation_rows.conversation(tx, conversation_id).customer_id)
    return conversation_rows.locked_head(tx, conversation_id)


def _new(
    tx: Connection,
    desk: Desk,
    head: Conversation,
    request: WorkOrderRequest,
    key: str,
    *,
    in_other_words: bool,
) -> WorkOrder:
    now = desk.clock.now()
    promise = _promise(tx, desk, head, request, key, in_other_words=in_other_words)
    return WorkOrder(
        work_order_no=new_work_order_no(),
        key=key,
        kind=request.kind,
        state=WorkOrderState.OPEN,
        conversation_id=head.id,
        case_id=head.case_id,
        customer_id=head.customer_id,
        order_no=request.order_no,
        line_id=request.line_id,
        text=clean_text(request.text[:TEXT_LIMIT], TEXT_LIMIT),
        details=dict(request.details),
        severity=request.severity,
        opened_at=now,
        due_at=promise.due_at if promise else None,
        promise_id=promise.id if promise else None,
    )


def _promise(
    tx: Connection,
    desk: Desk,
    head: Conversation,
    request: WorkOrderRequest,
    key: str,
    *,
    in_other_words: bool,
) -> Promise | None:
    if request.answer_within is None:
        return None
    kind = PromiseKind.CALLBACK if request.kind is WorkOrderKind.CALLBACK else PromiseKind.ANSWER
    return add_promise(
        tx,
        head,
        text=promise_words(request.kind, head.lang),
        due_at=desk.clock.now() + request.answer_within,
        kind=kind,
        actor=SYSTEM,
        now=desk.clock.now(),
        key=f"work_order:{key}",
        in_other_words=in_other_words,
    )


def new_work_order_no() -> str:
    """`TK` and ten digits: short enough to read out, not to be guessed in sequence."""
    return f"TK{secrets.randbelow(9 * 10**9) + 10**9}"


def _tell(tx: Connection, order: WorkOrder, actor: Actor) -> None:
    body = {
        "action": "work_order",
        "work_order_no": order.work_order_no,
        "kind": order.kind,
        "order_no": order.order_no,
    }
    event = NewEvent(EventType.ACTION_TAKEN, actor, body, f"work_order:{order.key}")
    record(tx, order.conversation_id, [event], order.opened_at)


async def work_orders_of(desk: Desk, conversation_id: str) -> list[WorkOrder]:
    """Everything of the customer who writes here, newest first."""

    def query(tx: Connection) -> list[WorkOrder]:
        head = conversation_rows.conversation(tx, conversation_id)
        return rows.work_orders_of_customer(tx, head.customer_id)

    return await desk.database.read(query)
