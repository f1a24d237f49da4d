"""Reading requests: who asks, from where, in which language, and bodies of bounded size."""

from __future__ import annotations

import hmac
import ipaddress
from collections.abc import Sequence
from typing import Any

import orjson
from aiohttp import web

from console.desk.agent import Agent, Permission
from console.desk.customer import Customer
from console.desk.errors import BadRequest, NotAllowed, NotSignedIn, TooLarge
from console.services.agent import agent_of_session
from console.services.customer import customer_of_token
from console.services.parts import Desk
from console.web.keys import DESK
from console.web.session_cookie import NAME


async def read_json(request: web.Request, limit: int | None = None) -> dict[str, Any]:
    """The body as an object. Raises `TooLarge`, `BadRequest`."""
    most = limit or request.app[DESK].settings.limits.event_bytes
    if (request.content_length or 0) > most:
        raise TooLarge("the body is too large", limit=most)
    raw = await request.content.read(most + 1)
    if len(raw) > most:
        raise TooLarge("the body is too large", limit=most)
    try:
        data = orjson.loads(raw)
    except orjson.JSONDecodeError as error:
        raise BadRequest("the body is not JSON") from error
    if not isinstance(data, dict):
        raise BadRequest("an object is expected")
    return data


def language_of(request: web.Request) -> str:
    """`?lang=` first, then what the browser prefers; Chinese when it says nothing."""
    asked = request.query.get("lang") or request.headers.get("Accept-Language") or "zh"
    return "zh" if asked.lower().startswith("zh") else "en"


def address_of(request: web.Request) -> str:
    """The client's address; a proxy's word counts only when the proxy is trusted."""
    peer = request.remote or ""
    forwarded = request.headers.get("X-Forwarded-For", "")
    trusted = request.app[DESK].settings.trusted_proxies
    for hop in reversed([part.strip() for part in forwarded.split(",") if part.strip()]):
        if not _is_among(peer, trusted):
            break
        peer = hop
    return peer


def is_secure(request: web.Request) -> bool:
    """True behind TLS, as far as a trusted proxy says so."""
    if request.secure:
        return True
    is_trusted = _is_among(request.remote or "", request.app[DESK].settings.trusted_proxies)
    return is_trusted and request.headers.get("X-Forwarded-Proto") == "https"


def _is_among(address: str, networks: Sequence[str]) -> bool:
    try:
        found = ipaddress.ip_address(address)
        return any(found in ipaddress.ip_network(network, strict=False) for network in networks)
    except ValueError:
        return False


async def signed_in(request: web.Request, permission: Permission = Permission.ANSWER) -> Agent:
    """The agent of the session cookie. A writing request also needs the CSRF header.

    Raises `NotSignedIn`, `NotAllowed`.
    """
    agent, csrf = await agent_of_session(request.app[DESK], request.cookies.get(NAME, "")[:200])
    given = request.headers.get("X-Baton-Csrf", "")
    if request.method not in {"GET", "HEAD"} and not hmac.compare_digest(
        csrf.encode(), given.encode()
    ):
        raise NotAllowed("the CSRF token is missing or wrong")
    if not agent.may(permission):
        raise NotAllowed()
    return agent


async def bearer_customer(desk: Desk, request: web.Request) -> Customer:
    """The customer of the bearer token. Raises `NotSignedIn`."""
    scheme, _, token = request.headers.get("Authorization", "").partition(" ")
    if scheme.lower() != "bearer" or not token or len(token) > 200:
        raise NotSignedIn()
    return await customer_of_token(desk, token)


async def read_upload(request: web.Request) -> bytes:
    """The bytes of the form's `file` field, bounded. Raises `BadRequest`, `TooLarge`."""
    most = request.app[DESK].settings.limits.picture_bytes
    if (request.content_length or 0) > most + 10_000:
        raise TooLarge("the picture is too large", limit=most)
    if not request.content_type.startswith("multipart/"):
        raise BadRequest("a form with a file is expected")
    async for part in await request.multipart():
        if getattr(part, "name", None) != "file":
            continue
        data = bytearray()
        while chunk := await part.read_chunk(65_536):  # type: ignore[union-attr]  # a body part
            data += chunk
            if len(data) > most:
                raise TooLarge("the picture is too large", limit=most)
        return bytes(data)
    raise BadRequest("file is missing", field="file")
