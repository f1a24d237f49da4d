"""Another time or place for the courier, and what that costs."""

from __future__ import annotations

from dataclasses import dataclass, replace
from datetime import datetime

from sqlalchemy import Connection

from console.desk.after_sale import FETCHED, AfterSaleRequest, ReturnWay
from console.desk.after_sale_change import Change, Pickup
from console.desk.event import BOT, Actor
from console.services.after_sale_change import Wish, carry_out, scene_of
from console.services.after_sale_pickup import book_pickup, call_off_pickup
from console.services.own_after_sale import own_request
from console.services.parts import Desk
from console.services.return_scene import Scene, refund_of
from console.storage import after_sale_change as change_rows
from console.storage.policy import policy_book


async def change_pickup(
    desk: Desk,
    conversation_id: str,
    rma_no: str,
    *,
    key: str,
    at: datetime | None = None,
    label: str = "",
    address: str | None = None,
    actor: Actor = BOT,
) -> AfterSaleRequest:
    """A courier comes then, or there (`None`: as before), also when it was to be sent.

    Raises `ChangeRefused` and `NotFound`.
    """
    details = {"at": at.isoformat() if at else None, "address": address}
    change = Change.PICKUP if at else Change.ADDRESS
    wish = Wish(rma_no=rma_no, change=change, key=key, details=details, actor=actor)
    scene = await scene_of(desk, conversation_id, rma_no, actor)

    def apply(tx: Connection, request: AfterSaleRequest) -> None:
        old = change_rows.pickup_of(tx, rma_no)
        new = Pickup(
            way=_fetched(old.way),
            at=at or old.at,
            label=label or old.label,
            address=old.address if address is None else address,
            number=old.number + 1,
        )
        fee_fen = _fee_fen(tx, scene, request)
        change_rows.set_pickup_wish(tx, rma_no, new, fee_fen, desk.clock.now())

    changed = await carry_out(desk, conversation_id, wish, apply)
    await book_pickup(desk, rma_no)
    return changed


def _fetched(way: ReturnWay) -> ReturnWay:
    """Where new goods are handed over at the same visit it stays one visit."""
    return way if way in FETCHED else ReturnWay.PICKUP


def _fee_fen(tx: Connection, scene: Scene, request: AfterSaleRequest) -> int:
    """What the courier collects; for anything but money back as it was filed."""
    if not request.pays_money_back:
        return request.refund.return_freight_fen
    asked = replace(request.request, way=ReturnWay.PICKUP)
    return refund_of(tx, scene, asked, policy_book(tx)).return_freight_fen


@dataclass(frozen=True, slots=True, kw_only=True)
class PickupTerms:
    """What a courier for this request means. `label`: empty when none was booked."""

    request: AfterSaleRequest
    label: str
    address: str
    fee_fen: int


async def pickup_terms(desk: Desk, conversation_id: str, rma_no: str) -> PickupTerms:
    """Raises `NotFound`; nothing is written."""
    scene = await scene_of(desk, conversation_id, rma_no, BOT)

    def query(tx: Connection) -> PickupTerms:
        _, request = own_request(tx, conversation_id, rma_no)
        pickup = change_rows.pickup_of(tx, rma_no)
        return PickupTerms(
            request=request,
            label=pickup.label if pickup.way in FETCHED else "",
            address=pickup.address or scene.order.receiver_address,
            fee_fen=_fee_fen(tx, scene, request),
        )

    return await desk.database.read(query)


async def ship_alone(
    desk: Desk, conversation_id: str, rma_no: str, *, key: str, actor: Actor = BOT
) -> AfterSaleRequest:
    """The customer sends it; a booked courier is called off. Raises as `change_pickup`."""
    wish = Wish(
        rma_no=rma_no, change=Change.PICKUP, key=key, details={"way": ReturnWay.SELF_SHIP},
        actor=actor,
    )  # fmt: skip

    def apply(tx: Connection, _: AfterSaleRequest) -> None:
        change_rows.set_sent_by_customer(tx, rma_no, desk.clock.now())

    changed = await carry_out(desk, conversation_id, wish, apply)
    await call_off_pickup(desk, rma_no)
    return changed
