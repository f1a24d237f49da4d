"""Repairs and warranties at the desk: what is covered, what it costs, and filing a repair."""

from __future__ import annotations

from dataclasses import dataclass, replace
from datetime import datetime

from sqlalchemy import Connection

from console.desk.after_sale import (
    AfterSaleKind,
    AfterSaleRequest,
    AfterSaleState,
    Condition,
    ReturnReason,
    ReturnRequest,
)
from console.desk.calendar import Window
from console.desk.event import BOT, Actor
from console.desk.repair import RepairDecision, decide_repair
from console.desk.return_policy import ReturnPolicyDecision
from console.desk.warranty import history_of, warranty_window
from console.services.filing import Draft, Wish, file_once
from console.services.parts import Desk
from console.services.return_scene import Scene, find_scene, keep_decision, return_facts
from console.services.shop_call import answer_of, find_shopper
from console.storage import after_sale as rows
from console.storage.policy import policy_book

_KIND = AfterSaleKind.REPAIR


@dataclass(frozen=True, slots=True, kw_only=True)
class Coverage:
    """`window` is `None` when nobody knows the day of signing; empty for kinds without one."""

    window: Window | None
    now: datetime

    @property
    def has_warranty(self) -> bool:
        return self.window is not None and self.window.end > self.window.start

    @property
    def is_open(self) -> bool:
        return self.has_warranty and self.window is not None and self.window.is_open(self.now)


async def coverage_of(desk: Desk, conversation_id: str, order_no: str, line_id: str) -> Coverage:
    """Raises `NotFound`."""
    scene = await find_scene(desk, conversation_id, order_no, line_id, BOT)
    now = desk.clock.now()

    def query(tx: Connection) -> Coverage:
        return _coverage(tx, scene, now)

    return await desk.database.read(query)


def _coverage(tx: Connection, scene: Scene, now: datetime) -> Coverage:
    history = history_of(_on_line(tx, scene), now)
    window = warranty_window(scene.order, scene.line, policy_book(tx), history)
    return Coverage(window=window, now=now)


def is_repaired_at_all(tx: Connection, scene: Scene, now: datetime) -> bool:
    """Kinds without a warranty are never repaired."""
    return _coverage(tx, scene, now).has_warranty


def _on_line(tx: Connection, scene: Scene) -> list[AfterSaleRequest]:
    found = rows.requests_on_orders(tx, [scene.order.order_no])
    return [one for one in found if one.request.line_id == scene.line.line_id]


async def line_of_serial(
    desk: Desk, conversation_id: str, serial_no: str
) -> tuple[str, str] | None:
    """(order, line) of the verified customer's own goods."""
    shopper = await find_shopper(desk, conversation_id)
    if shopper is None:
        return None
    call = desk.shop.line_of_serial(shopper.customer_no, serial_no)
    return await answer_of(desk, call)


async def check_repair(
    desk: Desk,
    conversation_id: str,
    order_no: str,
    line_id: str,
    fault: str,
    *,
    actor: Actor = BOT,
) -> RepairDecision:
    """The policy's answer with its fee, stored with its inputs. Raises `NotFound`."""
    scene = await find_scene(desk, conversation_id, order_no, line_id, actor)

    def work(tx: Connection) -> RepairDecision:
        found = _decide(tx, desk, scene, fault)
        keep_decision(tx, desk, scene, found.decision, _KIND)
        return found

    return await desk.database.write(work)


def _decide(tx: Connection, desk: Desk, scene: Scene, fault: str) -> RepairDecision:
    now, reason = desk.clock.now(), ReturnReason.QUALITY_FAULT
    facts = return_facts(tx, scene, reason, Condition.USED, 1, None, None)
    history = history_of(_on_line(tx, scene), now)
    return decide_repair(facts, policy_book(tx), now, history=history, fault=fault)


async def submit_repair(
    desk: Desk, conversation_id: str, request: ReturnRequest, *, key: str, actor: Actor = BOT
) -> AfterSaleRequest:
    """Files the repair once per key, with the fee that was told; a courier fetches the goods.

    Raises `ReturnRefused`, `NotFound`, `SameIdOtherContent`.
    """
    scene = await find_scene(desk, conversation_id, request.order_no, request.line_id, actor)
    asked = replace(request, reason=ReturnReason.QUALITY_FAULT, quantity=1)

    def decide(tx: Connection) -> tuple[ReturnPolicyDecision, Draft]:
        found = _decide(tx, desk, scene, asked.note)
        draft = Draft(approved_as=AfterSaleState.AWAITING_RETURN, fee_fen=found.fee_fen)
        return found.decision, draft

    return await file_once(desk, scene, Wish(_KIND, asked), decide, key=key)
