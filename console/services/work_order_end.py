"""Ending work orders: by a person with a note, or as what they asked for is decided or gone."""

from __future__ import annotations

from collections.abc import Callable

from sqlalchemy import Connection

from console.desk.errors import Conflict, NotFound
from console.desk.event import Actor, EventType
from console.desk.promise import Promise, keep
from console.desk.work_order import WorkOrder, WorkOrderState, ended, ended_text
from console.services.after_sale_news import tell_customer_of
from console.services.complaint_promise import settle_beside
from console.services.keyed_action import action, is_taken, record_action
from console.services.parts import Desk
from console.services.promise import save, void_promise
from console.storage import conversation as conversation_rows
from console.storage import promise as promise_rows
from console.storage import work_order as rows


async def end_work_order(
    desk: Desk,
    conversation_id: str,
    work_order_no: str,
    state: WorkOrderState,
    *,
    key: str,
    actor: Actor,
    note: str,
) -> WorkOrder:
    """Done or cancelled, once per key; the customer reads `note`, the promise is kept or void.

    Raises `NotFound` for one of another customer, `Conflict` when it was ended meanwhile.
    """

    def work(tx: Connection) -> WorkOrder:
        held, promise = _hold(tx, conversation_id, work_order_no)
        body = {
            "action": "work_order_ended", "work_order_no": work_order_no, "state": state,
            "note": note,
        }  # fmt: skip
        taken = action(actor, body, key)
        if is_taken(tx, conversation_id, taken):
            return held
        if not held.is_open:
            raise Conflict("work order", state=held.state)
        record_action(tx, conversation_id, taken, desk.clock.now())
        return _end(tx, desk, held, promise, state, actor, note)

    return await desk.database.write(work)


def _hold(
    tx: Connection, conversation_id: str, work_order_no: str
) -> tuple[WorkOrder, Promise | None]:
    """Locked: the promise first, as whoever keeps it does."""
    head = conversation_rows.conversation(tx, conversation_id)
    own = rows.work_order_of_customer(tx, head.customer_id, work_order_no)
    if own is None:
        raise NotFound("work order")
    promise = promise_rows.promise_by_id(tx, own.promise_id) if own.promise_id else None
    return rows.locked_work_order(tx, work_order_no), promise


def _end(
    tx: Connection,
    desk: Desk,
    held: WorkOrder,
    promise: Promise | None,
    state: WorkOrderState,
    actor: Actor,
    note: str,
) -> WorkOrder:
    now = desk.clock.now()
    over = ended(held, state, note, now)
    rows.save_work_order(tx, over)
    settle_beside(tx, over)
    tell_customer_of(
        tx, desk, over.conversation_id, lambda lang: ended_text(over, lang),
        key=f"work_order_ended:{over.work_order_no}",
    )  # fmt: skip
    if promise is not None and promise.is_open:
        if state is WorkOrderState.DONE:
            save(tx, keep(promise, note), EventType.PROMISE_KEPT, actor, now)
        else:
            void_promise(tx, promise, note, actor, now)
    return over


def end_answered(
    tx: Connection,
    desk: Desk,
    conversation_id: str,
    is_answered: Callable[[WorkOrder], bool],
    *,
    actor: Actor,
    words: Callable[[str], str],
    is_gone: bool = False,
) -> None:
    """Inside a unit of work: what the decision answers is done, and its promise kept.

    `words`: the news of the decision, which the customer has had; it stays as the result.
    `is_gone`: nothing was decided, the matter is over; cancelled then, and the promise void.
    """
    end = WorkOrderState.CANCELLED if is_gone else WorkOrderState.DONE
    now, head = desk.clock.now(), conversation_rows.conversation(tx, conversation_id)
    result = words(head.lang)[:500]
    for order in filter(is_answered, rows.all_open_of_customer(tx, head.customer_id)):
        promise = promise_rows.promise_by_id(tx, order.promise_id) if order.promise_id else None
        rows.save_work_order(tx, ended(order, end, result, now))
        if promise is None or not promise.is_open:
            continue
        if is_gone:
            void_promise(tx, promise, result, actor, now)
        else:
            save(tx, keep(promise, result), EventType.PROMISE_KEPT, actor, now)
