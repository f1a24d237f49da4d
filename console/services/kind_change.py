"""A return that becomes an exchange, and the other way round: the same request, decided anew."""

from __future__ import annotations

from dataclasses import replace

from sqlalchemy import Connection

from console.desk.after_sale import AfterSaleKind, AfterSaleRequest, Replacement
from console.desk.after_sale_change import Change, ChangeDecision, Outcome
from console.desk.event import BOT, Actor
from console.desk.exchange import decide_exchange
from console.desk.goods import Variant
from console.desk.return_policy import Outcome as ReturnOutcome
from console.desk.return_policy import ReturnPolicyDecision
from console.services.after_sale_change import Wish, back_to_audit, carry_out, scene_of
from console.services.exchange import exchange_choices, hold
from console.services.filing import NO_MONEY
from console.services.own_after_sale import own_request
from console.services.parts import Desk
from console.services.return_scene import Scene, decide, keep_decision, refund_of, return_facts
from console.storage import after_sale_change as change_rows
from console.storage.policy import policy_book


async def variants_instead(desk: Desk, conversation_id: str, rma_no: str) -> list[Variant]:
    """What could come instead of the goods of this return. Raises `NotFound`."""
    _, request = await desk.database.read(lambda tx: own_request(tx, conversation_id, rma_no))
    asked = request.request
    return await exchange_choices(
        desk, conversation_id, asked.order_no, asked.line_id, asked.quantity, asked.reason
    )


async def change_kind(
    desk: Desk,
    conversation_id: str,
    rma_no: str,
    new: Replacement | None,
    *,
    key: str,
    actor: Actor = BOT,
) -> AfterSaleRequest:
    """An exchange for `new`, with the stock held; without one a return, with its refund.

    Raises `ChangeRefused` (nothing is changed), `OutOfStock` and `NotFound`.
    """
    scene = await scene_of(desk, conversation_id, rma_no, actor)
    _, request = await desk.database.read(lambda tx: own_request(tx, conversation_id, rma_no))
    held = None
    if new is not None:
        held = await hold(desk, scene, new, request.request.quantity, key=f"kind:{key}")
    details = {"variant": new.variant if new else None}
    wish = Wish(rma_no=rma_no, change=Change.KIND, key=key, details=details, actor=actor)

    def apply(tx: Connection, filed: AfterSaleRequest) -> ChangeDecision | None:
        return _apply(tx, desk, scene, filed, new, held)

    return await carry_out(desk, conversation_id, wish, apply)


def _apply(
    tx: Connection,
    desk: Desk,
    scene: Scene,
    filed: AfterSaleRequest,
    new: Replacement | None,
    held: str | None,
) -> ChangeDecision | None:
    kind = AfterSaleKind.EXCHANGE if new else AfterSaleKind.RETURN
    decision = _decision(tx, desk, scene, filed, kind)
    keep_decision(tx, desk, scene, decision, kind)
    if decision.outcome is ReturnOutcome.REFUSED:
        return ChangeDecision(Outcome.REFUSED, decision.rule_id, decision.reason)
    now = desk.clock.now()
    refund = NO_MONEY if new else refund_of(tx, scene, filed.request, policy_book(tx))
    changed = replace(
        filed, kind=kind, replacement=new, reservation_no=held, refund=refund,
        rule_id=decision.rule_id,
    )  # fmt: skip
    change_rows.set_kind(tx, changed, now)
    if not decision.is_allowed:
        back_to_audit(tx, filed, now, scene.actor)
    return None


def _decision(
    tx: Connection, desk: Desk, scene: Scene, filed: AfterSaleRequest, kind: AfterSaleKind
) -> ReturnPolicyDecision:
    asked, policies, now = filed.request, policy_book(tx), desk.clock.now()
    if kind is AfterSaleKind.RETURN:
        return decide(tx, desk, scene, asked, policies)
    facts = return_facts(
        tx, scene, asked.reason, asked.condition, asked.quantity, len(asked.photos),
        asked.accessories_complete,
    )  # fmt: skip
    return decide_exchange(facts, policies, now)
