"""HTTP of the console: signing in, lists, one conversation, and what an agent looks up."""

from __future__ import annotations

from datetime import datetime

from aiohttp import web

from console.desk.agent import Permission
from console.desk.errors import BadRequest, NotFound, ShopDown, TooLarge
from console.services.agent import agent_of_session, sign_in, sign_out
from console.services.agent_words import known_answers
from console.services.canned_response import canned_responses
from console.services.cards import order_card, product_list_card
from console.services.conversation import conversation_detail, list_conversations
from console.services.message import earlier
from console.services.order import orders_of
from console.services.product import names_of, search_products
from console.services.reveal import reveal
from console.services.upload import store_picture
from console.web.emitter import AGENTS
from console.web.keys import DESK, LIMITS, SOCKETS
from console.web.request import (
    is_secure,
    network_of,
    read_json,
    read_upload,
    reader_language,
    signed_in,
)
from console.web.session_cookie import NAME, clear_session, set_session
from console.web.wire import agent_view, answer_view, detail_view, event_view, summary_view

KNOWN_ANSWERS_BYTES = 32 * 1024  # a draft of the longest message, escaped


async def post_login(request: web.Request) -> web.Response:
    """`POST /console/login` {login, password}: limited by address and by account."""
    desk, limits = request.app[DESK], request.app[LIMITS]
    data = await read_json(request, 4_096)
    login, password = str(data.get("login") or "").strip(), str(data.get("password") or "")
    if len(login) > 100 or len(password) > 200:
        raise TooLarge("login or password is too long")
    limits.sign_in_address.take(network_of(request))
    limits.sign_in_account.take(login)
    session = await sign_in(desk, login, password)
    response = web.json_response({"ok": True, "agent": agent_view(session.agent)})
    lasts = desk.settings.timers.agent_session_s
    set_session(response, session.token, lasts, secure=is_secure(request))
    return response


async def get_me(request: web.Request) -> web.Response:
    agent, csrf = await agent_of_session(request.app[DESK], request.cookies.get(NAME, "")[:200])
    return web.json_response({"ok": True, "agent": agent_view(agent), "csrf": csrf})


async def post_logout(request: web.Request) -> web.Response:
    """Ends this session; its sockets close with it."""
    agent = await signed_in(request, None)
    await sign_out(request.app[DESK], request.cookies.get(NAME, ""))
    namespace = request.app[SOCKETS].namespace_handlers[AGENTS]
    await namespace.drop_ended_sessions()
    response = web.json_response({"ok": True, "agent_id": agent.id})
    clear_session(response)
    return response


async def get_conversations(request: web.Request) -> web.Response:
    """`GET /api/conversations?view=mine|waiting|all|resolved&q=&before=`."""
    agent = await signed_in(request)
    found = await list_conversations(
        request.app[DESK],
        agent,
        view=request.query.get("view", "mine"),
        text=request.query.get("q", "").strip(),
        before=_moment(request.query.get("before")),
    )
    return web.json_response(
        {"ok": True, "conversations": [summary_view(summary) for summary in found]}
    )


async def get_conversation(request: web.Request) -> web.Response:
    """Everything about one conversation. A shop that is down leaves the orders out and says so."""
    agent = await signed_in(request, Permission.WATCH_ALL)
    desk, conversation_id = request.app[DESK], request.match_info["conversation_id"]
    detail = await conversation_detail(desk, conversation_id)
    names = await names_of(desk, detail.goods)
    view = detail_view(detail, agent, reader_language(request, agent), names)
    try:
        orders = await orders_of(desk, conversation_id)
        view["orders"] = [order_card(order, reader_language(request, agent)) for order in orders]
    except ShopDown:
        view |= {"orders": [], "orders_down": True}
    return web.json_response({"ok": True, **view})


