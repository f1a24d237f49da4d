"""Changing an order that was placed: receiver, items, notes, the time of delivery."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime, timedelta

from sqlalchemy import Connection

from console.desk.errors import NotFound, SameIdOtherContent
from console.desk.event import BOT, EventType, NewEvent
from console.desk.goods import Variant, variant_of
from console.desk.masking import mask_address, mask_phone
from console.desk.order import Order
from console.desk.order_change import (
    ChangeDecision,
    ChangeWay,
    ItemDecision,
    ItemWay,
    city_of,
    decide_address_change,
    decide_item_change,
)
from console.desk.policy import PolicyDecision
from console.desk.work_order import WorkOrder, WorkOrderKind, WorkOrderRequest
from console.gateways.shop_orders import ChangeState, Receiver
from console.services.parts import Desk
from console.services.shop_call import Shopper, answer_of, own_order
from console.services.work_order import open_work_order
from console.storage.event import record
from console.storage.policy import decision_of_key, policy_book, record_decision


@dataclass(frozen=True, slots=True)
class ReceiverChange:
    """`state` is `None` when the shop was not asked: the rules left nothing to ask for."""

    decision: ChangeDecision
    state: ChangeState | None = None
    work_order: WorkOrder | None = None


async def change_receiver(
    desk: Desk, conversation_id: str, order_no: str, receiver: Receiver, *, key: str
) -> ReceiverChange:
    """At once before picking; later the courier is asked, with a promise. Raises `NotFound`."""
    shopper, order = await own_order(desk, conversation_id, order_no)
    decision = decide_address_change(order, city_of(receiver.address))
    await _keep(
        desk, conversation_id, shopper, order, "address_change", decision.way, decision.rule_id
    )
    if decision.way not in {ChangeWay.FREE, ChangeWay.ASK_COURIER}:
        return ReceiverChange(decision)
    state = await answer_of(
        desk,
        desk.shop.change_receiver(shopper.customer_no, order_no, receiver, key=f"receiver:{key}"),
    )
    if state is not ChangeState.ASKED:
        await _tell(desk, conversation_id, order_no, "receiver", key, state)
        return ReceiverChange(decision, state)
    request = await _courier_request(desk, order_no, receiver)
    opened = await open_work_order(desk, conversation_id, request, key=key)
    return ReceiverChange(decision, state, opened)


async def _courier_request(desk: Desk, order_no: str, receiver: Receiver) -> WorkOrderRequest:
    """What is private stands in the details, masked in the text that lists show."""
    policies = await desk.database.read(policy_book)
    hours = policies.number("address_change.answer_hours", desk.clock.now())
    shown = (receiver.name, _masked(receiver.phone), mask_address(receiver.address))
    return WorkOrderRequest(
        kind=WorkOrderKind.ADDRESS_CHANGE,
        text=" · ".join(part for part in shown if part),
        order_no=order_no,
        details={"name": receiver.name, "phone": receiver.phone, "address": receiver.address},
        answer_within=timedelta(hours=hours),
    )


def _masked(phone: str) -> str:
    return mask_phone(phone) if phone else ""


@dataclass(frozen=True, slots=True)
class ItemWish:
    """What a line is to become."""

    line_id: str
    variant: str
    quantity: int


async def variants_of(desk: Desk, product_id: str) -> list[Variant]:
    return await answer_of(desk, desk.shop.variants(product_id))


async def decide_item(
    desk: Desk, conversation_id: str, order_no: str, wish: ItemWish
) -> ItemDecision:
    """What a change would mean. Raises `NotFound`."""
    _, order = await own_order(desk, conversation_id, order_no)
    return await _decide_item(desk, order, wish)


async def _decide_item(desk: Desk, order: Order, wish: ItemWish) -> ItemDecision:
    line = order.line(wish.line_id)
    if line is None:
        raise NotFound("line")
    variants = await answer_of(desk, desk.shop.variants(line.product_id))
    found = variant_of(variants, wish.variant)
    return decide_item_change(
        order,
        line,
        variant=wish.variant,
        quantity=wish.quantity,
        unit_fen=found.price_fen if found else line.unit_fen,
        stock=found.stock if found else 0,
    )


async def change_item(
    desk: Desk, conversation_id: str, order_no: str, wish: ItemWish, *, key: str
) -> ItemDecision:
    """Carries the change out; the shop refunds what it saves. A repeat gets the same answer.

    Raises `NotFound`, `OutOfStock`, `SameIdOtherContent` for a key that meant another change.
    """
    shopper, order = await own_order(desk, conversation_id, order_no)
    now_decided = await _decide_item(desk, order, wish)
    decision = await _keep_item(desk, conversation_id, shopper, order, wish, now_decided, key)
    if decision.way not in {ItemWay.CHANGE, ItemWay.CHANGE_AND_REFUND}:
        return decision
    state = await answer_of(
        desk,
        desk.shop.change_line(
            shopper.customer_no, order_no, wish.line_id, wish.variant, wish.quantity,
            key=f"item:{key}",
        ),
    )  # fmt: skip
    if state is not ChangeState.DONE:
        return ItemDecision(ItemWay.TOO_LATE, "item_change.before_picking")
    await _tell(desk, conversation_id, order_no, "item", key, state)
    return decision


async def _keep_item(
    desk: Desk,
    conversation_id: str,
    shopper: Shopper,
    order: Order,
    wish: ItemWish,
    decision: ItemDecision,
    key: str,
) -> ItemDecision:
    """The decision of the first try, kept before the shop is asked: afterwards the line is what
    was wished for, and nothing would tell what the change was worth."""
    now, wished = desk.clock.now(), {"variant": wish.variant, "quantity": wish.quantity}
    kept = PolicyDecision(
        subject="item_change",
        outcome=decision.way,
        rule_id=decision.rule_id,
        order_no=order.order_no,
        line_id=wish.line_id,
        inputs={
            "now": now.isoformat(), "state": order.state, "key": key, **wished,
            "difference_fen": decision.difference_fen,
        },
    )  # fmt: skip

    def work(tx: Connection) -> ItemDecision:
        known = decision_of_key(tx, kept.subject, kept.order_no, key)
        if known is None:
            record_decision(
                tx, kept, conversation_id=conversation_id, customer_no=shopper.customer_no,
                actor=BOT, at=now,
            )  # fmt: skip
            return decision
        if known.line_id != wish.line_id or not wished.items() <= known.inputs.items():
            raise SameIdOtherContent("key", key=key)
        way = ItemWay(known.outcome)
        return ItemDecision(way, known.rule_id, known.inputs["difference_fen"])

    return await desk.database.write(work)


async def leave_note(
    desk: Desk, conversation_id: str, order_no: str, text: str, *, key: str
) -> ChangeState:
    """For warehouse and courier. Raises `NotFound`."""
    shopper, _ = await own_order(desk, conversation_id, order_no)
    state = await answer_of(
        desk, desk.shop.leave_note(shopper.customer_no, order_no, text, key=f"note:{key}")
    )
    await _tell(desk, conversation_id, order_no, "note", key, state)
    return state


async def book_delivery(
    desk: Desk, conversation_id: str, order_no: str, at: datetime, label: str, *, key: str
) -> ChangeState:
    """Raises `NotFound`."""
    shopper, _ = await own_order(desk, conversation_id, order_no)
    state = await answer_of(
        desk,
        desk.shop.book_delivery(shopper.customer_no, order_no, at, label, key=f"delivery:{key}"),
    )
    await _tell(desk, conversation_id, order_no, "delivery", key, state)
    return state


async def _keep(
    desk: Desk,
    conversation_id: str,
    shopper: Shopper,
    order: Order,
    subject: str,
    outcome: str,
    rule_id: str,
) -> None:
    now = desk.clock.now()
    decision = PolicyDecision(
        subject=subject,
        outcome=outcome,
        rule_id=rule_id,
        order_no=order.order_no,
        inputs={"now": now.isoformat(), "state": order.state},
    )

    def work(tx: Connection) -> None:
        record_decision(
            tx, decision, conversation_id=conversation_id, customer_no=shopper.customer_no,
            actor=BOT, at=now,
        )  # fmt: skip

    await desk.database.write(work)


async def _tell(
    desk: Desk, conversation_id: str, order_no: str, what: str, key: str, state: ChangeState
) -> None:
    if state is not ChangeState.DONE:
        return
    body = {"action": "order_change", "order_no": order_no, "what": what}
    event = NewEvent(EventType.ACTION_TAKEN, BOT, body, f"order_change:{what}:{key}")
    now = desk.clock.now()
    await desk.database.write(lambda tx: record(tx, conversation_id, [event], now))
