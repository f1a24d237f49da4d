"""How every change to a filed after-sale request goes: owned, once per key, allowed, told.

What is changed is in `after_sale_wish.py` (the customer's), `pickup_change.py` (couriers) and
`after_sale_step.py` (warehouse and agents).
"""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass, field, replace
from datetime import datetime
from typing import Any

from sqlalchemy import Connection

from console.desk.after_sale import AfterSaleRequest, AfterSaleState
from console.desk.after_sale_change import Change, ChangeDecision, decide_change
from console.desk.errors import Conflict, DeskError, SameIdOtherContent
from console.desk.event import BOT, Actor, EventType, NewEvent
from console.desk.policy import PolicyDecision
from console.services.own_after_sale import own_request
from console.services.parts import Desk
from console.services.return_scene import Scene, find_scene
from console.storage import after_sale as rows
from console.storage import after_sale_change as change_rows
from console.storage.after_sale_change import ChangeRow
from console.storage.event import record
from console.storage.money_lock import lock_money_of
from console.storage.policy import record_decision


class ChangeRefused(DeskError):
    """The state of the request does not allow it; `decision` says why."""

    code = "change_refused"
    status = 409

    def __init__(self, decision: ChangeDecision) -> None:
        super().__init__(rule_id=decision.rule_id, reason=decision.reason)
        self.decision = decision


@dataclass(frozen=True, slots=True, kw_only=True)
class Wish:
    """What is asked for. `details`: as JSON; the same key with others is another wish."""

    rma_no: str
    change: Change
    key: str
    details: Mapping[str, Any] = field(default_factory=dict)
    actor: Actor = BOT


Apply = Callable[[Connection, AfterSaleRequest], ChangeDecision | None]


async def scene_of(desk: Desk, conversation_id: str, rma_no: str, actor: Actor) -> Scene:
    """Order and item of the request, looked at as if it had not been filed."""
    _, request = await desk.database.read(lambda tx: own_request(tx, conversation_id, rma_no))
    asked = request.request
    scene = await find_scene(desk, conversation_id, asked.order_no, asked.line_id, actor)
    return replace(scene, instead_of=rma_no)


async def carry_out(desk: Desk, conversation_id: str, wish: Wish, apply: Apply) -> AfterSaleRequest:
    """One transaction: owned, not done before, allowed by the state, applied, told."""

    def work(tx: Connection) -> AfterSaleRequest | ChangeDecision:
        shopper, _ = own_request(tx, conversation_id, wish.rma_no)
        lock_money_of(tx, shopper.customer_no)
        _, request = own_request(tx, conversation_id, wish.rma_no)
        if _was_done(tx, wish):
            return request
        decision = decide_change(request.state, wish.change)
        _keep(tx, desk, conversation_id, request, decision, wish)
        refused = decision if not decision.is_allowed else apply(tx, request)
        if refused is not None:
            return refused
        _note(tx, desk, conversation_id, request, wish)
        return own_request(tx, conversation_id, wish.rma_no)[1]

    done = await desk.database.write(work)
    if isinstance(done, ChangeDecision):
        raise ChangeRefused(done)
    return done


def _was_done(tx: Connection, wish: Wish) -> bool:
    known = change_rows.change_of_key(tx, wish.key)
    if known is None:
        return False
    mine = (wish.rma_no, wish.change, dict(wish.details))
    if (known.rma_no, known.change, dict(known.details)) != mine:
        raise SameIdOtherContent("key", key=wish.key)
    return True


def step(
    tx: Connection, request: AfterSaleRequest, new: AfterSaleState, now: datetime, actor: Actor
) -> None:
    """Moves the request on. Raises `Conflict` when it is in another state by now."""
    if not rows.move(tx, request.rma_no, old=request.state, new=new, at=now):
        raise Conflict("the request has moved on")
    rows.insert_step(tx, request.rma_no, new, now, actor_kind=actor.kind, actor_id=actor.id)


def back_to_audit(tx: Connection, request: AfterSaleRequest, now: datetime, actor: Actor) -> None:
    """What a person has to look at is no longer approved by the rule."""
    if request.state is AfterSaleState.SUBMITTED:
        return
    rows.move(tx, request.rma_no, old=request.state, new=AfterSaleState.SUBMITTED, at=now)
    rows.insert_step(
        tx, request.rma_no, AfterSaleState.SUBMITTED, now,
        actor_kind=actor.kind, actor_id=actor.id,
    )  # fmt: skip


def _keep(
    tx: Connection,
    desk: Desk,
    conversation_id: str,
    request: AfterSaleRequest,
    decision: ChangeDecision,
    wish: Wish,
) -> None:
    kept = PolicyDecision(
        subject="after_sale_change",
        outcome=decision.outcome,
        rule_id=decision.rule_id,
        order_no=request.request.order_no,
        line_id=request.request.line_id,
        inputs={**decision.inputs, **wish.details, "rma_no": request.rma_no},
    )
    record_decision(
        tx, kept, conversation_id=conversation_id, customer_no=request.customer_no,
        actor=wish.actor, at=desk.clock.now(),
    )  # fmt: skip


def _note(
    tx: Connection, desk: Desk, conversation_id: str, request: AfterSaleRequest, wish: Wish
) -> None:
    now = desk.clock.now()
    change_rows.insert_change(
        tx,
        ChangeRow(
            key=wish.key,
            rma_no=wish.rma_no,
            change=wish.change,
            details=dict(wish.details),
            conversation_id=conversation_id,
            actor_kind=wish.actor.kind,
            actor_id=wish.actor.id,
            at=now,
        ),
    )
    body = {"action": "after_sale_change", "rma_no": wish.rma_no, "change": wish.change}
    event = NewEvent(EventType.ACTION_TAKEN, wish.actor, body, f"after_sale:{wish.key}")
    record(tx, conversation_id, [event], now)
