"""Reading requests: who asks, from where, in which language, and bodies of bounded size."""

from __future__ import annotations

import hmac
import ipaddress
from collections.abc import Sequence
from typing import Any

import orjson
from aiohttp import BodyPartReader, MultipartReader, web

from console.desk.agent import Agent, Permission
from console.desk.customer import Customer
from console.desk.errors import BadRequest, NotAllowed, NotSignedIn, TooLarge
from console.services.agent import agent_of_session
from console.services.customer import customer_of_token
from console.services.parts import Desk
from console.web.keys import DESK, LIMITS
from console.web.plain import plain
from console.web.session_cookie import NAME

BESIDE_THE_FILE = 10_000  # bytes of a form around its file
# What a malformed form raises in the library, and one whose sender hangs up.
_UNREADABLE = (
    ValueError,
    AssertionError,
    RuntimeError,
    web.RequestPayloadError,
    ConnectionError,
)


async def read_json(request: web.Request, limit: int | None = None) -> dict[str, Any]:
    """The body as an object. Raises `TooLarge`, `BadRequest`.

    Only JSON by name: a form on a foreign page can send JSON, but not say so.
    """
    most = limit or request.app[DESK].settings.limits.event_bytes
    if request.content_type != "application/json":
        raise BadRequest("the body must be application/json")
    if (request.content_length or 0) > most:
        raise TooLarge("the body is too large", limit=most)
    raw = await _whole_body(request, most)
    try:
        data = orjson.loads(raw)
    except orjson.JSONDecodeError as error:
        raise BadRequest("the body is not JSON") from error
    if not isinstance(data, dict):
        raise BadRequest("an object is expected")
    cleaned: dict[str, Any] = plain(data)
    return cleaned


async def _whole_body(request: web.Request, most: int) -> bytes:
    """However many pieces it comes in. One that breaks off is refused, whatever came until then."""
    raw = bytearray()
    try:
        async for piece in request.content.iter_any():
            raw += piece
            if len(raw) > most:
                raise TooLarge("the body is too large", limit=most)
    except (web.RequestPayloadError, ConnectionError) as error:
        raise BadRequest("the body cannot be read") from error
    return bytes(raw)


def language_of(request: web.Request) -> str:
    """`?lang=` first, then what the browser prefers; Chinese when it says nothing."""
    asked = request.query.get("lang") or request.headers.get("Accept-Language") or "zh"
    return "zh" if asked.lower().startswith("zh") else "en"


def reader_language(request: web.Request, agent: Agent) -> str:
    """What the console's page is shown in; the account's language where no page says so."""
    return {"zh": "zh", "en": "en"}.get(request.headers.get("X-Baton-Lang", ""), agent.lang)


def address_of(request: web.Request) -> str:
    """The client's address; a proxy's word counts only when the proxy is trusted."""
    peer = request.remote or ""
    forwarded = ",".join(request.headers.getall("X-Forwarded-For", []))
    trusted = request.app[DESK].settings.trusted_proxies
    for hop in reversed([part.strip() for part in forwarded.split(",") if part.strip()]):
        if not _is_among(peer, trusted) or _ip(hop) is None:
            break
        peer = hop
    return peer


def network_of(request: web.Request) -> str:
    """What a limit per address counts: one IPv4 address, or the /64 that one IPv6 line owns."""
    address = address_of(request)
    found = _ip(address)
    if isinstance(found, ipaddress.IPv6Address):
        return str(ipaddress.ip_network((found, 64), strict=False))
    return str(found) if found else address


def is_secure(request: web.Request) -> bool:
    """True behind TLS, as far as a trusted proxy says so."""
    if request.secure:
        return True
    is_trusted = _is_among(request.remote or "", request.app[DESK].settings.trusted_proxies)
    return is_trusted and request.headers.get("X-Forwarded-Proto") == "https"


def _is_among(address: str, networks: Sequence[str]) -> bool:
    found = _ip(address)
    if found is None:
        return False
    return any(found in ipaddress.ip_network(network, strict=False) for network in networks)


def _ip(text: str) -> ipaddress.IPv4Address | ipaddress.IPv6Address | None:
    """An IPv4 address that came over an IPv6 socket is the IPv4 address."""
    try:
        found = ipaddress.ip_address(text)
    except ValueError:
        return None
    return getattr(found, "ipv4_mapped", None) or found


async def signed_in(
    request: web.Request, permission: Permission | None = Permission.ANSWER
) -> Agent:
    """The agent of the session cookie. What writes also needs the CSRF header, and has a limit.

    `permission`: None lets every agent in. Raises `NotSignedIn`, `NotAllowed`, `TooOften`.
    """
    agent, csrf = await agent_of_session(request.app[DESK], request.cookies.get(NAME, "")[:200])
    given = request.headers.get("X-Baton-Csrf", "")
    is_writing = request.method not in {"GET", "HEAD"}
    if is_writing and not hmac.compare_digest(csrf.encode(), given.encode(errors="replace")):
        raise NotAllowed("the CSRF token is missing or wrong")
    if permission is not None and not agent.may(permission):
        raise NotAllowed()
    if is_writing:
        request.app[LIMITS].agent_actions.take(agent.id)
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
    if request.content_length is None or not request.content_type.startswith("multipart/"):
        raise BadRequest("a form with a file is expected")
    if request.content_length > most + BESIDE_THE_FILE:
        raise TooLarge("the picture is too large", limit=most)
    try:
        return await _file_of(await request.multipart(), most)
    except _UNREADABLE as error:
        raise BadRequest("the form cannot be read") from error


async def _file_of(form: MultipartReader, most: int) -> bytes:
    """A malformed form raises one of several plain errors of the library."""
    async for part in form:
        if not isinstance(part, BodyPartReader) or part.name != "file":
            continue
        data = bytearray()
        while chunk := await part.read_chunk(65_536):
            data += chunk
            if len(data) > most:
                raise TooLarge("the picture is too large", limit=most)
        return bytes(data)
    raise BadRequest("file is missing", field="file")
