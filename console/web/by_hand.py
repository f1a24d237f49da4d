"""Steps that people take by hand: requests on file, audited claims, trade-ins, work orders.

What fits is named in the answer to `GET /api/conversations/{id}` (`open_steps`, and `steps` of
each work order). Every step has a key that the console keeps over retries.
"""

from __future__ import annotations

from enum import StrEnum
from typing import Any

from aiohttp import web

from console.desk.after_sale_step import Step
from console.desk.agent import Permission
from console.desk.errors import BadRequest, NotFound
from console.desk.message import clean_text
from console.desk.price_audit import AuditStep
from console.desk.trade_in import CheckStep
from console.desk.work_order import ENDS, WorkOrderState
from console.services.after_sale_step import take_step
from console.services.keyed_action import needed_second
from console.services.message import agent_actor
from console.services.own_after_sale import requests_of
from console.services.price_audit import decide_price_claim
from console.services.reveal import reveal_work_order
from console.services.trade_in_check import CheckWish, take_check_step
from console.services.work_order_end import end_work_order
from console.web.keys import DESK, LIMITS
from console.web.on_behalf import bound_key, holder
from console.web.request import read_json, signed_in

NOTE_LIMIT = 300  # characters


async def post_after_sale_step(request: web.Request) -> web.Response:
    """`{key, rma_no, step, note?, refund_fen?}` moves a request of this customer on."""
    agent, conversation_id, _ = await holder(request, Permission.APPROVE)
    desk, data = request.app[DESK], await read_json(request)
    rma_no, key, actor = _number(data, "rma_no"), bound_key(data, agent), agent_actor(agent)
    if rma_no not in {one.rma_no for one in await requests_of(desk, conversation_id)}:
        raise NotFound("after-sale request")
    step = _choice(Step, data, "step")
    moved = await take_step(
        desk,
        rma_no,
        step,
        key=key,
        actor=actor,
        note=_note(data),
        refund_fen=_fen(data, "refund_fen"),
        conversation_id=conversation_id,
    )
    waits = await needed_second(desk, conversation_id, "after_sale_step", actor, key)
    return web.json_response(
        {"ok": True, "rma_no": moved.rma_no, "state": moved.state, "second_needed": waits}
    )


async def post_price_claim_step(request: web.Request) -> web.Response:
    """`{key, claim_id, step: "approve" | "reject", note?}`: a rejection says why."""
    agent, conversation_id, _ = await holder(request, Permission.APPROVE)
    desk, data = request.app[DESK], await read_json(request)
    step = _choice(AuditStep, data, "step")
    key, actor = bound_key(data, agent), agent_actor(agent)
    decided = await decide_price_claim(
        desk,
        conversation_id,
        _number(data, "claim_id"),
        step,
        key=key,
        actor=actor,
        note=_note(data, is_needed=step is AuditStep.REJECT),
    )
    waits = await needed_second(desk, conversation_id, "price_audit", actor, key)
    return web.json_response(
        {"ok": True, "claim_id": decided.id, "state": decided.state, "second_needed": waits}
    )


async def post_trade_in_step(request: web.Request) -> web.Response:
    """`{key, trade_in_no, step: "check", final_fen, note?}` or `{…, step: "paid"}`."""
    agent, conversation_id, _ = await holder(request, Permission.APPROVE)
    desk, data = request.app[DESK], await read_json(request)
    wish = CheckWish(
        trade_in_no=_number(data, "trade_in_no"),
        step=_choice(CheckStep, data, "step"),
        final_fen=_fen(data, "final_fen"),
        note=_note(data),
    )
    key, actor = bound_key(data, agent), agent_actor(agent)
    moved = await take_check_step(desk, conversation_id, wish, key=key, actor=actor)
    waits = await needed_second(desk, conversation_id, "trade_in_check", actor, key)
    number = moved.trade_in_no
    return web.json_response(
        {"ok": True, "trade_in_no": number, "state": moved.state, "second_needed": waits}
    )


async def post_work_order_step(request: web.Request) -> web.Response:
    """`{key, work_order_no, step: "done" | "cancelled", note}`.

    Open to every agent: work orders are the desk's, and outlive the conversation.
    """
    agent = await signed_in(request, Permission.ANSWER)
    desk, data = request.app[DESK], await read_json(request)
    step = _choice(WorkOrderState, data, "step")
    if step not in ENDS:
        raise BadRequest("step must be done or cancelled", field="step")
    over = await end_work_order(
        desk,
        request.match_info["conversation_id"],
        _number(data, "work_order_no"),
        step,
        key=bound_key(data, agent),
        actor=agent_actor(agent),
        note=_note(data, is_needed=True),
    )
    return web.json_response({"ok": True, "work_order_no": over.work_order_no, "state": over.state})


async def post_reveal_work_order(request: web.Request) -> web.Response:
    """`{work_order_no, reason}`: the address or number that has to be used; logged."""
    agent = await signed_in(request, Permission.REVEAL)
    data = await read_json(request)
    request.app[LIMITS].reveals.take(agent.id)
    shown = await reveal_work_order(
        request.app[DESK],
        agent,
        request.match_info["conversation_id"],
        _number(data, "work_order_no"),
        str(data.get("reason") or ""),
    )
    return web.json_response({"ok": True, "values": shown})


def _choice[T: StrEnum](kind: type[T], data: dict[str, Any], name: str) -> T:
    try:
        return kind(str(data.get(name)))
    except ValueError as error:
        raise BadRequest(f"unknown {name}", field=name) from error


def _number(data: dict[str, Any], name: str) -> str:
    return str(data.get(name) or "")[:64]


def _fen(data: dict[str, Any], name: str) -> int | None:
    raw = data.get(name)
    if raw is not None and (not isinstance(raw, int) or isinstance(raw, bool)):
        raise BadRequest(f"{name} must be a whole number", field=name)
    return raw


def _note(data: dict[str, Any], *, is_needed: bool = False) -> str:
    """What the customer reads with the news. Raises `BadRequest`, `TooLarge`."""
    raw = data.get("note") or ""
    if not isinstance(raw, str) or (is_needed and not raw.strip()):
        raise BadRequest("note is needed", field="note")
    return clean_text(raw, NOTE_LIMIT) if raw.strip() else ""


def add_routes(app: web.Application) -> None:
    below = "/api/conversations/{conversation_id}"
    app.router.add_post(f"{below}/after_sale", post_after_sale_step)
    app.router.add_post(f"{below}/price_claims", post_price_claim_step)
    app.router.add_post(f"{below}/trade_ins", post_trade_in_step)
    app.router.add_post(f"{below}/work_orders", post_work_order_step)
    app.router.add_post(f"{below}/work_orders/reveal", post_reveal_work_order)
