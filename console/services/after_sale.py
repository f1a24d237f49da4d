"""Returns: may it come back, how much is refunded, filing it once, and where refunds stand."""

from __future__ import annotations

from dataclasses import dataclass

from sqlalchemy import Connection

from console.desk.after_sale import (
    AfterSaleKind,
    AfterSaleRequest,
    AfterSaleState,
    Condition,
    ReturnReason,
    ReturnRequest,
    ReturnWay,
)
from console.desk.errors import BadRequest
from console.desk.event import BOT, Actor
from console.desk.refund import Refund
from console.desk.return_policy import ReturnPolicyDecision, decide_return
from console.services.filing import Draft, ReturnRefused, Wish, file_once
from console.services.parts import Desk
from console.services.refund import refund_progress
from console.services.return_scene import (
    decide,
    find_scene,
    keep_decision,
    refund_of,
    return_facts,
)
from console.storage.policy import policy_book


@dataclass(frozen=True, slots=True, kw_only=True)
class ReturnPreview:
    """The summary before filing."""

    request: ReturnRequest
    decision: ReturnPolicyDecision
    refund: Refund
    title: str
    title_en: str


async def check_return(
    desk: Desk,
    conversation_id: str,
    order_no: str,
    line_id: str,
    reason: ReturnReason | str,
    condition: Condition | str | None = None,
    *,
    quantity: int = 1,
    photos: int | None = None,
    accessories_complete: bool | None = None,
    actor: Actor = BOT,
) -> ReturnPolicyDecision:
    """The policy's answer, stored with its inputs. Raises `NotFound` and `BadRequest`."""
    asked = _asked(reason, condition)
    scene = await find_scene(desk, conversation_id, order_no, line_id, actor)

    def work(tx: Connection) -> ReturnPolicyDecision:
        facts = return_facts(tx, scene, *asked, quantity, photos, accessories_complete)
        decision = decide_return(facts, policy_book(tx), desk.clock.now())
        keep_decision(tx, desk, scene, decision)
        return decision

    return await desk.database.write(work)


def _asked(
    reason: ReturnReason | str, condition: Condition | str | None
) -> tuple[ReturnReason, Condition | None]:
    try:
        return ReturnReason(reason), Condition(condition) if condition else None
    except ValueError as error:
        raise BadRequest("unknown reason or condition") from error


async def preview_return(
    desk: Desk, conversation_id: str, request: ReturnRequest, *, actor: Actor = BOT
) -> ReturnPreview:
    """What filing would do; nothing is written."""
    scene = await find_scene(desk, conversation_id, request.order_no, request.line_id, actor)

    def query(tx: Connection) -> ReturnPreview:
        policies = policy_book(tx)
        return ReturnPreview(
            request=request,
            decision=decide(tx, desk, scene, request, policies),
            refund=refund_of(tx, scene, request, policies),
            title=scene.line.title,
            title_en=scene.line.title_en,
        )

    return await desk.database.read(query)


async def submit_return(
    desk: Desk, conversation_id: str, request: ReturnRequest, *, key: str, actor: Actor = BOT
) -> AfterSaleRequest:
    """Files the return once per key: approved when the policy allows, else for audit.

    Raises `ReturnRefused` (the decision is kept, nothing is filed), `NotFound`, and
    `SameIdOtherContent` for a key that filed another wish.
    """
    if request.way not in (ReturnWay.PICKUP, ReturnWay.SELF_SHIP) or request.part:
        raise BadRequest("a return goes back", field="way")
    scene = await find_scene(desk, conversation_id, request.order_no, request.line_id, actor)

    def decide_and_draft(tx: Connection) -> tuple[ReturnPolicyDecision, Draft]:
        policies = policy_book(tx)
        decision = decide(tx, desk, scene, request, policies)
        refund = refund_of(tx, scene, request, policies)
        return decision, Draft(refund=refund, approved_as=AfterSaleState.AWAITING_RETURN)

    wish = Wish(AfterSaleKind.RETURN, request)
    return await file_once(desk, scene, wish, decide_and_draft, key=key)


__all__ = [
    "ReturnPreview",
    "ReturnRefused",
    "check_return",
    "preview_return",
    "refund_progress",  # asked for beside returns; lives in refund.py
    "submit_return",
]
