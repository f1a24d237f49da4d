"""Moving a request on: by the warehouse or by a person who may, with word to the customer."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass, replace

from sqlalchemy import Connection

from console.desk.after_sale import AfterSaleRequest, AfterSaleState
from console.desk.after_sale_change import Change
from console.desk.after_sale_step import Step, pays, states_after
from console.desk.after_sale_text import step_text
from console.desk.errors import BadRequest, Conflict, NotFound, SameIdOtherContent
from console.desk.event import SYSTEM, Actor, Body, NewEvent
from console.desk.order import Order
from console.desk.refund import Refund, RefundLine, RefundTooHigh
from console.services.after_sale_giving import SUBJECT, giving_of
from console.services.after_sale_news import tell_customer
from console.services.errand import run_errands
from console.services.keyed_action import action, is_taken, record_action
from console.services.left_to_refund import check_left, order_behind
from console.services.parts import Desk
from console.services.policy_span import spans_of
from console.services.second_yes import FIRST_YES, keep_yes, needs_second
from console.services.work_order_end import end_answered
from console.storage import after_sale as rows
from console.storage import after_sale_change as change_rows
from console.storage.after_sale_change import ChangeRow
from console.storage.conversation import customer_of
from console.storage.money_lock import lock_money_of
from console.storage.policy import policy_book


@dataclass(frozen=True, slots=True, kw_only=True)
class _Wish:
    """`conversation_id`: where an agent takes the step; empty for the warehouse."""

    step: Step
    key: str
    actor: Actor
    note: str
    refund_fen: int | None
    conversation_id: str


async def take_step(
    desk: Desk,
    rma_no: str,
    step: Step,
    *,
    key: str,
    actor: Actor = SYSTEM,
    note: str = "",
    refund_fen: int | None = None,
    conversation_id: str = "",
) -> AfterSaleRequest:
    """Once per key; what the shop has to do follows. `refund_fen`: with PAY_PART.

    `conversation_id`: where an agent takes it, and colleagues read of it. Above the limit of one
    person money waits for a second yes, and the request stays as it is. Raises `NotFound`,
    `Conflict` when the step does not fit the state or the same person says yes twice,
    `RefundTooHigh` above what was promised or what the line has left to refund.
    """
    wish = _Wish(
        step=step, key=key, actor=actor, note=note, refund_fen=refund_fen,
        conversation_id=conversation_id,
    )  # fmt: skip
    request = await desk.database.read(lambda tx: _found(tx, rma_no))
    order = None
    if pays(request, step):
        order = await order_behind(desk, request.customer_no, request.request.order_no)
    moved = await desk.database.write(lambda tx: _take(tx, desk, rma_no, wish, order))
    await run_errands(desk, moved)
    now = await desk.database.read(lambda tx: rows.find_request(tx, rma_no))
    return now or moved


def _take(
    tx: Connection, desk: Desk, rma_no: str, wish: _Wish, order: Order | None
) -> AfterSaleRequest:
    lock_money_of(tx, _found(tx, rma_no).customer_no)
    request = _found(tx, rma_no)
    if _was_taken(tx, request, wish):
        return request
    states = states_after(request, wish.step)
    if not states:
        raise Conflict("the request has moved on", state=request.state)
    refund = _money(tx, request, wish, order)
    giving = giving_of(request, step=wish.step, refund_fen=refund.total_fen)
    is_first = order is not None and needs_second(tx, desk, giving, wish.actor)
    _note(tx, desk, request, wish, refund.total_fen if order else None, second_needed=is_first)
    if is_first:
        keep_yes(
            tx, desk, giving, FIRST_YES,
            conversation_id=wish.conversation_id, customer_no=request.customer_no, actor=wish.actor,
        )  # fmt: skip
        return request
    return _carry_out(tx, desk, replace(request, refund=refund), states, wish)


def _was_taken(tx: Connection, request: AfterSaleRequest, wish: _Wish) -> bool:
    if (known := change_rows.change_of_key(tx, wish.key)) is not None:
        if (known.rma_no, known.details.get("step")) != (request.rma_no, wish.step):
            raise SameIdOtherContent("key", key=wish.key)
        return True
    where = wish.conversation_id
    return bool(where) and is_taken(tx, where, _action(request, wish))


def _action(request: AfterSaleRequest, wish: _Wish) -> NewEvent:
    body: Body = {
        "action": SUBJECT, "rma_no": request.rma_no, "order_no": request.request.order_no,
        "step": wish.step, "refund_fen": wish.refund_fen, "note": wish.note,
    }  # fmt: skip
    return action(wish.actor, body, wish.key)


def _note(
    tx: Connection,
    desk: Desk,
    request: AfterSaleRequest,
    wish: _Wish,
    paid_fen: int | None,
    *,
    second_needed: bool,
) -> None:
    """`paid_fen`: the money that the step gives, if it gives any."""
    if wish.conversation_id:
        record_action(
            tx, wish.conversation_id, _action(request, wish), desk.clock.now(),
            kind=request.kind, paid_fen=paid_fen, second_needed=second_needed,
        )  # fmt: skip


def _money(tx: Connection, request: AfterSaleRequest, wish: _Wish, order: Order | None) -> Refund:
    """What the step pays: all that was promised, or the part that was agreed on.

    `order`: of a step that pays; it is asked for before the unit of work.
    """
    if order is None:
        if pays(request, wish.step):
            raise Conflict("the request has moved on", state=request.state)
        return request.refund
    refund = request.refund
    if wish.step is Step.PAY_PART:
        refund = _part(request, wish.refund_fen)
    check_left(tx, order, request.request.line_id, refund.total_fen, request)
    return refund


def _carry_out(
    tx: Connection,
    desk: Desk,
    request: AfterSaleRequest,
    states: Iterable[AfterSaleState],
    wish: _Wish,
) -> AfterSaleRequest:
    now = desk.clock.now()
    if wish.step is Step.PAY_PART:
        change_rows.set_refund_lines(tx, request.rma_no, request.refund, now)
    for state in states:
        _move(tx, desk, request, state, wish.actor)
        request = replace(request, state=state)
    details = {"step": wish.step, "note": wish.note, "refund_fen": wish.refund_fen}
    change_rows.insert_change(
        tx,
        ChangeRow(
            key=wish.key, rma_no=request.rma_no, change=Change.STEP, details=details,
            conversation_id=wish.conversation_id, actor_kind=wish.actor.kind,
            actor_id=wish.actor.id, at=now,
        ),
    )  # fmt: skip
    moved = _found(tx, request.rma_no)
    _tell(tx, desk, moved, wish)
    return moved


_ANSWERS_NOTHING = frozenset({Step.ASK_INFO, Step.PICKED_UP})


def _tell(tx: Connection, desk: Desk, moved: AfterSaleRequest, wish: _Wish) -> None:
    """A decision is also the answer that a work order about the request was opened for."""

    filed_in = rows.conversation_of(tx, moved.rma_no)
    spans = spans_of(policy_book(tx), customer_of(tx, filed_in).band, desk.clock.now())

    def words(lang: str) -> str:
        return step_text(wish.step, moved, wish.note, spans, lang)

    tell_customer(tx, desk, moved, words, key=f"step:{wish.key}")
    if wish.step not in _ANSWERS_NOTHING:
        end_answered(
            tx, desk, filed_in, lambda order: order.details.get("rma_no") == moved.rma_no,
            actor=wish.actor, words=words,
        )  # fmt: skip


def _found(tx: Connection, rma_no: str) -> AfterSaleRequest:
    request = rows.find_request(tx, rma_no)
    if request is None:
        raise NotFound("after-sale request")
    return request


def _part(request: AfterSaleRequest, refund_fen: int | None) -> Refund:
    """What was promised, less what the inspection takes off."""
    promised = request.refund.total_fen
    if refund_fen is None or refund_fen <= 0:
        raise BadRequest("refund_fen must be above 0", field="refund_fen")
    if refund_fen > promised:
        raise RefundTooHigh(limit_fen=promised)
    lines = [*request.refund.lines, RefundLine("inspection", refund_fen - promised)]
    return replace(request.refund, lines=tuple(one for one in lines if one.amount_fen))


def _move(
    tx: Connection, desk: Desk, request: AfterSaleRequest, new: AfterSaleState, actor: Actor
) -> None:
    now = desk.clock.now()
    if not rows.move(tx, request.rma_no, old=request.state, new=new, at=now):
        raise Conflict("the request has moved on")
    rows.insert_step(tx, request.rma_no, new, now, actor_kind=actor.kind, actor_id=actor.id)
