"""A new one at the door: may it be, and filing it with the new one held."""

from __future__ import annotations

from dataclasses import replace

from sqlalchemy import Connection

from console.desk.after_sale import (
    AfterSaleKind,
    AfterSaleRequest,
    AfterSaleState,
    Condition,
    Replacement,
    ReturnReason,
    ReturnRequest,
    ReturnWay,
)
from console.desk.door_exchange import DoorFacts, decide_door_exchange
from console.desk.event import BOT, Actor
from console.desk.goods import variant_of
from console.desk.return_policy import ReturnPolicyDecision
from console.services.exchange import hold
from console.services.filing import Draft, Wish, file_once
from console.services.parts import Desk
from console.services.return_scene import Scene, find_scene, keep_decision, return_facts
from console.services.shop_call import answer_of
from console.storage.policy import policy_book

_KIND = AfterSaleKind.DOOR_EXCHANGE


async def check_door_exchange(
    desk: Desk,
    conversation_id: str,
    order_no: str,
    line_id: str,
    fault: str,
    *,
    is_kept: bool = True,
    actor: Actor = BOT,
) -> ReturnPolicyDecision:
    """The policy's answer; `is_kept`: stored with its inputs. Raises `NotFound`."""
    scene = await find_scene(desk, conversation_id, order_no, line_id, actor)
    place = await _place(desk, scene)

    def work(tx: Connection) -> ReturnPolicyDecision:
        decision = _decide(tx, desk, scene, place, fault)
        if is_kept:
            keep_decision(tx, desk, scene, decision, _KIND)
        return decision

    return await desk.database.write(work)


async def _place(desk: Desk, scene: Scene) -> tuple[bool, int]:
    """Whether own couriers reach the address, and how many of the same variant are free."""
    shop, customer_no = desk.shop, scene.shopper.customer_no
    reached = await answer_of(desk, shop.delivers_itself(customer_no, scene.order.order_no))
    variants = await answer_of(desk, shop.variants(scene.line.product_id))
    same = variant_of(variants, scene.line.variant)
    return reached, same.stock if same else 0


def _decide(
    tx: Connection, desk: Desk, scene: Scene, place: tuple[bool, int], fault: str
) -> ReturnPolicyDecision:
    reason = ReturnReason.QUALITY_FAULT
    facts = return_facts(tx, scene, reason, Condition.USED, 1, None, None)
    door = DoorFacts(goods=facts, has_own_delivery=place[0], stock=place[1], fault=fault)
    return decide_door_exchange(door, policy_book(tx), desk.clock.now())


async def submit_door_exchange(
    desk: Desk, conversation_id: str, request: ReturnRequest, *, key: str, actor: Actor = BOT
) -> AfterSaleRequest:
    """Files it once per key; the courier brings the new one and takes the old.

    Raises `ReturnRefused`, `OutOfStock`, `NotFound`, `SameIdOtherContent`.
    """
    scene = await find_scene(desk, conversation_id, request.order_no, request.line_id, actor)
    asked = replace(
        request, reason=ReturnReason.QUALITY_FAULT, quantity=1, way=ReturnWay.SAME_VISIT
    )
    new = Replacement(product_id=scene.line.product_id, variant=scene.line.variant)
    reached, _ = await _place(desk, scene)
    held = await hold(desk, scene, new, 1, key=key)

    def decide(tx: Connection) -> tuple[ReturnPolicyDecision, Draft]:
        decision = _decide(tx, desk, scene, (reached, 1), asked.note)  # one is held
        return decision, Draft(approved_as=AfterSaleState.AWAITING_RETURN, reservation_no=held)

    return await file_once(desk, scene, Wish(_KIND, asked, new), decide, key=key)
