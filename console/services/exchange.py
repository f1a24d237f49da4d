"""Exchanges at the desk: may it be, what can come instead, and filing it with the stock held."""

from __future__ import annotations

from datetime import timedelta

from sqlalchemy import Connection

from console.desk.after_sale import (
    AfterSaleKind,
    AfterSaleRequest,
    AfterSaleState,
    Condition,
    Replacement,
    ReturnReason,
    ReturnRequest,
)
from console.desk.errors import BadRequest
from console.desk.event import BOT, Actor
from console.desk.exchange import choices, decide_exchange, refusal_of
from console.desk.goods import OutOfStock, Variant, variant_of
from console.desk.return_policy import ReturnPolicyDecision
from console.services.filing import Draft, Wish, file_once
from console.services.parts import Desk
from console.services.return_scene import Scene, find_scene, keep_decision, return_facts
from console.services.shop_call import answer_of
from console.storage import after_sale as rows
from console.storage.policy import policy_book


async def check_exchange(
    desk: Desk,
    conversation_id: str,
    order_no: str,
    line_id: str,
    reason: ReturnReason,
    condition: Condition | None = None,
    *,
    quantity: int = 1,
    actor: Actor = BOT,
) -> ReturnPolicyDecision:
    """The policy's answer, stored with its inputs. Raises `NotFound`."""
    scene = await find_scene(desk, conversation_id, order_no, line_id, actor)

    def work(tx: Connection) -> ReturnPolicyDecision:
        facts = return_facts(tx, scene, reason, condition, quantity, None, None)
        decision = decide_exchange(facts, policy_book(tx), desk.clock.now())
        keep_decision(tx, desk, scene, decision, AfterSaleKind.EXCHANGE)
        return decision

    return await desk.database.write(work)


async def exchange_choices(
    desk: Desk, conversation_id: str, order_no: str, line_id: str, quantity: int, reason: str
) -> list[Variant]:
    """What may come instead, the same again first when the goods were at fault."""
    scene = await find_scene(desk, conversation_id, order_no, line_id, BOT)
    known = await answer_of(desk, desk.shop.variants(scene.line.product_id))
    return choices(known, scene.line.variant, quantity, ReturnReason(reason))


async def known_variants(
    desk: Desk, conversation_id: str, order_no: str, line_id: str
) -> tuple[list[Variant], Variant | None]:
    """All of the item's variants, and the one that was bought."""
    scene = await find_scene(desk, conversation_id, order_no, line_id, BOT)
    known = await answer_of(desk, desk.shop.variants(scene.line.product_id))
    return known, variant_of(known, scene.line.variant)


async def submit_exchange(
    desk: Desk,
    conversation_id: str,
    request: ReturnRequest,
    new: Replacement,
    *,
    key: str,
    actor: Actor = BOT,
) -> AfterSaleRequest:
    """Files the exchange once per key, with the new goods held for 24 hours.

    Raises `ReturnRefused`, `OutOfStock` (nothing is filed), `NotFound`, `SameIdOtherContent`.
    """
    scene = await find_scene(desk, conversation_id, request.order_no, request.line_id, actor)
    held = await hold(desk, scene, new, request.quantity, key=key)

    def decide(tx: Connection) -> tuple[ReturnPolicyDecision, Draft]:
        facts = return_facts(
            tx, scene, request.reason, request.condition, request.quantity,
            len(request.photos), request.accessories_complete,
        )  # fmt: skip
        decision = decide_exchange(facts, policy_book(tx), desk.clock.now())
        return decision, Draft(approved_as=AfterSaleState.AWAITING_RETURN, reservation_no=held)

    wish = Wish(AfterSaleKind.EXCHANGE, request, new)
    return await file_once(desk, scene, wish, decide, key=key)


async def hold(desk: Desk, scene: Scene, new: Replacement, quantity: int, *, key: str) -> str:
    """Reserves the new goods; an old key gives its old reservation.

    Raises `OutOfStock`, and `BadRequest` for other goods or another price.
    """
    known = await desk.database.read(lambda tx: rows.request_of_key(tx, key))
    if known is not None and known.reservation_no is not None:
        return known.reservation_no
    if new.product_id != scene.line.product_id:
        raise BadRequest("other goods", field="replacement")
    variants = await answer_of(desk, desk.shop.variants(new.product_id))
    found = variant_of(variants, new.variant)
    why = refusal_of(found, variant_of(variants, scene.line.variant), quantity)
    if why == "variant_out_of_stock":
        raise OutOfStock(product_id=new.product_id)
    if why:
        raise BadRequest(why, field="replacement")
    call = desk.shop.reserve(
        scene.shopper.customer_no, scene.order.order_no, new.product_id, new.variant, quantity,
        desk.clock.now() + await _held_for(desk), key=f"reserve:{key}",
    )  # fmt: skip
    return await answer_of(desk, call)


async def _held_for(desk: Desk) -> timedelta:
    now = desk.clock.now()

    def query(tx: Connection) -> timedelta:
        return timedelta(hours=policy_book(tx).number("exchange.hold_hours", now))

    return await desk.database.read(query)


def replacement(variant: Variant) -> Replacement:
    return Replacement(
        product_id=variant.product_id, variant=variant.variant, variant_en=variant.variant_en
    )
