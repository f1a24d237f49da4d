"""Swapping a size: may it be, which sizes can come, and filing it with the stock held."""

from __future__ import annotations

from dataclasses import replace

from sqlalchemy import Connection

from console.desk.after_sale import (
    VOID,
    AfterSaleKind,
    AfterSaleRequest,
    AfterSaleState,
    Condition,
    Replacement,
    ReturnReason,
    ReturnRequest,
    ReturnWay,
)
from console.desk.errors import BadRequest
from console.desk.event import BOT, Actor
from console.desk.goods import Variant, variant_of
from console.desk.order import Order
from console.desk.return_policy import ReturnPolicyDecision
from console.desk.size_swap import decide_size_swap, swap_choices, swap_refusal
from console.services.exchange import hold
from console.services.filing import Draft, Wish, file_once
from console.services.parts import Desk
from console.services.return_scene import Scene, find_scene, keep_decision, return_facts
from console.services.shop_call import answer_of
from console.storage import after_sale as rows
from console.storage.policy import policy_book

_KIND = AfterSaleKind.SIZE_SWAP


async def check_size_swap(
    desk: Desk,
    conversation_id: str,
    order_no: str,
    line_id: str,
    condition: Condition | None = None,
    *,
    quantity: int = 1,
    is_kept: bool = True,
    actor: Actor = BOT,
) -> ReturnPolicyDecision:
    """The policy's answer; `is_kept`: stored with its inputs. Raises `NotFound`."""
    scene = await find_scene(desk, conversation_id, order_no, line_id, actor)

    def work(tx: Connection) -> ReturnPolicyDecision:
        decision = _decide(tx, desk, scene, condition, quantity)
        if is_kept:
            keep_decision(tx, desk, scene, decision, _KIND)
        return decision

    return await desk.database.write(work)


async def may_swap_size(
    desk: Desk, conversation_id: str, order: Order, line_id: str | None
) -> bool:
    """Whether the swap is the way for this item, or for any of the order; nothing is stored."""
    lines = [line for line in order.lines if line_id in (None, line.line_id)]
    for line in lines:
        decision = await check_size_swap(
            desk, conversation_id, order.order_no, line.line_id, is_kept=False
        )
        if decision.reason not in ("swap_not_offered", "swap_too_early"):
            return True
    return False


def _decide(
    tx: Connection, desk: Desk, scene: Scene, condition: Condition | None, quantity: int
) -> ReturnPolicyDecision:
    facts = return_facts(tx, scene, ReturnReason.OUTGROWN, condition, quantity, None, None)
    others = rows.requests_on_orders(tx, [scene.order.order_no])
    swapped = any(
        one.kind is _KIND and one.state not in VOID and one.request.line_id == scene.line.line_id
        for one in others
    )
    if swapped:  # the swap itself binds the units; what refuses is that there was one
        facts = replace(facts, returning_quantity=0)
    return decide_size_swap(facts, policy_book(tx), desk.clock.now(), swapped_before=swapped)


async def size_choices(
    desk: Desk, conversation_id: str, order_no: str, line_id: str, quantity: int
) -> list[Variant]:
    scene = await find_scene(desk, conversation_id, order_no, line_id, BOT)
    known = await answer_of(desk, desk.shop.variants(scene.line.product_id))
    return swap_choices(known, scene.line.variant, quantity)


async def submit_size_swap(
    desk: Desk,
    conversation_id: str,
    request: ReturnRequest,
    new: Replacement,
    *,
    key: str,
    actor: Actor = BOT,
) -> AfterSaleRequest:
    """Files the swap once per key; old and new change hands in one visit.

    Raises `ReturnRefused`, `OutOfStock`, `BadRequest`, `NotFound`, `SameIdOtherContent`.
    """
    scene = await find_scene(desk, conversation_id, request.order_no, request.line_id, actor)
    asked = replace(request, reason=ReturnReason.OUTGROWN, way=ReturnWay.SAME_VISIT)
    await _check_size(desk, scene, new, request.quantity)
    held = await hold(desk, scene, new, request.quantity, key=key)

    def decide(tx: Connection) -> tuple[ReturnPolicyDecision, Draft]:
        decision = _decide(tx, desk, scene, asked.condition, asked.quantity)
        return decision, Draft(approved_as=AfterSaleState.AWAITING_RETURN, reservation_no=held)

    return await file_once(desk, scene, Wish(_KIND, asked, new), decide, key=key)


async def _check_size(desk: Desk, scene: Scene, new: Replacement, quantity: int) -> None:
    known = await answer_of(desk, desk.shop.variants(scene.line.product_id))
    wanted, old = variant_of(known, new.variant), variant_of(known, scene.line.variant)
    why = swap_refusal(wanted, old, quantity)
    if why and why != "size_out_of_stock":  # a repeat finds its own reservation
        raise BadRequest(why, field="new_size")
