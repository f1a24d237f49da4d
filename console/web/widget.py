"""HTTP of the widget: opening a session, sending and showing pictures."""

from __future__ import annotations

import contextlib
from typing import Any

from aiohttp import web

from console.desk.errors import BadRequest, NotAllowed, ShopDown
from console.desk.language import LANGUAGES
from console.gateways.customer_jwt import read_customer_jwt
from console.services.customer import open_session, set_page_context
from console.services.upload import read_picture, store_picture
from console.storage.conversation import current_of_customer
from console.web.keys import DESK, LIMITS
from console.web.request import bearer_customer, network_of, read_json, read_upload

TOKEN_LIMIT = 4_096  # characters of a signed token


async def post_session(request: web.Request) -> web.Response:
    """`POST /api/widget/session`: who this browser is, and the conversation to go on with."""
    desk, network = request.app[DESK], network_of(request)
    request.app[LIMITS].sessions.take(network)
    data = await read_json(request)
    if str(data.get("key")) not in desk.settings.widget_keys:
        raise NotAllowed("unknown widget key")
    token, jwt = _text(data, "visitor_token", 200), _text(data, "jwt", TOKEN_LIMIT)
    sign_in = read_customer_jwt(jwt, desk.settings.widget_keys, desk.clock.now()) if jwt else None
    lang = str(data["lang"]) if data.get("lang") in LANGUAGES else None
    session = await open_session(desk, token=token, sign_in=sign_in, lang=lang, network=network)
    if isinstance(context := data.get("context"), dict):
        with contextlib.suppress(ShopDown):  # whoever writes now is helped all the same
            await set_page_context(desk, session.conversation_id, only_known(context))
    return web.json_response(
        {
            "ok": True,
            "visitor_token": session.token,
            "conversation_id": session.conversation_id,
            "customer": {"name": session.customer.name, "verified": session.customer.verified},
            "lang": session.lang,
            "engine": desk.engine.state,
            "limits": {
                "text": desk.settings.limits.text_chars,
                "picture_bytes": desk.settings.limits.picture_bytes,
            },
        }
    )


async def post_upload(request: web.Request) -> web.Response:
    """`POST /api/widget/uploads`: a picture into the customer's own conversation."""
    desk = request.app[DESK]
    customer = await bearer_customer(desk, request)
    request.app[LIMITS].uploads.take(customer.id)
    if not customer.verified:  # a fresh visitor is one request away
        request.app[LIMITS].uploads_address.take(network_of(request))
    head = await desk.database.read(lambda tx: current_of_customer(tx, customer.id))
    if head is None:
        raise BadRequest("there is no conversation yet")
    picture = await store_picture(desk, head.id, await read_upload(request), customer.id)
    return web.json_response(
        {
            "ok": True,
            "upload_id": picture.upload_id,
            "width": picture.width,
            "height": picture.height,
        }
    )


async def get_upload(request: web.Request) -> web.StreamResponse:
    """`GET /api/uploads/{id}?until=&sig=`: only with the signature that an event carried."""
    path, mime = await read_picture(
        request.app[DESK],
        request.match_info["upload_id"],
        request.query.get("until", ""),
        request.query.get("sig", ""),
    )
    return web.FileResponse(
        path, headers={"Content-Type": mime, "Cache-Control": "private, max-age=3600"}
    )


def _text(data: dict[str, Any], name: str, limit: int) -> str | None:
    value = data.get(name)
    if value in (None, ""):
        return None
    if not isinstance(value, str) or len(value) > limit:
        raise BadRequest(f"{name} must be text of at most {limit} characters", field=name)
    return value


def only_known(context: dict[Any, Any]) -> dict[str, str]:
    """What a page may say about itself; the rest is left out."""
    return {
        name: value
        for name, value in context.items()
        if name in {"order_no", "product_id"} and isinstance(value, str) and len(value) <= 64
    }


def add_routes(app: web.Application) -> None:
    app.router.add_post("/api/widget/session", post_session)
    app.router.add_post("/api/widget/uploads", post_upload)
    app.router.add_get("/api/uploads/{upload_id}", get_upload)