async def get_events(request: web.Request) -> web.Response:
    """`GET /api/conversations/{id}/events?before=`: for "load earlier"."""
    await signed_in(request, Permission.WATCH_ALL)
    before = request.query.get("before", "")
    if not before.isascii() or not before.isdecimal() or len(before) > 9:
        raise BadRequest("before must be a number", field="before")
    desk = request.app[DESK]
    found = await earlier(desk, request.match_info["conversation_id"], int(before))
    return web.json_response(
        {"ok": True, "events": [event_view(desk, event, public=False) for event in found]}
    )


async def post_known_answers(request: web.Request) -> web.Response:
    """`POST /api/conversations/{id}/known_answers` {text}: known, and the draft asks for it."""
    agent = await signed_in(request)
    data = await read_json(request, KNOWN_ANSWERS_BYTES)
    text, most = data.get("text"), request.app[DESK].settings.limits.text_chars
    if not isinstance(text, str):
        raise BadRequest("text must be a string", field="text")
    if len(text) > most:
        raise TooLarge("the text is too long", limit=most)
    conversation_id = request.match_info["conversation_id"]
    known = await known_answers(request.app[DESK], agent, conversation_id, text)
    return web.json_response(
        {
            "ok": True,
            "known": [answer_view(fact, reader_language(request, agent)) for fact in known],
        }
    )


async def post_reveal(request: web.Request) -> web.Response:
    """`POST /api/customers/{id}/reveal` {field, reason}: logged with who and why."""
    agent = await signed_in(request, Permission.REVEAL)
    data = await read_json(request)
    request.app[LIMITS].reveals.take(agent.id)
    value = await reveal(
        request.app[DESK],
        agent,
        request.match_info["customer_id"],
        str(data.get("field") or ""),
        str(data.get("reason") or ""),
    )
    return web.json_response({"ok": True, "value": value})


async def get_products(request: web.Request) -> web.Response:
    agent = await signed_in(request)
    text = request.query.get("q", "").strip()[:100]
    found = await search_products(request.app[DESK], text, limit=12)
    return web.json_response(
        {"ok": True, **product_list_card(found, reader_language(request, agent))}
    )


async def post_agent_upload(request: web.Request) -> web.Response:
    """`POST /api/uploads?conversation_id=`: a picture into a conversation the agent holds."""
    agent = await signed_in(request)
    desk = request.app[DESK]
    conversation_id = request.query.get("conversation_id", "")
    detail = await conversation_detail(desk, conversation_id)
    if detail.summary.head.assignee_id != agent.id:
        raise NotFound("conversation")
    picture = await store_picture(desk, conversation_id, await read_upload(request), agent.id)
    return web.json_response(
        {
            "ok": True,
            "upload_id": picture.upload_id,
            "width": picture.width,
            "height": picture.height,
        }
    )


async def get_canned_responses(request: web.Request) -> web.Response:
    agent = await signed_in(request)
    return web.json_response(
        {"ok": True, "canned_responses": canned_responses(reader_language(request, agent))}
    )


def _moment(raw: str | None) -> datetime | None:
    if not raw:
        return None
    try:
        moment = datetime.fromisoformat(raw)
    except ValueError as error:
        raise BadRequest("before must be a time", field="before") from error
    if moment.tzinfo is None:
        raise BadRequest("before needs its offset", field="before")
    return moment


def add_routes(app: web.Application) -> None:
    app.router.add_post("/console/login", post_login)
    app.router.add_get("/api/me", get_me)
    app.router.add_post("/api/logout", post_logout)
    app.router.add_get("/api/conversations", get_conversations)
    app.router.add_get("/api/conversations/{conversation_id}", get_conversation)
    app.router.add_get("/api/conversations/{conversation_id}/events", get_events)
    app.router.add_post("/api/conversations/{conversation_id}/known_answers", post_known_answers)
    app.router.add_post("/api/customers/{customer_id}/reveal", post_reveal)
    app.router.add_get("/api/products", get_products)
    app.router.add_post("/api/uploads", post_agent_upload)
    app.router.add_get("/api/canned_responses", get_canned_responses)
