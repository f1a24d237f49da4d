"""Filing a complaint: a work order, and in the ledger who answers, plans and closes until when."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime, timedelta

from sqlalchemy import Connection

from console.desk.complaint import (
    FIRST_ANSWER,
    PLAN,
    ComplaintDeadlines,
    complaint_deadlines,
    complaint_severity,
)
from console.desk.promise import PromiseKind
from console.desk.work_order import WorkOrder, WorkOrderKind, WorkOrderRequest
from console.services.complaint_promise import promise_key
from console.services.parts import Desk
from console.services.promise import make_promise
from console.services.work_order import open_work_order
from console.storage import conversation as conversation_rows
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

    The caller tells the customer the number and the times, in one message. `order_no`: the
    customer's own. Raises `NotFound` otherwise.
    """

    def look(tx: Connection) -> tuple[int, ComplaintDeadlines, str, WorkOrder | None]:
        head, now = conversation_rows.conversation(tx, conversation_id), desk.clock.now()
        is_broken = has_overdue(tx, head.case_id, now)
        severity = complaint_severity(text, has_broken_promise=is_broken)
        deadlines = complaint_deadlines(severity, policy_book(tx), now)
        standing = rows.open_work_order_on(
            tx, head.customer_id, WorkOrderKind.COMPLAINT, order_no, None
        )
        return severity, deadlines, head.lang, standing

    severity, deadlines, lang, standing = await desk.database.read(look)
    request = WorkOrderRequest(
        kind=WorkOrderKind.COMPLAINT,
        text=text,
        order_no=order_no,
        details={"wish": wish} if wish else {},
        severity=severity,
        answer_within=deadlines.close,
    )
    is_new = standing is None or standing.key == key
    if is_new:
        steps = (
            (PromiseKind.FIRST_ANSWER, FIRST_ANSWER.of(lang), deadlines.first_answer),
            (PromiseKind.OTHER, PLAN.of(lang), deadlines.plan),
        )
        for kind, words, within in steps:
            await _promise(desk, conversation_id, kind, words, within, key)
    opened = await open_work_order(desk, conversation_id, request, key=key, in_other_words=True)
    if not is_new:
        return FiledComplaint(opened)
    at = opened.opened_at
    return FiledComplaint(opened, at + deadlines.first_answer, at + deadlines.plan)


async def _promise(
    desk: Desk, conversation_id: str, kind: PromiseKind, text: str, within: timedelta, key: str
) -> None:
    await make_promise(
        desk,
        None,
        conversation_id,
        text=text,
        due_at=desk.clock.now() + within,
        kind=kind,
        key=promise_key(kind, key),
        in_other_words=True,
    )
