"""Moving a request on: by the warehouse or by a person who may, with word to the customer."""

from __future__ import annotations

from dataclasses import replace

from sqlalchemy import Connection

from console.desk.after_sale import AfterSaleRequest, AfterSaleState
from console.desk.after_sale_change import Change
from console.desk.after_sale_step import Step, states_after
from console.desk.after_sale_text import step_text
from console.desk.errors import BadRequest, Conflict, NotFound, SameIdOtherContent
from console.desk.event import SYSTEM, Actor
from console.desk.refund import Refund, RefundLine
from console.services.after_sale_news import tell_customer
from console.services.errand import run_errands
from console.services.parts import Desk
from console.services.work_order_end import end_answered
from console.storage import after_sale as rows
from console.storage import after_sale_change as change_rows
from console.storage.after_sale_change import ChangeRow
from console.storage.money_lock import lock_money_of


async def take_step(
    desk: Desk,
    rma_no: str,
    step: Step,
    *,
    key: str,
    actor: Actor = SYSTEM,
    note: str = "",
    refund_fen: int | None = None,
) -> AfterSaleRequest:
    """Once per key; what the shop has to do follows. `refund_fen`: with PAY_PART.

    Raises `NotFound`, `Conflict` when the step does not fit the state, `BadRequest` for an amount
    above the refund that was promised.
    """

    def work(tx: Connection) -> AfterSaleRequest:
        return _take(tx, desk, rma_no, step, key, actor, note, refund_fen)

    moved = await desk.database.write(work)
    await run_errands(desk, moved)
    now = await desk.database.read(lambda tx: rows.find_request(tx, rma_no))
    return now or moved


def _take(
    tx: Connection,
    desk: Desk,
    rma_no: str,
    step: Step,
    key: str,
    actor: Actor,
    note: str,
    refund_fen: int | None,
) -> AfterSaleRequest:
    request = _found(tx, rma_no)
    lock_money_of(tx, request.customer_no)
    request = _found(tx, rma_no)
    if (known := change_rows.change_of_key(tx, key)) is not None:
        if (known.rma_no, known.details.get("step")) != (rma_no, step):
            raise SameIdOtherContent("key", key=key)
        return request
    states = states_after(request, step)
    if not states:
        raise Conflict("the request has moved on", state=request.state)
    now = desk.clock.now()
    if step is Step.PAY_PART:
        change_rows.set_refund_lines(tx, rma_no, _part(request, refund_fen), now)
    for state in states:
        _move(tx, desk, request, state, actor)
        request = replace(request, state=state)
    change_rows.insert_change(
        tx,
        ChangeRow(
            key=key, rma_no=rma_no, change=Change.STEP,
            details={"step": step, "note": note, "refund_fen": refund_fen},
            conversation_id="", actor_kind=actor.kind, actor_id=actor.id, at=now,
        ),
    )  # fmt: skip
    moved = _found(tx, rma_no)
    _tell(tx, desk, moved, step, note, key, actor)
    return moved


_ANSWERS_NOTHING = frozenset({Step.ASK_INFO, Step.PICKED_UP})


def _tell(
    tx: Connection,
    desk: Desk,
    moved: AfterSaleRequest,
    step: Step,
    note: str,
    key: str,
    actor: Actor,
) -> None:
    """A decision is also the answer that a work order about the request was opened for."""

    def words(lang: str) -> str:
        return step_text(step, moved, note, lang)

    tell_customer(tx, desk, moved, words, key=f"step:{key}")
    if step not in _ANSWERS_NOTHING:
        filed_in = rows.conversation_of(tx, moved.rma_no)
        end_answered(
            tx, desk, filed_in, lambda order: order.details.get("rma_no") == moved.rma_no,
            actor=actor, words=words,
        )  # fmt: skip


def _found(tx: Connection, rma_no: str) -> AfterSaleRequest:
    request = rows.find_request(tx, rma_no)
    if request is None:
        raise NotFound("after-sale request")
    return request


def _part(request: AfterSaleRequest, refund_fen: int | None) -> Refund:
    """What was promised, less what the inspection takes off."""
    promised = request.refund.total_fen
    if refund_fen is None or not 0 < refund_fen <= promised:
        raise BadRequest("refund_fen must be above 0 and at most the refund", field="refund_fen")
    lines = [*request.refund.lines, RefundLine("inspection", refund_fen - promised)]
    return replace(request.refund, lines=tuple(one for one in lines if one.amount_fen))


def _move(
    tx: Connection, desk: Desk, request: AfterSaleRequest, new: AfterSaleState, actor: Actor
) -> None:
    now = desk.clock.now()
    if not rows.move(tx, request.rma_no, old=request.state, new=new, at=now):
        raise Conflict("the request has moved on")
    rows.insert_step(tx, request.rma_no, new, now, actor_kind=actor.kind, actor_id=actor.id)
