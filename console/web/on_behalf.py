"""What agents do for a customer: the same services that the bot uses, under the agent's name.

Each step that touches money comes twice: `check` shows what would happen, the second call does it
under a key that the console keeps over retries.
"""

from __future__ import annotations

import hashlib
from dataclasses import replace
from typing import Any

from aiohttp import web

from console.desk.after_sale import Condition, ReturnReason, ReturnRequest, ReturnWay
from console.desk.agent import Agent, Permission
from console.desk.errors import BadRequest, NotFound
from console.desk.identity import new_id
from console.desk.message import clean_client_msg_id
from console.desk.reason_text import return_reason
from console.services.after_sale import preview_return, submit_return
from console.services.cards import (
    order_card,
    price_claim_card,
    product_list_card,
    return_summary_card,
)
from console.services.context import known_facts
from console.services.conversation import conversation_detail
from console.services.message import agent_actor, post_card
from console.services.order import find_order
from console.services.parts import Desk
from console.services.price_protection import check_price_protection, claim_price_protection
from console.services.product import product
from console.web.keys import DESK
from console.web.request import read_json, reader_language, signed_in


async def holder(request: web.Request, permission: Permission) -> tuple[Agent, str, str]:
    """(agent, conversation, its language); only the agent who holds it acts on it."""
    agent = await signed_in(request, permission)
    conversation_id = request.match_info["conversation_id"]
    detail = await conversation_detail(request.app[DESK], conversation_id)
    if detail.summary.head.assignee_id != agent.id:
        raise NotFound("conversation")
    return agent, conversation_id, detail.summary.head.lang


async def post_price_protection(request: web.Request) -> web.Response:
    """`{check: true}` shows every item with its reason; `{key, line_ids}` claims."""
    agent, conversation_id, lang = await holder(request, Permission.MONEY)
    desk, data = request.app[DESK], await read_json(request)
    actor = agent_actor(agent)
    if data.get("check") is True:
        found = await check_price_protection(desk, conversation_id, actor=actor)
        return web.json_response(
            {"ok": True, "card": price_claim_card(found, reader_language(request, agent))}
        )
    result = await claim_price_protection(
        desk,
        conversation_id,
        key=bound_key(data, agent),
        actor=actor,
        line_ids=_line_ids(data.get("line_ids")),
    )
    card = price_claim_card(result, lang)
    await post_card(desk, agent, conversation_id, _card_id("claim", bound_key(data, agent)), card)
    return web.json_response({"ok": True, "card": card})


async def post_return(request: web.Request) -> web.Response:
    """`{check: true, …}` shows decision and refund; `{key, …}` files the return."""
    agent, conversation_id, lang = await holder(request, Permission.MONEY)
    desk, data = request.app[DESK], await read_json(request)
    photos = await _known_photos(desk, conversation_id)
    wish, actor = replace(_return_request(data), photos=photos), agent_actor(agent)
    if data.get("check") is True:
        preview = await preview_return(desk, conversation_id, wish, actor=actor)
        return web.json_response(
            {
                "ok": True,
                "card": return_summary_card(preview, reader_language(request, agent)),
                "allowed": preview.decision.outcome != "refused",
                "rule_id": preview.decision.rule_id,
                "message": return_reason(preview.decision.reason, reader_language(request, agent)),
            }
        )
    filed = await submit_return(
        desk, conversation_id, wish, key=bound_key(data, agent), actor=actor
    )
    card = return_summary_card(filed, lang)
    await post_card(desk, agent, conversation_id, _card_id("return", bound_key(data, agent)), card)
    return web.json_response({"ok": True, "card": card})


async def post_card_message(request: web.Request) -> web.Response:
    """`{type: "order", order_no}` or `{type: "product", product_id}`: sent as a card."""
    agent, conversation_id, lang = await holder(request, Permission.ANSWER)
    desk, data = request.app[DESK], await read_json(request)
    match data.get("type"):
        case "order":
            order = await find_order(desk, conversation_id, str(data.get("order_no") or "")[:40])
            if order is None:
                raise NotFound("order")
            card = order_card(order, lang)
        case "product":
            found = await product(desk, str(data.get("product_id") or "")[:64])
            if found is None:
                raise NotFound("product")
            card = product_list_card([found], lang)
        case _:
            raise BadRequest("type must be order or product", field="type")
    key = clean_client_msg_id(data.get("client_msg_id") or new_id("card"))
    receipt = await post_card(desk, agent, conversation_id, key, card)
    return web.json_response({"ok": True, "seq": receipt.seq})


def bound_key(data: dict[str, Any], agent: Agent) -> str:
    """The console's key, bound to the agent. Raises `BadRequest`."""
    key = data.get("key")
    if not isinstance(key, str) or not 8 <= len(key) <= 64:
        raise BadRequest("key must be 8 to 64 characters", field="key")
    return f"{agent.id}:{key}"


def _card_id(what: str, key: str) -> str:
    """The whole key decides, however long it is."""
    return f"{what}-{hashlib.sha256(key.encode()).hexdigest()[:40]}"


def _line_ids(raw: Any) -> list[str] | None:
    if raw is None:
        return None
    if not isinstance(raw, list) or len(raw) > 200 or not all(isinstance(i, str) for i in raw):
        raise BadRequest("line_ids must be a list of ids", field="line_ids")
    return raw


async def _known_photos(desk: Desk, conversation_id: str) -> tuple[str, ...]:
    """Pictures that the customer has sent already are evidence; nobody sends them twice."""
    fact = (await known_facts(desk, conversation_id)).get("photos")
    return tuple(map(str, fact.value)) if fact and isinstance(fact.value, list) else ()


def _return_request(data: dict[str, Any]) -> ReturnRequest:
    try:
        return ReturnRequest(
            order_no=str(data["order_no"])[:40],
            line_id=str(data["line_id"])[:64],
            quantity=int(data.get("quantity") or 1),
            reason=ReturnReason(data["reason"]),
            condition=Condition(data["condition"]),
            way=ReturnWay(data.get("way") or ReturnWay.PICKUP),
            accessories_complete=data.get("accessories_complete") is not False,
        )
    except (KeyError, ValueError, TypeError, OverflowError) as error:
        raise BadRequest("item, reason and condition are needed") from error


def add_routes(app: web.Application) -> None:
    below = "/api/conversations/{conversation_id}"
    app.router.add_post(f"{below}/price_protection", post_price_protection)
    app.router.add_post(f"{below}/returns", post_return)
    app.router.add_post(f"{below}/cards", post_card_message)
