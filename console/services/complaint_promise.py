"""What a complaint owes before its end, a first answer and a plan: over when the complaint is."""

from __future__ import annotations

from sqlalchemy import Connection

from console.desk.event import SYSTEM, EventType, NewEvent
from console.desk.promise import PromiseKind, keep, let_go
from console.desk.work_order import WorkOrder, WorkOrderKind, WorkOrderState
from console.storage import promise as rows
from console.storage.event import stored_event

_BEFORE_THE_END = (PromiseKind.FIRST_ANSWER, PromiseKind.OTHER)


def promise_key(kind: PromiseKind, key: str) -> str:
    """`key`: of the complaint's work order."""
    return f"complaint:{kind}:{key}"


def settle_beside(tx: Connection, over: WorkOrder) -> None:
    """Inside a unit of work. Says nothing: the customer hears how the complaint ended.

    Without it the clock would apologise for a plan that nobody waits for any more.
    """
    if over.kind is not WorkOrderKind.COMPLAINT:
        return
    for kind in _BEFORE_THE_END:
        made = NewEvent(EventType.PROMISE_MADE, SYSTEM, {}, promise_key(kind, over.key))
        known = stored_event(tx, over.conversation_id, made)
        promise = rows.promise_by_id(tx, known.body["promise_id"]) if known else None
        if promise is None or not promise.is_open:
            continue
        is_done, at = over.state is WorkOrderState.DONE, over.closed_at or promise.due_at
        result = str(over.details.get("result") or "")[:500]
        rows.save_promise(tx, keep(promise, result) if is_done else let_go(promise, result, at))
