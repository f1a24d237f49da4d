"""Filing a complaint: a work order, and in the ledger who answers, plans and closes until when."""

from __future__ import annotations

from dataclasses import dataclass, replace
from datetime import datetime

from sqlalchemy import Connection

from console.desk.complaint import (
    FIRST_ANSWER,
    PLAN,
    ComplaintDeadlines,
    complaint_deadlines,
    complaint_severity,
)
from console.desk.conversation import Conversation
from console.desk.errors import SameIdOtherContent
from console.desk.event import BOT, SYSTEM
from console.desk.promise import PromiseKind
from console.desk.work_order import WorkOrder, WorkOrderKind, WorkOrderRequest
from console.services.complaint_promise import promise_key
from console.services.parts import Desk
from console.services.promise import add_promise
from console.services.work_order import check_ownership, lock_matters, open_in
from console.storage import work_order as rows
from console.storage.policy import policy_book
from console.storage.promise import has_overdue


@dataclass(frozen=True, slots=True)
class FiledComplaint:
    """`answered_by`, `planned_by`: of a new one; words added to one that is open keep its times."""

    work_order: WorkOrder
    answered_by: datetime | None = None
    planned_by: datetime | None = None


async def file_complaint(
    desk: Desk,
    conversation_id: str,
    text: str,
    *,
    wish: str | None,
    order_no: str | None,
    key: str,
) -> FiledComplaint:
    """A complaint about the same thing that is still open gets the new words, not a second number.

    Of several at once one is the first, and makes the promises. The caller tells the customer the
    number and the times, in one message. `order_no`: the customer's own. Raises `NotFound`
    otherwise, `SameIdOtherContent` for a key that opened something else.
    """
    request = WorkOrderRequest(
        kind=WorkOrderKind.COMPLAINT,
        text=text,
        order_no=order_no,
        details={"wish": wish} if wish else {},
    )
    await check_ownership(desk, conversation_id, request)
    return await desk.database.write(lambda tx: _file(tx, desk, conversation_id, request, key))


def _file(
    tx: Connection, desk: Desk, conversation_id: str, request: WorkOrderRequest, key: str
) -> FiledComplaint:
    head, now = lock_matters(tx, conversation_id), desk.clock.now()
    if (known := rows.work_order_of_key(tx, key)) is not None:
        return _again(tx, known, conversation_id)
    is_broken = has_overdue(tx, head.case_id, now)
    severity = complaint_severity(request.text, has_broken_promise=is_broken)
    deadlines = complaint_deadlines(severity, policy_book(tx), now)
    graded = replace(request, severity=severity, answer_within=deadlines.close)
    if not rows.open_work_orders_on(tx, head.customer_id, request.kind, request.order_no, None):
        _promise_steps(tx, head, deadlines, key, now)
    opened = open_in(tx, desk, conversation_id, graded, key, BOT, in_other_words=True)
    return FiledComplaint(opened) if opened.key != key else _first(opened, deadlines)


def _again(tx: Connection, known: WorkOrder, conversation_id: str) -> FiledComplaint:
    mine = (conversation_id, WorkOrderKind.COMPLAINT)
    if (known.conversation_id, known.kind) != mine:
        raise SameIdOtherContent("key", key=known.key)
    return _first(known, complaint_deadlines(known.severity or 1, policy_book(tx), known.opened_at))


def _first(opened: WorkOrder, deadlines: ComplaintDeadlines) -> FiledComplaint:
    at = opened.opened_at
    return FiledComplaint(opened, at + deadlines.first_answer, at + deadlines.plan)


def _promise_steps(
    tx: Connection, head: Conversation, deadlines: ComplaintDeadlines, key: str, now: datetime
) -> None:
    """A first answer and a plan; that it is closed in time is promised with the work order."""
    steps = (
        (PromiseKind.FIRST_ANSWER, FIRST_ANSWER, deadlines.first_answer),
        (PromiseKind.OTHER, PLAN, deadlines.plan),
    )
    for kind, words, within in steps:
        add_promise(
            tx, head, text=words.of(head.lang), due_at=now + within, kind=kind, actor=SYSTEM,
            now=now, key=promise_key(kind, key), in_other_words=True,
        )  # fmt: skip
